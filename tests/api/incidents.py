"""Incidents to write postmortems of, opened as the house opens them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import select

from bot.usecases.incidents.open_incident import add_incident
from bot.usecases.unit import Units
from bot.vocabulary import PostmortemStatus, Severity
from storage.models import Postmortem

NOBODYS = "0a5f1c1e-8f0b-4f43-9d55-0d1c8a2b7f11"


@dataclass(frozen=True)
class Opened:
    """An incident that was opened."""

    id: str
    number: int


async def opened(units: Units, message: str = "Checkout was down", *, team_id: str | None = None) -> Opened:
    """An incident that is an hour old."""
    async with units.begin(None) as unit:
        row = await add_incident(
            unit,
            message=message,
            priority=Severity.P2,
            started_at=unit.now - timedelta(hours=1),
            owner_team_id=team_id,
        )
        return Opened(row.id, row.number)


async def published(units: Units, number: int) -> None:
    """Have a postmortem published, whoever reviewed it."""
    async with units.begin(None) as unit:
        row = (await unit.session.exec(select(Postmortem).where(Postmortem.number == number))).one()
        row.status, row.published_at = PostmortemStatus.PUBLISHED, unit.now
