"""Incidents as they are answered."""

from __future__ import annotations

from collections.abc import Mapping

from yarl import URL

from bot.api.addresses import address
from bot.api.opsgenie.wire import Instant, Wire
from bot.queries.incidents import WholeIncident
from bot.vocabulary import IncidentStatus, ResponderKind, Severity


class IncidentLinks(Wire):
    """Where an incident is found; it has no page of its own, and both lead to the same."""

    web: str
    api: str


class CalledReply(Wire):
    """Somebody who was called."""

    type: ResponderKind
    id: str


class IncidentReply(Wire):
    """An incident. `serviceId` is the first of the services it strikes, `ownerTeam` empty where it is nobody's."""

    id: str
    service_id: str | None = None
    tiny_id: str
    message: str
    description: str
    status: IncidentStatus
    priority: Severity
    tags: tuple[str, ...]
    created_at: Instant
    updated_at: Instant
    owner_team: str
    responders: tuple[CalledReply, ...]
    extra_properties: Mapping[str, str]
    impacted_services: tuple[str, ...]
    impact_start_date: Instant
    impact_end_date: Instant | None = None
    actions: tuple[str, ...] = ()
    links: IncidentLinks


def as_incident(incident: WholeIncident, base: URL) -> IncidentReply:
    """An incident."""
    link = str(address(base, f"/v1/incidents/{incident.id}"))
    services = tuple(each.id for each in incident.services)
    return IncidentReply(
        id=incident.id,
        service_id=services[0] if services else None,
        tiny_id=str(incident.number),
        message=incident.message,
        description=incident.description,
        status=incident.status,
        priority=incident.priority,
        tags=tuple(incident.tags),
        created_at=incident.created_at,
        updated_at=incident.updated_at,
        owner_team=incident.owner_team_id or "",
        responders=tuple(CalledReply(type=each.kind, id=each.id) for each in incident.responders),
        extra_properties=incident.details,
        impacted_services=services,
        impact_start_date=incident.started_at,
        impact_end_date=incident.resolved_at,
        links=IncidentLinks(web=link, api=link),
    )
