"""Postmortems that were deleted: by whom, and until when they can be brought back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.engines import wallclock
from bot.errors import NotFound
from bot.queries import keys, people
from bot.queries.history import Happening
from bot.queries.people import Person
from bot.queries.reading import Reading
from storage import events, models, postmortems

UNDO_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Deletion:
    """A postmortem that was deleted. `by` is None where its remover is not known any more, or a program was it.

    `by_key` is the name of the key of a program that acted for nobody.
    """

    postmortem_id: str
    number: int
    title: str
    version: int
    owner: Person
    by: Person | None
    at: datetime
    by_key: str | None = None

    @property
    def label(self) -> str:
        """What people call it: `PM-12`."""
        return f"PM-{self.number}"

    @property
    def remover(self) -> str:
        """The name of who deleted it."""
        if self.by:
            return self.by.name
        return f"the key “{self.by_key}”" if self.by_key else "somebody"

    @property
    def undo_until(self) -> datetime:
        """When it is too late to bring it back."""
        return self.at + UNDO_WITHIN

    def can_be_undone(self, now: datetime) -> bool:
        """Whether it can still be brought back."""
        return now < self.undo_until


async def of_row(reading: Reading, row: models.Postmortem) -> Deletion | None:
    """The deletion of a postmortem; None where it is there."""
    if row.deleted_at is None:
        return None
    event = await events.latest(reading.session, row.id, Happening.DELETED)
    by = event.actor_id if event else None
    known = await people.by_ids(reading, filter(None, (row.owner_id, by)))
    return Deletion(
        postmortem_id=row.id,
        number=row.number,
        title=row.title,
        version=row.version,
        owner=known[row.owner_id],
        by=known.get(by or ""),
        at=row.deleted_at,
        by_key=await _key_of(reading, event),
    )


async def _key_of(reading: Reading, event: models.Event | None) -> str | None:
    key_id = event.key_id if event and event.actor_id is None else None
    return (await keys.names(reading, [key_id])).get(key_id) if key_id else None


async def by_id(reading: Reading, postmortem_id: str) -> Deletion | None:
    """The deletion of the postmortem with that id; None where it is there, or gone for good."""
    found = await postmortems.by_ids(reading.session, [postmortem_id], even_deleted=True)
    return await of_row(reading, found[0]) if found else None


async def last_of(reading: Reading, person: Person) -> Deletion | None:
    """What somebody deleted last and can still bring back."""
    since = reading.now - UNDO_WITHIN
    last = await events.last_still_deleted(reading.session, person.id, Happening.DELETED, since=since)
    return await by_id(reading, last) if last else None


async def absent(reading: Reading, number: int, asker: Person | None) -> NotFound:
    """What to say where nothing of that number is there: that it was deleted, or which is the newest."""
    row = await postmortems.by_number(reading.session, number, even_deleted=True)
    deletion = await of_row(reading, row) if row else None
    if deletion and not (asker and asker.is_outsider):
        return _deleted(deletion, reading.now, asker)
    newest = await postmortems.newest_number(reading.session)
    if newest is None:
        return NotFound(f"There is no PM-{number}, nor any other yet. `/postmortem create` starts the first.")
    sentence = f"There is no PM-{number}; the newest is PM-{newest}. `/postmortem list` shows those there are."
    return NotFound(sentence, nearest=[f"PM-{newest}"])


def too_late(deletion: Deletion) -> str:
    """Why it cannot be brought back any more."""
    return (
        f"{deletion.label} was deleted by {deletion.remover} more than ten minutes ago; that cannot be undone any more."
    )


def clock_words(at: datetime, asker: Person | None) -> str:
    """The hour and minute on the asker's own clock: `14:20`."""
    return f"{wallclock.to_local(at, asker.zone):%H:%M}" if asker else f"{at:%H:%M} UTC"


def _deleted(deletion: Deletion, now: datetime, asker: Person | None) -> NotFound:
    if not deletion.can_be_undone(now):
        return NotFound(too_late(deletion))
    until = clock_words(deletion.undo_until, asker)
    back = f"`/postmortem undo {deletion.label}` brings it back until {until}."
    return NotFound(
        f"{deletion.label} was deleted by {deletion.remover}. {back}", [f"/postmortem undo {deletion.label}"]
    )
