"""The forms of incidents, sent; and what is looked up in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from aiohttp import ClientError
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.errors import AlreadyDone, NotFound, WatchbillError
from bot.queries import teams
from bot.queries.incident_cards import LINK
from bot.queries.incidents import IncidentRef
from bot.queries.people import Person
from bot.slack.cards.blocks import Block, option
from bot.slack.cards.incident_forms import OWN_CHANNEL, incident_view, note_form
from bot.slack.cards.inputs import metadata
from bot.slack.cards.postmortem_forms import said_view
from bot.slack.cards.sentences import mistake_card
from bot.slack.cards.typed import has_text
from bot.slack.declaring import incident_named, of_alert, of_nothing
from bot.slack.desk import Desk
from bot.slack.forms.sending import Outcome, Replaced, Sent
from bot.slack.ids import Form
from bot.slack.keeping import Typed
from bot.slack.marked import Marked
from bot.slack.marking import kept_marked
from bot.slack.translation import explain
from bot.usecases.drafts.drop import drop
from bot.usecases.incidents.add_note import add_note
from bot.usecases.incidents.declare import Declaration, declare
from bot.usecases.incidents.give_roles import give_roles
from bot.vocabulary import IncidentRole, Severity

log = structlog.get_logger(__name__)
NEW_INCIDENT = "a new incident"
MOST_CHOICES = 100
UNOPENED = "Slack did not open the incident in time. Your form is still there; press the button again."


async def declared(sent: Sent, desk: Desk) -> Outcome:
    """Make the incident; its card appears where it is announced. Sent twice, it is one."""
    filled, about = sent.filled, sent.about
    commander = await desk.people.person(filled.user("commander") or sent.person.slack_id or "")
    marked = await _message(sent, desk)
    wanted = Declaration(
        title=filled.text("title"),
        severity=Severity(filled.choice("severity") or Severity.P3),
        description=filled.text("description"),
        services=filled.choices("services"),
        team_id=filled.choice("team"),
        commander_id=commander.id,
        channel=filled.channel("channel"),
        own_channel=desk.settings.incident_channels and OWN_CHANNEL in filled.choices(OWN_CHANNEL),
        alert_id=about.get("alert"),
        another=bool(about.get("another")),
        started_at=marked.at if marked else None,
        details={LINK: marked.permalink} if marked and marked.permalink else {},
    )
    try:
        async with desk.units.begin(sent.person, key=sent.key) as unit:
            await declare(unit, wanted)
            for draft_id in filter(None, (about.get("message"), *sent.settles)):
                await drop(unit, draft_id)
    except AlreadyDone as done:
        return Replaced(said_view(done.outcome, f"{done.outcome} was declared by this form when you sent it first."))
    return None


async def noted(sent: Sent, desk: Desk) -> Outcome:
    """Write down what is new: the card shows it, and its thread tells it."""
    async with desk.units.begin(sent.person, key=sent.key_of_text) as unit:
        await add_note(unit, _ref(sent), sent.filled.text("note"))
        for draft_id in sent.settles:
            await drop(unit, draft_id)
    return None


async def roles_given(sent: Sent, desk: Desk) -> Outcome:
    """Give the roles that were changed in the form; those that somebody else changed meanwhile stay."""
    wanted: dict[IncidentRole, str | None] = {}
    for role in IncidentRole:
        chosen = sent.filled.user(role)
        if chosen != sent.about.get(role):
            wanted[role] = (await desk.people.person(chosen)).id if chosen else None
    async with desk.units.begin(sent.person, key=sent.key_of_text) as unit:
        await give_roles(unit, _ref(sent), wanted)
    return None


def worth_keeping(sent: Sent) -> Typed | None:
    """What is worth keeping of the form of an incident when it is refused, and what it began with."""
    values = sent.view["state"]["values"]
    began = {name: sent.about[name] for name in ("alert", "message") if sent.about.get(name)}
    return Typed(Form.DECLARE, NEW_INCIDENT, {"values": values, **began}) if has_text(values) else None


def note_worth_keeping(sent: Sent) -> Typed | None:
    """The same of what is new."""
    values, label = sent.view["state"]["values"], sent.about["incident"]
    return Typed(Form.INCIDENT_NOTE, label, {"values": values, "incident": label}) if has_text(values) else None


async def box_again(content: Mapping[str, Any], person: Person, desk: Desk) -> Block:
    """The form that a kept incident was typed into.

    Raises:
        NotAllowed: the person is an outsider by now.
        NotFound: its alert is gone.
    """
    if content.get("alert"):
        return await of_alert(content["alert"], "", person, desk)
    about = {"message": content["message"]} if content.get("message") else {}
    return of_nothing("", person, desk, about=metadata(**about))


async def note_again(content: Mapping[str, Any], person: Person, desk: Desk) -> Block:
    """The form that a kept update was typed into.

    Raises:
        NotFound, NotAllowed: as `incident_named`.
    """
    view = await incident_named(content["incident"], person, desk)
    return note_form(label=view.label, metadata=metadata(incident=view.label))


def team_options(desk: Desk) -> Any:
    """Teams by a part of their name."""

    async def looked_up(ack: AsyncAck, payload: dict[str, Any]) -> None:
        typed = payload.get("value", "").strip().casefold()
        async with desk.reader() as reading:
            known = await teams.all_by_name(reading)
        fitting = [each for each in known if typed in each.name.casefold()]
        await ack(options=[option(each.name, each.id) for each in fitting[:MOST_CHOICES]])

    return looked_up


def look_pressed(desk: Desk) -> Any:
    """Puts an incident on top of the form, which waits below with what is in it."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        slack_id = body["user"]["id"]
        try:
            view = await incident_named(action["value"], await desk.people.person(slack_id), desk)
            await desk.client.views_push(trigger_id=body["trigger_id"], view=incident_view(view))
        except WatchbillError as error:
            await desk.answers.give(explain(error), url="", slack_id=slack_id)
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.warning("incident not opened", problem=str(error))
            await desk.answers.give(mistake_card(UNOPENED), url="", slack_id=slack_id)

    return listener


async def _message(sent: Sent, desk: Desk) -> Marked | None:
    """The message with which the form began; None where it began with none, or that is not kept any more."""
    draft_id = str(sent.about.get("message", ""))
    if not draft_id:
        return None
    try:
        return await kept_marked(draft_id, sent.person, desk)
    except NotFound:
        return None


def _ref(sent: Sent) -> IncidentRef:
    return IncidentRef(sent.about["incident"], is_tiny=True)
