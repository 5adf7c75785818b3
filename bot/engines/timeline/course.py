"""How an incident went on: when it was detected, responded to and resolved, and how long each took."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Signal:
    """A kept entry of the timeline: when it was, and the user who wrote it, None for who is no person here."""

    at: datetime
    author_id: str | None


@dataclass(frozen=True, slots=True)
class Moments:
    """What somebody said of an incident's course. None: what the timeline says; of `ended_at`, that it goes on."""

    detected_at: datetime | None
    responded_at: datetime | None
    ended_at: datetime | None

    def is_same_as(self, other: Moments) -> bool:
        """Whether both say the same to the second: a form knows no smaller parts."""
        return self._seconds() == other._seconds()

    def kept(self) -> dict[str, str | None]:
        """As an event keeps it."""
        return {name: at.isoformat() if at else None for name, at in self._all()}

    def _seconds(self) -> list[int | None]:
        return [int(at.timestamp()) if at else None for _, at in self._all()]

    def _all(self) -> Iterator[tuple[str, datetime | None]]:
        for each in fields(self):
            yield each.name, getattr(self, each.name)


@dataclass(frozen=True, slots=True)
class Course:
    """The moments of an incident; None where one is not known. Every duration is counted from its beginning."""

    started_at: datetime
    detected_at: datetime | None
    responded_at: datetime | None
    resolved_at: datetime | None

    @property
    def to_detect(self) -> timedelta | None:
        """How long until somebody noticed."""
        return self._since_start(self.detected_at)

    @property
    def to_respond(self) -> timedelta | None:
        """How long until somebody worked on it."""
        return self._since_start(self.responded_at)

    @property
    def to_resolve(self) -> timedelta | None:
        """How long it lasted."""
        return self._since_start(self.resolved_at)

    def _since_start(self, at: datetime | None) -> timedelta | None:
        return at - self.started_at if at else None


def course_of(
    signals: Iterable[Signal],
    *,
    started_at: datetime,
    said: Moments,
    opened_at: datetime,
    responding: Collection[str],
    raised_at: datetime | None = None,
    acknowledged_at: datetime | None = None,
) -> Course:
    """The moments of an incident that began at `started_at` and was written down here at `opened_at`.

    `raised_at` is when its first alert was, `acknowledged_at` when somebody first answered one.

    The rule. What somebody `said` holds. Else, of what lies between the beginning and the
    end (both included, and now where there is no end):

    - detected: its alert, else the first kept entry of the timeline, else the opening of the incident, but no later
      than somebody is said to have responded;
    - responded: the acknowledgement of its alert; else of the kept entries from the detection on the first by one of
      `responding` (who was on call, and who is named as a responder), else the first by anybody.
    - resolved: its end.

    Where nothing lies there a moment is not known: an incident that was written down after its end says nothing of how
    it was noticed.
    """
    detected_at, responded_at, ended_at = said.detected_at, said.responded_at, said.ended_at
    within = sorted((each for each in signals if _lies(each.at, started_at, ended_at)), key=lambda each: each.at)
    if detected_at is None:
        known = [raised_at] if raised_at and _lies(raised_at, started_at, ended_at) else []
        signs = known or [each.at for each in within[:1]] or [opened_at] * _lies(opened_at, started_at, ended_at)
        detected_at = min([*signs, *([responded_at] if responded_at and signs else [])], default=None)
    if responded_at is None and acknowledged_at and _lies(acknowledged_at, detected_at or started_at, ended_at):
        responded_at = acknowledged_at
    if responded_at is None and detected_at is not None:
        later = [each for each in within if each.at >= detected_at]
        answering = [each for each in later if each.author_id in responding]
        responded_at = next((each.at for each in answering or later), None)
    return Course(started_at, detected_at, responded_at, ended_at)


def _lies(at: datetime, start: datetime, end: datetime | None) -> bool:
    return start <= at and (end is None or at <= end)
