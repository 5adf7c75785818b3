"""The open alerts that one person was called to, in short."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.vocabulary import Severity
from storage import own_alerts


@dataclass(frozen=True, slots=True)
class OwnAlert:
    """One of them. `acknowledged_by` is a name, None while nobody has it."""

    id: str
    number: int
    message: str
    priority: Severity
    acknowledged_by: str | None
    snoozed_until: datetime | None
    created_at: datetime


async def open_of(reading: Reading, person: Person, *, limit: int) -> tuple[OwnAlert, ...]:
    """Up to `limit` of those that they have not passed on, the newest first; one statement."""
    return tuple(
        OwnAlert(
            id=row.id,
            number=row.number or 0,
            message=row.message,
            priority=Severity(row.priority),
            acknowledged_by=row.acknowledged_by if row.acknowledged else None,
            snoozed_until=row.snoozed_until,
            created_at=row.created_at,
        )
        for row in await own_alerts.open_of(reading.session, person.id, limit=limit)
    )
