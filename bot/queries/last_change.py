"""Who changed a part of something last, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.queries import people
from bot.queries.people import Person
from bot.queries.reading import Reading
from storage import events, postmortems


@dataclass(frozen=True, slots=True)
class PartChange:
    """Who changed it, and when; `by` None: no person did."""

    by: Person | None
    at: datetime


async def of_section(reading: Reading, postmortem_id: str, key: str) -> PartChange | None:
    """The last change to a section's text; None where it is as it was made."""
    row = await postmortems.section(reading.session, postmortem_id, key)
    if row is None or row.updated_by is None:
        return None
    return PartChange((await people.by_ids(reading, [row.updated_by])).get(row.updated_by), row.updated_at)


async def of_action(reading: Reading, postmortem_id: str, action_id: str) -> PartChange | None:
    """The last change to an action."""
    return await _of_part(reading, postmortem_id, "action_id", action_id)


async def of_entry(reading: Reading, postmortem_id: str, entry_id: str) -> PartChange | None:
    """The last change to an entry of a timeline."""
    return await _of_part(reading, postmortem_id, "entry_id", entry_id)


async def _of_part(reading: Reading, subject_id: str, key: str, value: str) -> PartChange | None:
    event = await events.latest_with(reading.session, subject_id, key, value)
    if event is None:
        return None
    known = await people.by_ids(reading, [event.actor_id] if event.actor_id else [])
    return PartChange(known.get(event.actor_id or ""), event.at)
