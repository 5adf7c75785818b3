"""The forms that lead from something seen to an incident, and on to its postmortem, filled in with what is known."""

from __future__ import annotations

from typing import Any

from bot.engines.lifecycle.permissions import require
from bot.errors import NotFound
from bot.queries import alerts, incident_cards, templates
from bot.queries.alerts import AlertView
from bot.queries.incident_cards import IncidentCardView
from bot.queries.incidents import IncidentRef
from bot.queries.people import Person
from bot.queries.teams import TeamName
from bot.slack.cards.blocks import Block, option
from bot.slack.cards.incident_forms import declare_form, level
from bot.slack.cards.inputs import VALUE, metadata
from bot.slack.cards.postmortem_forms import create_form
from bot.slack.cards.typed import BOX_CHARACTERS, refilled, text_value
from bot.slack.desk import Desk
from bot.slack.ids import Action
from bot.slack.marked import Marked
from bot.slack.marking import words_of
from bot.usecases.incidents.wanted import LONGEST_MESSAGE
from bot.vocabulary import Role, Severity, Verb

NO_ALERT = "That alert is not there any more. The menu of any message declares an incident too."
OPTION_CHARACTERS = 150


def require_member(person: Person) -> None:
    """Let somebody pass to a form of incidents.

    Raises:
        NotAllowed: they are no member of the workspace.
    """
    role = Role.OUTSIDER if person.is_outsider else Role.MEMBER
    require(Verb.DECLARE_INCIDENT, frozenset({role}), subject="")


async def incident_named(label: str, person: Person, desk: Desk) -> IncidentCardView:
    """The incident of that label, `INC-7`, for somebody who may change it.

    Raises:
        NotAllowed: they are no member of the workspace.
        NotFound: it was deleted.
    """
    require_member(person)
    async with desk.reader() as reading:
        view = await incident_cards.by_ref(reading, IncidentRef(label, is_tiny=True))
    if view is None:
        raise NotFound(f"{label} is not there any more: it was deleted.")
    return view


async def of_alert(alert_id: str, channel: str, person: Person, desk: Desk) -> Block:
    """The form of an incident that begins with an alert; one to which that belongs already is offered first.

    Raises:
        NotAllowed: they are no member of the workspace.
        NotFound: the alert is gone.
    """
    require_member(person)
    async with desk.reader() as reading:
        alert = await alerts.by_id(reading, alert_id)
        there = await incident_cards.of_alert(reading, alert_id)
    if alert is None:
        raise NotFound(NO_ALERT)
    form = declare_form(
        commander=person.slack_id or "",
        channel=alert.channel or _shared(channel),
        severity=alert.priority,
        team=_team(alert),
        offers_channel=desk.settings.incident_channels,
        there=there,
        metadata=metadata(alert=alert.id, another=int(there is not None)),
    )
    return _begun(form, alert.message, alert.description)


async def of_message(marked: Marked, draft_id: str, person: Person, desk: Desk) -> Block:
    """The form of an incident that begins with a message, which is kept under that id.

    Raises:
        NotAllowed: they are no member of the workspace.
    """
    require_member(person)
    text = (await words_of(marked, desk, files=False)).strip()
    title, _, rest = text.partition("\n")
    form = of_nothing(marked.channel, person, desk, about=metadata(message=draft_id))
    return _begun(form, title, rest if len(title) <= LONGEST_MESSAGE else text)


def of_nothing(channel: str, person: Person, desk: Desk, *, about: str) -> Block:
    """The empty form; `about` is its private_metadata."""
    return declare_form(
        commander=person.slack_id or "",
        channel=_shared(channel),
        severity=Severity.P3,
        team=None,
        offers_channel=desk.settings.incident_channels,
        there=None,
        metadata=about,
    )


async def postmortem_of(view: IncidentCardView, person: Person, desk: Desk) -> Block:
    """The form of a postmortem that stands on an incident, filled in with what is known of that."""
    async with desk.reader() as reading:
        choices = await templates.choices(reading, person)
    form = create_form(
        owner=person.slack_id or "",
        channel=view.channel,
        now=view.started_at,
        templates=choices,
        due_days=desk.settings.postmortem_due_days,
        warning="",
        metadata=metadata(),
    )
    return refilled(form, {"values": known_of(view)})


def known_of(view: IncidentCardView) -> dict[str, Any]:
    """What an incident says of its postmortem, in the shape in which Slack says what stands in a form."""
    services = [option(name, name) for name in view.services if len(name) <= OPTION_CHARACTERS]
    people = {each.slack_id: None for each in (*view.roles.values(), *view.responders) if each.slack_id}
    values: dict[str, Any] = {
        "title": text_value(view.title),
        "severity": {VALUE: {"selected_option": level(view.severity)}},
        "started_at": {VALUE: {"selected_date_time": int(view.started_at.timestamp())}},
        "incident": {Action.LOOK_UP_INCIDENT: {"selected_option": option(f"{view.label} {view.title}", view.id)}},
        "services": {Action.LOOK_UP_SERVICES: {"selected_options": services}},
        "responders": {VALUE: {"selected_users": list(people)}},
    }
    if view.resolved_at:
        values["ended_at"] = {VALUE: {"selected_date_time": int(view.resolved_at.timestamp())}}
    return values


def _begun(form: Block, title: str, text: str) -> Block:
    """The form with a title and what is known, as far as their boxes hold it."""
    values = {"title": text_value(title[:LONGEST_MESSAGE].rstrip())}
    if text.strip():
        values["description"] = text_value(text.strip()[:BOX_CHARACTERS])
    return refilled(form, {"values": values})


def _team(alert: AlertView) -> TeamName | None:
    return TeamName(alert.owner_team_id, alert.team) if alert.owner_team_id and alert.team else None


def _shared(channel: str) -> str | None:
    """The channel, where it is one in which several people are."""
    return channel if channel.startswith(("C", "G")) else None
