"""What timelines are derived from, of many postmortems at once: what happened, and who may have been on call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlmodel import and_, col, func, select, union
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


async def teams_concerned(session: AsyncSession, rows: Sequence[Postmortem]) -> Mapping[str, set[str]]:
    """The teams of each postmortem: its own, and those of the services it or its incident struck; by its id."""
    ids = [row.id for row in rows]
    affected = (
        select(col(AffectedService.postmortem_id), col(Service.team_id))
        .join(Service, col(Service.id) == AffectedService.service_id)
        .where(col(AffectedService.postmortem_id).in_(ids))
    )
    impacted = (
        select(col(Postmortem.id), col(Service.team_id))
        .join(ImpactedService, col(ImpactedService.incident_id) == Postmortem.incident_id)
        .join(Service, col(Service.id) == ImpactedService.service_id)
        .where(col(Postmortem.id).in_(ids))
    )
    found = await session.exec(union(affected, impacted))  # type: ignore[call-overload]  # SQLModel types no unions
    teams: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        teams[row.id] |= {row.team_id} if row.team_id else set()
    for postmortem_id, team_id in found.all():
        teams[postmortem_id] |= {team_id} if team_id else set()
    return teams


async def schedules_of_channels(session: AsyncSession, channels: Collection[str]) -> Mapping[str, set[str]]:
    """The ids of the schedules that belong to each of these channels; no statement where there are none."""
    linked: dict[str, set[str]] = defaultdict(set)
    if channels:
        rows = select(ChannelLink.channel, ChannelLink.schedule_id).where(col(ChannelLink.channel).in_(channels))
        for channel, schedule_id in (await session.exec(rows)).all():
            linked[channel].add(schedule_id)
    return linked
