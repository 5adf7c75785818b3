"""Who changed what of schedules, and when."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.queries import keys, people
from bot.queries.changes import DELETED, UNDONE, Changing
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.vocabulary import ParticipantKind
from storage import events
from storage.models import Event

ABOUT_SCHEDULES = (*Changing, DELETED, UNDONE)
GONE = "a schedule that is gone"


@dataclass(frozen=True, slots=True)
class Entry:
    """One change; what `before` and `after` hold is written in queries/changes.py. `verb` may be one unknown there.

    `by` is None where no person did it: then a program did, by the key of the name `by_key`, or, without one, the clock
    or whoever runs the process. `schedule` is the name the schedule has now, or its last. `people` holds
    everyone it speaks of, by id. `undone` is the change that this one took back.
    """

    at: datetime
    verb: str
    by: Person | None
    schedule: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    people: Mapping[str, Person]
    undone: Entry | None = None
    by_key: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the log, newest first, and whether there are older entries."""

    entries: tuple[Entry, ...]
    has_older: bool


async def page(reading: Reading, schedule_ids: Collection[str], *, size: int, skip: int = 0) -> Page:
    """A page of the log of these schedules, or of all without any: four statements, however much has happened."""
    found = await events.of_schedules(reading.session, schedule_ids, verbs=ABOUT_SCHEDULES, limit=size + 1, offset=skip)
    shown = found[:size]
    undone = await _undone(reading, [event for event, _ in shown])
    told = [*(event for event, _ in shown), *undone.values()]
    known = _Known(
        people=await people.by_ids(reading, {id_ for event in told for id_ in _ids(event)}),
        keys=await keys.names(reading, {event.key_id for event in told if event.key_id}),
        undone=undone,
    )
    entries = tuple(_entry(event, _called(event, name), known) for event, name in shown)
    return Page(entries, has_older=len(found) > size)


@dataclass(frozen=True, slots=True)
class _Known:
    """People and the names of keys by id, and the events that others take back."""

    people: Mapping[str, Person]
    keys: Mapping[str, str]
    undone: Mapping[int, Event]


async def _undone(reading: Reading, rows: Sequence[Event]) -> dict[int, Event]:
    """The events that these take back, by id."""
    ids = {row.after["event"] for row in rows if row.verb == UNDONE and "event" in row.after}
    return {row.id: row for row in await events.by_ids(reading.session, ids) if row.id is not None}


def _entry(event: Event, schedule: str, known: _Known) -> Entry:
    older = known.undone.get(event.after.get("event", 0)) if event.verb == UNDONE else None
    return Entry(
        at=event.at,
        verb=event.verb,
        by=known.people.get(event.actor_id or ""),
        schedule=schedule,
        before=event.before,
        after=event.after,
        people=known.people,
        undone=_entry(older, schedule, known) if older else None,
        by_key=known.keys.get(event.key_id or ""),
    )


def _called(event: Event, name: str | None) -> str:
    return name or str(event.after.get("name") or event.before.get("name") or GONE)


def _ids(event: Event) -> Iterator[str]:
    if event.actor_id:
        yield event.actor_id
    for part in (event.before, event.after):
        if part.get("user_id"):
            yield part["user_id"]
        yield from part.get("replaced", ())
        for rotation in part.get("rotations", ()):
            yield from (who["id"] for who in rotation["participants"] if who["type"] == ParticipantKind.USER)
