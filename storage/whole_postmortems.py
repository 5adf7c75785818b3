"""Everything that programs are told of postmortems, for many of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Incident, Postmortem, Responder, Section, Service, Team, TimelineEntry
from storage.postmortem_lists import grouped, related_to, responders_of, services_of, teams_of
from storage.postmortems import sections_of


@dataclass(frozen=True, slots=True)
class WholeParts:
    """What hangs on some postmortems, by the postmortem's id, each list in its order; and all their incidents by id."""

    incidents: Mapping[str, Incident]
    sections: Mapping[str, Sequence[Section]]
    services: Mapping[str, Sequence[Service]]
    teams: Mapping[str, Sequence[Team]]
    responders: Mapping[str, Sequence[Responder]]
    related: Mapping[str, Sequence[Incident]]
    entries: Mapping[str, Sequence[TimelineEntry]]


async def parts_of(session: AsyncSession, rows: Iterable[Postmortem]) -> WholeParts:
    """What hangs on these postmortems, in seven statements however many they are."""
    found = list(rows)
    ids = [row.id for row in found]
    return WholeParts(
        incidents=await _incidents(session, {row.incident_id for row in found}),
        sections=await sections_of(session, ids),
        services=await services_of(session, ids),
        teams=await teams_of(session, ids),
        responders=await responders_of(session, ids),
        related=await related_to(session, ids),
        entries=await _entries(session, ids),
    )


async def _incidents(session: AsyncSession, ids: Iterable[str]) -> dict[str, Incident]:
    found = await session.exec(select(Incident).where(col(Incident.id).in_(list(ids))))
    return {incident.id: incident for incident in found.all()}


async def _entries(session: AsyncSession, ids: Sequence[str]) -> dict[str, list[TimelineEntry]]:
    statement = (
        select(TimelineEntry.postmortem_id, TimelineEntry)
        .where(col(TimelineEntry.postmortem_id).in_(ids))
        .order_by(col(TimelineEntry.at), col(TimelineEntry.added_at), col(TimelineEntry.id))
    )
    return grouped(ids, (await session.exec(statement)).all())
