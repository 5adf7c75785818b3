"""What people changed about schedules and can take back: one event at a time, with all that says it in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.queries import keys, people
from bot.queries.people import Person
from bot.queries.reading import Reading
from storage import changes, events, models, schedules

UNDO_WITHIN = timedelta(minutes=10)
MOST_RECENT = 20
"""How many changes of the last minutes are looked through for one that was not taken back."""


class Changing(StrEnum):
    """The verbs of the events that can be taken back; their subject is the schedule. What before and after hold:

    | verb | before | after |
    | --- | --- | --- |
    | OVERRIDDEN | | override_id, user_id, start, end, rotation_ids, replaced (ids of users), times (of each of them) |
    | CREATED | | name, description, timezone, enabled, team, rotations, version |
    | EDITED | the same, and `rows`: every row as it was | the same as CREATED |
    | LINKED | | channel |
    | UNLINKED | channel | |

    An override that puts no user has None for `user_id`, and besides `participant`: its type, id and name.
    """

    OVERRIDDEN = "override"
    CREATED = "create-schedule"
    EDITED = "edit-schedule"
    LINKED = "link-channel"
    UNLINKED = "unlink-channel"


class Passing(StrEnum):
    """The verbs of the events about forwardings; their subject is the forwarding, and its id the only thing that lasts.

    `before` (of EDITED and REMOVED) and `after` (of MADE and EDITED) hold from_user_id, to_user_id, start, end.
    """

    MADE = "forward"
    EDITED = "edit-forwarding"
    REMOVED = "remove-forwarding"


DELETED = "delete-schedule"
"""The verb of the event that a schedule ends with, which nobody takes back: `before` holds what CREATED says of one,
and `rows`: every row as it was, of what hung on it too."""

UNDONE = "undo"
"""The verb of the event that takes one back: `after` holds `event`, the id of what was taken back, its `verb`, the
schedule's `name`, and `ended_at` of an override that had begun and so was ended."""


@dataclass(frozen=True, slots=True)
class Undone:
    """How a change was taken back. `ended_at`: an override was ended then and not wiped out.

    `by` None: a program did it, by the key of that name.
    """

    by: Person | None
    at: datetime
    ended_at: datetime | None
    by_key: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `people` holds everyone it speaks of, by id. The schedule's name is the present one, or its last.

    `actor` None: a program did it, by the key of the name `actor_key`.
    """

    id: int
    at: datetime
    verb: Changing
    actor: Person | None
    schedule_id: str
    schedule: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    people: Mapping[str, Person]
    undone: Undone | None
    actor_key: str | None = None

    @property
    def person(self) -> Person | None:
        """Whom an override puts on call; None too where it puts no person."""
        return self.people.get(self.after.get("user_id") or "")

    @property
    def start(self) -> datetime:
        """When an override begins."""
        return datetime.fromisoformat(self.after["start"])

    @property
    def end(self) -> datetime:
        """When an override ends."""
        return datetime.fromisoformat(self.after["end"])

    @property
    def channel(self) -> str:
        """Slack's id of the channel that was linked or unlinked."""
        return str({**self.before, **self.after}["channel"])

    @property
    def until(self) -> datetime:
        """Up to when it can be taken back."""
        return self.at + UNDO_WITHIN


async def by_id(reading: Reading, event_id: int) -> Change | None:
    """The change with that id; None where there is none, or what that event says cannot be taken back."""
    row = await events.by_id(reading.session, event_id)
    return (await _changes(reading, [row]))[0] if row and row.verb in set(Changing) else None


async def schedule_of(reading: Reading, event_id: int) -> str | None:
    """The id of the schedule that was changed; None as `by_id`."""
    row = await events.by_id(reading.session, event_id)
    return row.subject_id if row and row.verb in set(Changing) else None


async def newest(reading: Reading, person_id: str) -> Change | None:
    """What a person changed last and can still take back; else, what they changed last at all."""
    rows = await changes.of_actor(
        reading.session, person_id, verbs=list(Changing), since=reading.now - UNDO_WITHIN, limit=MOST_RECENT
    )
    recent = await _changes(reading, rows)
    standing = next((each for each in recent if each.undone is None), None)
    if standing or recent:
        return standing or recent[0]
    last = await changes.of_actor(reading.session, person_id, verbs=list(Changing), since=None, limit=1)
    return next(iter(await _changes(reading, last)), None)


async def _changes(reading: Reading, rows: Iterable[models.Event]) -> list[Change]:
    found = list(rows)
    if not found:
        return []
    undos = {each.after["event"]: each for each in await changes.naming(reading.session, UNDONE, found)}
    named = {each for row in found for each in _ids(row)} | {undo.actor_id for undo in undos.values() if undo.actor_id}
    known = await people.by_ids(reading, named)
    key_names = await keys.names(reading, [row.key_id for row in (*found, *undos.values()) if row.key_id])
    schedule_rows = await schedules.names_of(reading.session, {row.subject_id for row in found})
    return [_change(row, undos.get(row.id), known, key_names, schedule_rows) for row in found]


def _change(
    row: models.Event,
    undo: models.Event | None,
    known: Mapping[str, Person],
    key_names: Mapping[str, str],
    names: Mapping[str, str],
) -> Change:
    kept = row.after.get("name") or (undo.after.get("name") if undo else None) or "a schedule that is gone"
    return Change(
        id=row.id or 0,
        at=row.at,
        verb=Changing(row.verb),
        actor=known.get(row.actor_id or ""),
        schedule_id=row.subject_id,
        schedule=names.get(row.subject_id) or kept,
        before=row.before,
        after=row.after,
        people={each: known[each] for each in _ids(row) if each in known},
        undone=_undone(undo, known, key_names) if undo else None,
        actor_key=key_names.get(row.key_id or ""),
    )


def _undone(undo: models.Event, known: Mapping[str, Person], key_names: Mapping[str, str]) -> Undone:
    ended_at = undo.after.get("ended_at")
    return Undone(
        by=known.get(undo.actor_id or ""),
        at=undo.at,
        ended_at=datetime.fromisoformat(ended_at) if ended_at else None,
        by_key=key_names.get(undo.key_id or ""),
    )


def _ids(row: models.Event) -> list[str]:
    named = [row.actor_id, row.after.get("user_id"), *row.after.get("replaced", ())]
    return [each for each in named if each]
