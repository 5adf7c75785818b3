"""What timelines are derived from, of many postmortems at once: what happened, and who may have been on call."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, bindparam, cast, null, union
from sqlalchemy import select as select_columns
from sqlmodel import and_, col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    AffectedService,
    Alert,
    ChannelLink,
    Event,
    ImpactedService,
    Incident,
    IncidentAlert,
    Postmortem,
    Service,
)


@dataclass(frozen=True, slots=True)
class Concerned:
    """Teams and schedules, by their ids."""

    teams: set[str]
    schedules: set[str]


async def incidents_of(session: AsyncSession, ids: Iterable[str]) -> dict[str, tuple[Incident, list[Alert]]]:
    """The incidents with these ids, by id, each with the alerts that belong to it, the oldest first."""
    found = await session.exec(
        select(Incident, Alert)
        .outerjoin(IncidentAlert, col(IncidentAlert.incident_id) == Incident.id)
        .outerjoin(Alert, col(Alert.number) == IncidentAlert.alert_number)
        .where(col(Incident.id).in_(set(ids)))
        .order_by(col(Alert.number))
    )
    grouped: dict[str, tuple[Incident, list[Alert]]] = {}
    for incident, alert in found.all():
        _, alerts = grouped.setdefault(incident.id, (incident, []))
        alerts += [alert] if alert else []
    return grouped


async def events_of(
    session: AsyncSession, subject_ids: Collection[str], verbs: Collection[str], *, most: int
) -> list[Event]:
    """What happened to each of these subjects by these verbs, in order; of each subject the first `most`."""
    place = func.row_number().over(partition_by=col(Event.subject_id), order_by=col(Event.id)).label("place")
    wanted = and_(col(Event.subject_id).in_(subject_ids), col(Event.verb).in_(verbs))
    numbered = select(col(Event.id).label("id"), place).where(wanted).subquery()
    first = select(numbered.c.id).where(numbered.c.place <= most)
    found = await session.exec(select(Event).where(col(Event.id).in_(first)).order_by(col(Event.id)))
    return list(found.all())


async def concerned(session: AsyncSession, rows: Sequence[Postmortem]) -> Mapping[str, Concerned]:
    """Who is concerned by each postmortem, by its id: its own team and those of the services it or its incident struck.

    And the schedules that belong to its channel.
    """
    found = await (await session.connection()).execute(_CONCERNED, {"ids": [row.id for row in rows]})
    concerned = {row.id: Concerned({row.team_id} if row.team_id else set(), set()) for row in rows}
    for postmortem_id, team_id, schedule_id in found.all():
        concerned[postmortem_id].teams.update([team_id] if team_id else [])
        concerned[postmortem_id].schedules.update([schedule_id] if schedule_id else [])
    return concerned


def _concerned() -> Any:
    ids: Any = bindparam("ids", expanding=True)
    nothing = cast(null(), String)
    affected = (
        select_columns(col(AffectedService.postmortem_id), col(Service.team_id), nothing)
        .join(Service, col(Service.id) == AffectedService.service_id)
        .where(col(AffectedService.postmortem_id).in_(ids))
    )
    impacted = (
        select_columns(col(Postmortem.id), col(Service.team_id), nothing)
        .join(ImpactedService, col(ImpactedService.incident_id) == Postmortem.incident_id)
        .join(Service, col(Service.id) == ImpactedService.service_id)
        .where(col(Postmortem.id).in_(ids))
    )
    linked = (
        select_columns(col(Postmortem.id), nothing, col(ChannelLink.schedule_id))
        .join(ChannelLink, col(ChannelLink.channel) == Postmortem.channel)
        .where(col(Postmortem.id).in_(ids))
    )
    return union(affected, impacted, linked)


_CONCERNED = _concerned()
