"""Incidents and what hangs on them in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, delete, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.vocabulary import IncidentOrder, PostmortemStatus
from storage.models import (
    ImpactedService,
    Incident,
    IncidentAlert,
    IncidentNote,
    IncidentPart,
    IncidentResponder,
    Postmortem,
    RelatedIncident,
    Service,
    Team,
)
from storage.postmortems import PRESENT
from storage.stretches import Stretch, cut, in_order

HANGING = (ImpactedService, IncidentResponder, IncidentNote, IncidentPart, IncidentAlert)
"""The tables whose rows go with the incident they belong to."""
_ORDERS: Mapping[IncidentOrder, Sequence[Any]] = {
    IncidentOrder.CREATED: (Incident.created_at,),
    IncidentOrder.UPDATED: (Incident.updated_at,),
    IncidentOrder.NUMBER: (),
    IncidentOrder.MESSAGE: (Incident.message_key,),
    IncidentOrder.STATUS: (Incident.status,),
    IncidentOrder.PRIORITY: (Incident.priority,),
    IncidentOrder.TEAM: (Team.name_key,),
    IncidentOrder.SEEN: (),
}


async def by_id(session: AsyncSession, incident_id: str, *, lock: bool = False) -> Incident | None:
    """The incident with that id; with `lock` nobody else changes it before this transaction ends."""
    return await session.get(Incident, incident_id, with_for_update=lock or None)


async def by_number(session: AsyncSession, number: int, *, lock: bool = False) -> Incident | None:
    """The incident of that number; with `lock` nobody else changes it before this transaction ends."""
    statement = select(Incident).where(Incident.number == number)
    return (await session.exec(statement.with_for_update() if lock else statement)).first()


async def by_ids(session: AsyncSession, ids: Iterable[str]) -> list[Incident]:
    """The incidents with these ids, in no order."""
    wanted = set(ids)
    if not wanted:
        return []
    return list((await session.exec(select(Incident).where(col(Incident.id).in_(wanted)))).all())


async def newest(
    session: AsyncSession, *, number: int | None, words: Sequence[str], limit: int
) -> list[tuple[Incident, int | None]]:
    """Incidents, the last to begin first, each with the number of the last of its postmortems.

    Those whose message has all the `words`, parts of words in the form of `name_key`, and the one of that `number`.
    """
    last = select(func.max(Postmortem.number)).where(col(Postmortem.incident_id) == Incident.id, PRESENT)
    statement = select(Incident, last.scalar_subquery())
    has_words = [col(Incident.message_key).contains(word, autoescape=True) for word in words]
    if number is not None:
        statement = statement.where(or_(Incident.number == number, *has_words))
    else:
        statement = statement.where(*has_words)
    statement = statement.order_by(col(Incident.started_at).desc(), col(Incident.number).desc()).limit(limit)
    return [(incident, postmortem) for incident, postmortem in (await session.exec(statement)).all()]


async def page(
    session: AsyncSession,
    condition: ColumnElement[bool],
    *,
    team_id: str | None,
    order: IncidentOrder,
    descending: bool,
    limit: int,
    offset: int,
) -> list[Incident]:
    """Some of the incidents that are so, of one team or of all. `condition`: see storage/incident_search.py."""
    columns = [col(each) for each in (*_ORDERS[order], Incident.number)]
    statement = select(Incident).where(*_of_team(condition, team_id))
    if order is IncidentOrder.TEAM:
        statement = statement.outerjoin(Team, col(Team.id) == Incident.owner_team_id)
    ordered = statement.order_by(*(each.desc() if descending else each.asc() for each in columns))
    return list((await session.exec(ordered.limit(limit).offset(offset))).all())


async def count(session: AsyncSession, condition: ColumnElement[bool], *, team_id: str | None) -> int:
    """How many incidents are so."""
    return (await session.exec(select(func.count()).select_from(Incident).where(*_of_team(condition, team_id)))).one()


async def services_of(session: AsyncSession, ids: Iterable[str]) -> dict[str, list[Service]]:
    """The services that each of these incidents strikes, by name."""
    wanted = list(ids)
    found = await session.exec(
        select(ImpactedService.incident_id, Service)
        .join(Service, col(Service.id) == ImpactedService.service_id)
        .where(col(ImpactedService.incident_id).in_(wanted))
        .order_by(Service.name_key)
    )
    grouped: dict[str, list[Service]] = {each: [] for each in wanted}
    for incident_id, service in found.all():
        grouped[incident_id].append(service)
    return grouped


async def responders_of(session: AsyncSession, ids: Iterable[str]) -> dict[str, list[IncidentResponder]]:
    """Who was called to each of these incidents, in the order in which they were."""
    wanted = list(ids)
    found = await session.exec(
        select(IncidentResponder)
        .where(col(IncidentResponder.incident_id).in_(wanted))
        .order_by(col(IncidentResponder.position), col(IncidentResponder.responder_id))
    )
    grouped: dict[str, list[IncidentResponder]] = {each: [] for each in wanted}
    for row in found.all():
        grouped[row.incident_id].append(row)
    return grouped


async def notes(session: AsyncSession, incident_id: str, stretch: Stretch) -> list[IncidentNote]:
    """Some of the notes of an incident."""
    statement = select(IncidentNote).where(IncidentNote.incident_id == incident_id)
    found = (await session.exec(cut(statement, col(IncidentNote.id), stretch))).all()
    return in_order(found, stretch)


async def unpublished_postmortems(
    session: AsyncSession, incident_id: str, *, ended_at: datetime | None
) -> list[Postmortem]:
    """The postmortems of an incident that are not published and end then, or have no end; nobody else changes them."""
    statement = select(Postmortem).where(
        Postmortem.incident_id == incident_id,
        PRESENT,
        col(Postmortem.ended_at) == ended_at,
        col(Postmortem.status) != PostmortemStatus.PUBLISHED,
    )
    return list((await session.exec(statement.order_by(col(Postmortem.number)).with_for_update())).all())


async def postmortems_with(session: AsyncSession, incident_id: str) -> list[tuple[int, str | None]]:
    """The numbers and teams of the postmortems that stand on an incident or name it, just deleted ones too."""
    related = select(RelatedIncident.postmortem_id).where(RelatedIncident.incident_id == incident_id)
    names_it = or_(Postmortem.incident_id == incident_id, col(Postmortem.id).in_(related))
    found = select(Postmortem.number, Postmortem.team_id).where(names_it).order_by(col(Postmortem.number))
    return list((await session.exec(found)).all())


async def remove(session: AsyncSession, incident: Incident) -> None:
    """Remove an incident on which no postmortem stands, and everything that hangs on it; its events stay."""
    for part in HANGING:
        await session.exec(delete(part).where(col(part.incident_id) == incident.id))
    await session.delete(incident)
    await session.flush()


async def striking(session: AsyncSession, service_id: str, *, limit: int) -> list[tuple[int, str | None]]:
    """The numbers and teams of the incidents that strike a service, the newest first."""
    found = (
        select(Incident.number, Incident.owner_team_id)
        .join(ImpactedService, col(ImpactedService.incident_id) == Incident.id)
        .where(ImpactedService.service_id == service_id)
    )
    return list((await session.exec(found.order_by(col(Incident.number).desc()).limit(limit))).all())


async def numbers_of_team(session: AsyncSession, team_id: str, *, limit: int) -> list[int]:
    """The numbers of a team's incidents, the newest first."""
    found = select(Incident.number).where(Incident.owner_team_id == team_id)
    return list((await session.exec(found.order_by(col(Incident.number).desc()).limit(limit))).all())


def _of_team(condition: ColumnElement[bool], team_id: str | None) -> Sequence[ColumnElement[bool]]:
    return (condition,) if team_id is None else (condition, col(Incident.owner_team_id) == team_id)
