"""Until when somebody wanted to hear nothing of a postmortem."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.engines import wallclock
from bot.queries.people import Person
from bot.queries.reading import Reading
from storage import snoozes


@dataclass(frozen=True, slots=True)
class OwnSnooze:
    """A person's own snooze; `reason` is what they wrote, or empty."""

    until: date
    reason: str


async def own(reading: Reading, postmortem_id: str, person: Person) -> OwnSnooze | None:
    """The snooze that still keeps a person in peace; None where there is none, or it is over."""
    row = await snoozes.of_person(reading.session, postmortem_id, person.id)
    if row is None or row.until <= wallclock.to_local(reading.now, person.zone).date():
        return None
    return OwnSnooze(row.until, row.reason)
