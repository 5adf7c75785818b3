"""Declare an incident as people do: of an alert, of a message, or of what they saw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import Locked
from bot.queries import people
from bot.queries.alert_log import AlertHappening
from bot.queries.incidents import Called
from bot.usecases.alerts.flow import show as show_alert
from bot.usecases.fields import TITLE_CHARACTERS, Faults, unfit, wrong_name, wrong_times
from bot.usecases.incidents.held import label
from bot.usecases.incidents.open_incident import add_incident
from bot.usecases.incidents.own_channel import want_channel
from bot.usecases.incidents.responders import call
from bot.usecases.incidents.wanted import MOST_RESPONDERS, wrong_description, wrong_message
from bot.usecases.messages import MessageKind
from bot.usecases.roles import authorise_member
from bot.usecases.services.name_services import name_services
from bot.usecases.unit import Unit
from bot.vocabulary import AlertResponderKind, IncidentRole, ResponderKind, Severity, Verb
from storage import alerts, incident_parts, teams
from storage.models import Alert, ImpactedService, Incident, IncidentAlert, IncidentPart, Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A new incident. `services` are names, new ones are made; `details` are names and texts that go with it.

    `alert_id` is the alert that it is made of: it began with that, and who was told of that was called to it.
    `another`: that alert may belong to an incident already. `started_at` counts without an alert; None is now.
    `channel` is where its card goes; None: to whoever leads it, by direct message. `own_channel`: it gets one besides.
    `team_id` None: the team of its services, else that of the alert.
    """

    title: str
    severity: Severity
    description: str = ""
    services: tuple[str, ...] = ()
    team_id: str | None = None
    commander_id: str | None = None
    channel: str | None = None
    own_channel: bool = False
    alert_id: str | None = None
    another: bool = False
    started_at: datetime | None = None
    details: Mapping[str, str] = field(default_factory=dict)


async def declare(unit: Unit, wanted: Declaration) -> Incident:
    """The new incident, with its card on its way, and its channel where it is to have one.

    Raises:
        NotAllowed: the actor is no member of the workspace.
        Locked: its alert belongs to another incident meanwhile.
        BadFields: `title`, `description`, `services`, `team`, `commander`, `started_at`, `alert`.
    """
    await authorise_member(unit, Verb.DECLARE_INCIDENT)
    alert = await _alert(unit, wanted)
    await _check(unit, wanted)
    struck = await name_services(unit, wanted.services)
    incident = await add_incident(
        unit,
        message=wanted.title,
        priority=wanted.severity,
        started_at=alert.created_at if alert else wanted.started_at or unit.now,
        description=wanted.description,
        details=wanted.details,
        owner_team_id=wanted.team_id or _team_of(struck) or (alert.owner_team_id if alert else None),
    )
    incident.channel = wanted.channel
    unit.session.add_all(ImpactedService(incident_id=incident.id, service_id=each.id) for each in struck)
    if wanted.commander_id:
        part = IncidentPart(incident_id=incident.id, role=IncidentRole.COMMANDER, user_id=wanted.commander_id)
        unit.session.add(part)
        unit.concerned.add(wanted.commander_id)
    if alert:
        await _associate(unit, incident, alert)
    home = wanted.channel or await _direct(unit, wanted.commander_id)
    if home:
        await unit.tell(MessageKind.INCIDENT, incident.id, home)
    if wanted.own_channel:
        await want_channel(unit, incident)
    unit.outcome = label(incident)
    return incident


async def _alert(unit: Unit, wanted: Declaration) -> Alert | None:
    """The alert that it is made of, which nobody else makes an incident of before this transaction ends."""
    if wanted.alert_id is None:
        return None
    faults = Faults()
    alert = await alerts.by_id(unit.session, wanted.alert_id, lock=True)
    faults.add("alert", None if alert else "The alert that this began with is not there any more.")
    faults.refuse()
    assert alert is not None and alert.number is not None  # noqa: S101  refused above; it is stored
    there = await incident_parts.newest_with_alert(unit.session, alert.number)
    if there and not wanted.another:
        raise Locked(f"{label(there)} was declared of this alert meanwhile. Open the form anew to declare another.")
    return alert


async def _check(unit: Unit, wanted: Declaration) -> None:
    faults = Faults()
    faults.add("title", wrong_message(wanted.title, called="Title"))
    faults.add("description", wrong_description(wanted.description))
    for name in wanted.services:
        faults.add("services", wrong_name(name.strip(), called="Affected services", limit=TITLE_CHARACTERS))
    if wanted.team_id and not await teams.by_ids(unit.session, [wanted.team_id]):
        faults.add("team", "Team: it is not there any more. Choose another, or none.")
    if wanted.commander_id:
        commander = (await people.by_ids(unit.reading, [wanted.commander_id])).get(wanted.commander_id)
        faults.add("commander", unfit(commander, task="lead an incident"))
    if wanted.started_at and not wanted.alert_id:
        faults.add_all(wrong_times(wanted.started_at, None, now=unit.now))
    faults.refuse()


def _team_of(struck: Iterable[Service]) -> str | None:
    return next((each.team_id for each in struck if each.team_id), None)


async def _associate(unit: Unit, incident: Incident, alert: Alert) -> None:
    """The alert belongs to it, and whoever was told of the alert, or named for it as a team, was called to it."""
    assert alert.number is not None  # noqa: S101  it is stored
    unit.session.add(IncidentAlert(incident_id=incident.id, alert_number=alert.number, at=unit.now))
    recipients = (await alerts.recipients_of(unit.session, [alert.number]))[alert.number]
    responders = (await alerts.responders_of(unit.session, [alert.number]))[alert.number]
    told = [Called(ResponderKind.USER, each.user_id) for each in recipients]
    named = [
        Called(ResponderKind.TEAM, each.responder_id) for each in responders if each.kind == AlertResponderKind.TEAM
    ]
    await call(unit, incident, [*told, *named][:MOST_RESPONDERS])
    await unit.event(AlertHappening.DECLARED, alert.id, after={"incident": incident.number})
    await show_alert(unit, alert)


async def _direct(unit: Unit, person_id: str | None) -> str | None:
    """Where somebody gets direct messages: whoever is named, else whoever acts."""
    chosen = person_id or (unit.author.id if unit.author else None)
    person = (await people.by_ids(unit.reading, [chosen])).get(chosen) if chosen else None
    return person.slack_id if person else None
