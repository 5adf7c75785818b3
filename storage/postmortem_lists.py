"""What postmortems name: services, teams, people and other incidents, each list in its order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import and_, bindparam, literal, union_all
from sqlalchemy import select as select_columns
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    AffectedService,
    Incident,
    Postmortem,
    RelatedIncident,
    Responder,
    ResponderTeam,
    Service,
    Team,
    User,
)

Part = TypeVar("Part")
_FIRST, _NO_TEXT = literal(0), literal("")


class _Named(StrEnum):
    """What a row of the answer is named as."""

    INCIDENT = "incident"
    RELATED = "related"
    RESPONDER = "responder"
    SERVICE = "service"
    TEAM = "team"


class NamedThing(NamedTuple):
    """A service or a team."""

    id: str
    name: str


class NamedResponder(NamedTuple):
    """Somebody who worked on the incident, and as what; of the same `position` are several."""

    user_id: str
    role: str
    position: int


@dataclass(slots=True)
class Lists:
    """What one postmortem names: services by name, all else in the order given; and the incident it stands on."""

    incident: Incident = field(init=False)
    services: list[NamedThing] = field(default_factory=list)
    teams: list[NamedThing] = field(default_factory=list)
    responders: list[NamedResponder] = field(default_factory=list)
    related: list[Incident] = field(default_factory=list)


async def lists_of(session: AsyncSession, ids: Collection[str]) -> dict[str, Lists]:
    """What each of these postmortems names, by its id; in one statement."""
    lists = {each: Lists() for each in ids}
    for postmortem_id, what, position, id_, name, incident in await session.exec(_LISTS, params={"ids": list(ids)}):
        of = lists[postmortem_id]
        match _Named(what):
            case _Named.INCIDENT:
                of.incident = incident
            case _Named.RELATED:
                of.related.append(incident)
            case _Named.RESPONDER:
                of.responders.append(NamedResponder(id_, name, position))
            case _Named.SERVICE:
                of.services.append(NamedThing(id_, name))
            case _Named.TEAM:
                of.teams.append(NamedThing(id_, name))
    return lists


def _part(
    what: _Named, table: Any, id_: Any, *, of: Any, at: Any = _FIRST, name: Any = _NO_TEXT, by: Any = _NO_TEXT
) -> Any:
    """The rows of one list, in the columns that all of them share."""
    columns = {"of": of, "what": literal(what.value), "position": at, "id": id_, "name": name, "by": by}
    labelled = select_columns(*(each.label(key) for key, each in columns.items()))
    return labelled.select_from(table).where(of.in_(bindparam("ids", expanding=True)))


def _lists() -> Any:
    """Built once: it takes longer than to ask it."""
    rows = union_all(
        _part(_Named.INCIDENT, Postmortem, col(Postmortem.incident_id), of=col(Postmortem.id)),
        _part(
            _Named.RELATED,
            RelatedIncident,
            col(RelatedIncident.incident_id),
            of=col(RelatedIncident.postmortem_id),
            at=col(RelatedIncident.position),
        ),
        _part(
            _Named.RESPONDER,
            Responder,
            col(Responder.user_id),
            of=col(Responder.postmortem_id),
            at=col(Responder.position),
            name=col(Responder.role),
            by=col(User.name),
        ).join(User, col(User.id) == Responder.user_id),
        _part(
            _Named.SERVICE,
            AffectedService,
            col(Service.id),
            of=col(AffectedService.postmortem_id),
            name=col(Service.name),
            by=col(Service.name_key),
        ).join(Service, col(Service.id) == AffectedService.service_id),
        _part(
            _Named.TEAM,
            ResponderTeam,
            col(Team.id),
            of=col(ResponderTeam.postmortem_id),
            at=col(ResponderTeam.position),
            name=col(Team.name),
        ).join(Team, col(Team.id) == ResponderTeam.team_id),
    ).subquery()
    named = rows.c
    is_incident = and_(named.what.in_([_Named.INCIDENT.value, _Named.RELATED.value]), col(Incident.id) == named.id)
    wanted = select_columns(named.of, named.what, named.position, named.id, named.name, Incident)
    return wanted.outerjoin_from(rows, Incident, is_incident).order_by(named.what, named.position, named.by)


_LISTS = _lists()


async def responders_of(session: AsyncSession, ids: Sequence[str]) -> dict[str, list[Responder]]:
    """Who worked on the incident of each of these postmortems, in the order given."""
    statement = (
        select(Responder.postmortem_id, Responder)
        .join(User, col(User.id) == Responder.user_id)
        .where(col(Responder.postmortem_id).in_(ids))
        .order_by(col(Responder.position), User.name)
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
