"""An incident as people see it in Slack, with everything that its card says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.queries import people, teams
from bot.queries.incidents import IncidentRef, row_of
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.vocabulary import AlertStatus, IncidentRole, IncidentStatus, ResponderKind, Severity
from storage import alerts as stored_alerts
from storage import incident_parts, incidents, postmortems
from storage.models import Alert, Incident

LINK = "message"
"""The name under which the address of the message that it was declared of stands in its details."""


@dataclass(frozen=True, slots=True)
class AlertLine:
    """An alert that belongs to an incident, in a line: how it stands, and by whom it was brought there."""

    id: str
    number: int
    message: str
    is_open: bool = True
    acknowledged_by: str | None = None
    closed_by: str | None = None
    is_snoozed: bool = False

    @property
    def label(self) -> str:
        """What people call it: `#7`."""
        return f"#{self.number}"


@dataclass(frozen=True, slots=True)
class Update:
    """What was written to it last; `author` is a person's name or a key's."""

    text: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class IncidentCardView:
    """An incident with everything on it.

    `channel` is Slack's id of where it goes on, its own with `has_own_channel`. `responders` are the people called to
    it, `postmortem` the number of the last that stands on it.
    """

    id: str
    number: int
    title: str
    description: str
    severity: Severity
    status: IncidentStatus
    started_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    created_at: datetime
    channel: str | None
    has_own_channel: bool
    link: str
    team: str | None
    services: tuple[str, ...]
    roles: Mapping[IncidentRole, Person]
    responders: tuple[Person, ...]
    declared_by: Person | None
    alerts: tuple[AlertLine, ...]
    postmortem: int | None
    update: Update | None

    @property
    def label(self) -> str:
        """What people call it: `INC-7`."""
        return f"INC-{self.number}"

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.status is IncidentStatus.OPEN

    @property
    def leader(self) -> Person | None:
        """Who leads it, else who declared it."""
        return self.roles.get(IncidentRole.COMMANDER) or self.declared_by


async def by_id(reading: Reading, incident_id: str) -> IncidentCardView | None:
    """The incident with that id; nine statements at most."""
    row = await incidents.by_id(reading.session, incident_id)
    return await _view(reading, row) if row else None


async def by_ref(reading: Reading, ref: IncidentRef) -> IncidentCardView | None:
    """The incident that is named, likewise."""
    row = await row_of(reading, ref)
    return await _view(reading, row) if row else None


async def of_alert(reading: Reading, alert_id: str) -> IncidentCardView | None:
    """The incident to which the alert with that id belongs, the newest of several; None where there is none."""
    alert = await stored_alerts.by_id(reading.session, alert_id)
    if alert is None or alert.number is None:
        return None
    row = await incident_parts.newest_with_alert(reading.session, alert.number)
    return await _view(reading, row) if row else None


async def _view(reading: Reading, row: Incident) -> IncidentCardView:
    session = reading.session
    parts = {IncidentRole(each.role): each.user_id for each in await incident_parts.roles_in(session, row.id)}
    called = (await incidents.responders_of(session, [row.id]))[row.id]
    user_ids = [each.responder_id for each in called if each.kind == ResponderKind.USER]
    known = await people.by_ids(reading, {*parts.values(), *user_ids, *([row.created_by] if row.created_by else [])})
    team = await teams.names(reading, [row.owner_team_id]) if row.owner_team_id else {}
    standing = [each for each in await postmortems.of_incident(session, row.id) if each.deleted_at is None]
    note = await incident_parts.last_note(session, row.id)
    return IncidentCardView(
        id=row.id,
        number=row.number,
        title=row.message,
        description=row.description,
        severity=Severity(row.priority),
        status=IncidentStatus(row.status),
        started_at=row.started_at,
        resolved_at=row.resolved_at,
        closed_at=row.closed_at,
        created_at=row.created_at,
        channel=row.channel,
        has_own_channel=row.has_own_channel,
        link=row.details.get(LINK, ""),
        team=team.get(row.owner_team_id or ""),
        services=tuple(each.name for each in (await incidents.services_of(session, [row.id]))[row.id]),
        roles={role: known[parts[role]] for role in IncidentRole if parts.get(role) in known},
        responders=tuple(known[each] for each in user_ids if each in known),
        declared_by=known.get(row.created_by or ""),
        alerts=tuple(_line(each) for each in await incident_parts.alerts_of(session, row.id)),
        postmortem=max((each.number for each in standing), default=None),
        update=Update(note.text, note.author, note.at) if note else None,
    )


def _line(alert: Alert) -> AlertLine:
    return AlertLine(
        id=alert.id,
        number=alert.number or 0,
        message=alert.message,
        is_open=alert.status == AlertStatus.OPEN,
        acknowledged_by=alert.acknowledged_by,
        closed_by=alert.closed_by,
        is_snoozed=alert.snoozed_until is not None,
    )
