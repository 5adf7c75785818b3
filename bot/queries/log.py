"""Who changed what of schedules, and when."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.engines.calendars import participants_in
from bot.engines.rotation import Participant
from bot.queries import keys, people, schedules
from bot.queries.changes import DELETED, UNDONE, Changing, Passing
from bot.queries.naming import naming
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.vocabulary import ParticipantKind
from storage import events
from storage.models import Event

ABOUT_SCHEDULES = (*Changing, DELETED, UNDONE)
GONE = "a schedule that is gone"
_GROUPS = frozenset({ParticipantKind.TEAM, ParticipantKind.ESCALATION})


@dataclass(frozen=True, slots=True)
class Entry:
    """One change; what `before` and `after` hold is written in queries/changes.py. `verb` may be one unknown there.

    `by` is None where no person did it: then a program did, by the key of the name `by_key`, or, without one, the clock
    or whoever runs the process. `schedule` is the name the schedule has now, or its last; of a forwarding, which is
    about no one schedule, it says nothing. `people` holds everyone it speaks of, by id, and `groups` the names of the
    teams and escalations. `undone` is the change that this one took back.
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
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the log, newest first, and whether there are older entries."""

    entries: tuple[Entry, ...]
    has_older: bool


async def page(reading: Reading, schedule_ids: Collection[str], *, size: int, skip: int = 0) -> Page:
    """A page of the log of these schedules, or of all without any: as many statements, however much has happened.

    What becomes of forwardings is told with those schedules in which whoever passes on their duty can have any.
    """
    found = await events.of_schedules(
        reading.session,
        schedule_ids,
        verbs=ABOUT_SCHEDULES,
        forwarding=list(Passing),
        givers=await _members(reading, schedule_ids),
        limit=size + 1,
        offset=skip,
    )
    shown = found[:size]
    undone = await _undone(reading, [event for event, _ in shown])
    told = [*(event for event, _ in shown), *undone.values()]
    named = await naming(reading, {who for event in told for who in _participants(event)})
    known = _Known(
        people=await people.by_ids(reading, {id_ for event in told for id_ in _ids(event)}),
        groups={**named.teams, **named.escalations},
        keys=await keys.names(reading, {event.key_id for event in told if event.key_id}),
        undone=undone,
    )
    entries = tuple(_entry(event, _called(event, name), known) for event, name in shown)
    return Page(entries, has_older=len(found) > size)


@dataclass(frozen=True, slots=True)
class _Known:
    """People, the names of groups and of keys by id, and the events that others take back."""

    people: Mapping[str, Person]
    groups: Mapping[str, str]
    keys: Mapping[str, str]
    undone: Mapping[int, Event]


async def _members(reading: Reading, schedule_ids: Collection[str]) -> set[str]:
    """The users in the rosters of these schedules, in those of the past too, and put on by overrides."""
    watched = await schedules.of_teams(reading, (), and_ids=list(schedule_ids)) if schedule_ids else ()
    standing = {who for each in watched for who in participants_in(each.schedule, each.overrides)}
    return {who.id for who in standing if who.kind is ParticipantKind.USER and who.id}


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
        groups=known.groups,
    )


def _called(event: Event, name: str | None) -> str:
    return name or str(event.after.get("name") or event.before.get("name") or GONE)


def _ids(event: Event) -> Iterator[str]:
    if event.actor_id:
        yield event.actor_id
    for part in (event.before, event.after):
        yield from (part[name] for name in ("user_id", "from_user_id", "to_user_id") if part.get(name))
        yield from part.get("replaced", ())
        for rotation in part.get("rotations", ()):
            yield from (who["id"] for who in rotation["participants"] if who["type"] == ParticipantKind.USER)


def _participants(event: Event) -> Iterator[Participant]:
    """The teams and escalations that an event speaks of."""
    for part in (event.before, event.after):
        for rotation in part.get("rotations", ()):
            for who in rotation["participants"]:
                if who["type"] in _GROUPS:
                    yield Participant(ParticipantKind(who["type"]), who["id"])
