"""A hundred thousand postmortems, quickly: a pool of texts that they share, and a word of its own for each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import SQLModel

from bot.engines.cadence.facts import NudgeKind
from bot.engines.documents.document import from_plain
from bot.engines.searching import words_of
from bot.vocabulary import PostmortemStatus
from storage import models
from tests.bench.filling import Filling, Row
from tests.bench.prose import line, word
from tests.bench.sizes import Sizes, id_of

MANY = Sizes(people=500, schedules=40, postmortems=100_000, askers=20, turns=0)
POOL = 1_000
LINES = 8
DUE = 50
NUDGE_HOUR = 10


class ManyPostmortems(Filling):
    """What lists, searches and reminders read, and nothing else.

    Of every eight one is a draft, and overdue, and one in review.
    """

    def tables(self) -> Iterator[tuple[type[SQLModel], Iterator[Row]]]:
        """Parents first."""
        yield models.User, self._people()
        yield models.Team, self._teams()
        yield models.Service, self._services()
        yield models.Incident, self._incidents()
        yield models.Postmortem, self._postmortems()
        yield models.Section, self._sections()
        yield models.Reviewer, self._reviewers()
        yield models.AffectedService, self._affected()

    def texts(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The words that each is found by, by its number."""
        pool = [words_of(_prose(n)) for n in range(POOL)]
        for number in self._numbers():
            own = words_of(f"PM-{number} {self._title(number)} INC-{number}")
            yield number, tuple(dict.fromkeys((*own, *pool[number % POOL])))

    def _postmortems(self) -> Iterator[Row]:
        for row in super()._postmortems():
            yield row | {"draft_due_on": (self.now - timedelta(days=3)).date()}

    def _sections(self) -> Iterator[Row]:
        pool = [from_plain(_prose(n)) for n in range(POOL)]
        for number in self._numbers():
            yield {
                "postmortem_id": id_of("postmortem", number),
                "key": "root-causes",
                "version": 1,
                "title": "Root causes",
                "prompt": "Why?",
                "position": 0,
                "body": pool[number % POOL],
                "updated_at": self.now,
            }


class ManyDrafts(ManyPostmortems):
    """All of them drafts, with a reminder each; those of fifty owners' drafts are due now, the others tomorrow."""

    def tables(self) -> Iterator[tuple[type[SQLModel], Iterator[Row]]]:
        """Parents first."""
        for model, rows in super().tables():
            if model not in {models.Reviewer, models.AffectedService, models.Section}:
                yield model, rows
        yield models.Reminder, self._reminders()

    def texts(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Nobody looks for any."""
        return iter(())

    def _reminders(self) -> Iterator[Row]:
        for number in self._numbers():
            morning = self.now.replace(hour=NUDGE_HOUR)
            at = morning if number <= DUE else morning + timedelta(days=1)
            yield {
                "postmortem_id": id_of("postmortem", number),
                "recipient": id_of("user", self.sizes.purpose(number)[0]),
                "kind": NudgeKind.OWNER,
                "planned_at": at,
                "due_at": at,
            }

    def _people(self) -> Iterator[Row]:
        for row in super()._people():
            yield row | {"timezone": "UTC", "is_bot": False, "is_outsider": False, "has_left": False}

    def _status(self, _number: int) -> PostmortemStatus:
        return PostmortemStatus.DRAFT


def _prose(n: int) -> str:
    return "\n".join(line(n * LINES + each) for each in range(LINES)) + f"\n{word(n)}"


def workday(now: datetime) -> datetime:
    """Eleven in the morning (of UTC) of a Wednesday near that day: reminders are sent then."""
    day = now + timedelta(days=(2 - now.weekday()) % 7)
    return day.replace(hour=11, minute=0, second=0, microsecond=0)
