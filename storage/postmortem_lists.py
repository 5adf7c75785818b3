"""What postmortems name: services, teams, people and other incidents, each list in its order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import AffectedService, Incident, RelatedIncident, Responder, ResponderTeam, Service, Team, User

Part = TypeVar("Part")


async def services_of(session: AsyncSession, ids: Sequence[str]) -> dict[str, list[Service]]:
    """The services that each of these postmortems affected, by name."""
    statement = (
        select(AffectedService.postmortem_id, Service)
        .join(Service, col(AffectedService.service_id) == Service.id)
        .where(col(AffectedService.postmortem_id).in_(ids))
        .order_by(Service.name_key)
    )
    return grouped(ids, (await session.exec(statement)).all())


async def teams_of(session: AsyncSession, ids: Sequence[str]) -> dict[str, list[Team]]:
    """The teams that worked on the incident of each of these postmortems, in the order given."""
    statement = (
        select(ResponderTeam.postmortem_id, Team)
        .join(Team, col(ResponderTeam.team_id) == Team.id)
        .where(col(ResponderTeam.postmortem_id).in_(ids))
        .order_by(col(ResponderTeam.position))
    )
    return grouped(ids, (await session.exec(statement)).all())


async def responders_of(session: AsyncSession, ids: Sequence[str]) -> dict[str, list[Responder]]:
    """Who worked on the incident of each of these postmortems, in the order given."""
    statement = (
        select(Responder.postmortem_id, Responder)
        .join(User, col(User.id) == Responder.user_id)
        .where(col(Responder.postmortem_id).in_(ids))
        .order_by(col(Responder.position), User.name)
    )
    return grouped(ids, (await session.exec(statement)).all())


async def related_to(session: AsyncSession, ids: Sequence[str]) -> dict[str, list[Incident]]:
    """The other incidents that each of these postmortems names, in the order given."""
    statement = (
        select(RelatedIncident.postmortem_id, Incident)
        .join(Incident, col(RelatedIncident.incident_id) == Incident.id)
        .where(col(RelatedIncident.postmortem_id).in_(ids))
        .order_by(col(RelatedIncident.position))
    )
    return grouped(ids, (await session.exec(statement)).all())


async def put_services(session: AsyncSession, postmortem_id: str, ids: Iterable[str]) -> None:
    """Make these the services that a postmortem affected."""
    await session.exec(delete(AffectedService).where(col(AffectedService.postmortem_id) == postmortem_id))
    session.add_all(AffectedService(postmortem_id=postmortem_id, service_id=each) for each in ids)


async def put_teams(session: AsyncSession, postmortem_id: str, ids: Iterable[str]) -> None:
    """Make these the teams that worked on its incident, in their order."""
    await session.exec(delete(ResponderTeam).where(col(ResponderTeam.postmortem_id) == postmortem_id))
    session.add_all(
        ResponderTeam(postmortem_id=postmortem_id, team_id=each, position=position) for position, each in enumerate(ids)
    )


async def put_responders(session: AsyncSession, postmortem_id: str, roles: Mapping[str, str]) -> None:
    """Make these the people who worked on its incident, in their order, each with a role."""
    await session.exec(delete(Responder).where(col(Responder.postmortem_id) == postmortem_id))
    session.add_all(
        Responder(postmortem_id=postmortem_id, user_id=user_id, role=role, position=position)
        for position, (user_id, role) in enumerate(roles.items())
    )


async def put_related(session: AsyncSession, postmortem_id: str, ids: Iterable[str]) -> None:
    """Make these the other incidents that it names, in their order."""
    await session.exec(delete(RelatedIncident).where(col(RelatedIncident.postmortem_id) == postmortem_id))
    session.add_all(
        RelatedIncident(postmortem_id=postmortem_id, incident_id=each, position=position)
        for position, each in enumerate(ids)
    )


def grouped(ids: Sequence[str], found: Iterable[tuple[str, Part]]) -> dict[str, list[Part]]:
    """What was found, by the postmortem's id; of one without anything an empty list."""
    by_id: dict[str, list[Part]] = {each: [] for each in ids}
    for postmortem_id, part in found:
        by_id[postmortem_id].append(part)
    return by_id
