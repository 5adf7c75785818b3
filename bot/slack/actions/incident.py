"""Buttons of an incident's card, and the one of an alert that makes it an incident."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.errors import AlreadyDone, NotFound
from bot.queries import incident_cards
from bot.queries.incident_cards import IncidentCardView
from bot.queries.incidents import IncidentRef, row_of
from bot.queries.people import Person
from bot.slack.actions.lines import Listener, place_of
from bot.slack.cards.blocks import Block, Card, actions, section
from bot.slack.cards.incident import postmortem_button, there_card
from bot.slack.cards.incident_forms import note_form, roles_form
from bot.slack.cards.inputs import metadata
from bot.slack.cards.sentences import said_card
from bot.slack.commands.dispatch import Place
from bot.slack.declaring import incident_named, of_alert, postmortem_of, require_member
from bot.slack.desk import Desk
from bot.slack.doing import do
from bot.slack.ids import Action
from bot.usecases.incidents.moving import close, reopen, resolve
from bot.usecases.unit import Unit
from bot.vocabulary import IncidentStatus

OLD = "This button is of an older version. The newest card of the incident has others."
Move = Callable[[Unit, IncidentRef], Awaitable[object]]
MOVES: Mapping[str, Move] = {"resolve": resolve, "close": close, "reopen": reopen}


def pressed(desk: Desk) -> Listener:
    """`incident:resolve` with `INC-7:open`: done where it still stands as the card showed it."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        place = place_of(body)
        verb = action["action_id"].partition(":")[2]
        label, _, shown = action["value"].partition(":")
        await do(_carried_out(verb, label, shown, place, desk), place, ack, desk)

    return listener


def declare_pressed(desk: Desk) -> Listener:
    """Opens the form of an incident that begins with the alert in its value; one that is there already comes first.

    `alert_declare_incident:another` opens the form in any case.
    """

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        place = place_of(body)
        is_another = action["action_id"] != Action.ALERT_DECLARE_INCIDENT
        await do(_declaring(action["value"], place, desk, is_another=is_another), place, ack, desk)

    return listener


async def _declaring(alert_id: str, place: Place, desk: Desk, *, is_another: bool) -> Card | Block:
    person = await desk.people.person(place.slack_id)
    require_member(person)
    async with desk.reader() as reading:
        there = await incident_cards.of_alert(reading, alert_id)
    if there and not is_another:
        return there_card(there, alert_id)
    return await of_alert(alert_id, "" if place.direct else place.channel, person, desk)


async def _carried_out(verb: str, label: str, shown: str, place: Place, desk: Desk) -> Card | Block | None:
    person = await desk.people.person(place.slack_id)
    view = await incident_named(label, person, desk)
    match verb:
        case "note":
            return note_form(label=label, metadata=metadata(incident=label))
        case "roles":
            held = {role: each.slack_id for role, each in view.roles.items() if each.slack_id}
            return roles_form(label=label, held=held, metadata=metadata(incident=label, **held))
        case "postmortem":
            return await _postmortem(view, person, desk)
        case _ if verb in MOVES:
            return await _moved(verb, view, shown, person, desk, key=place.key)
        case _:
            raise NotFound(OLD)


async def _postmortem(view: IncidentCardView, person: Person, desk: Desk) -> Card | Block:
    if view.postmortem is None:
        return await postmortem_of(view, person, desk)
    words = f"{view.label} has a postmortem already, PM-{view.postmortem}."
    return Card(words, (section(words), actions(postmortem_button(view))))


async def _moved(verb: str, view: IncidentCardView, shown: str, person: Person, desk: Desk, *, key: str) -> Card | None:
    """What has become of it; nothing is said where Slack sent the same press once more."""
    ref = IncidentRef(view.label, is_tiny=True)
    try:
        async with desk.units.begin(person, key=key) as unit:
            held = await row_of(unit.reading, ref, lock=True)
            if held and held.status != shown:
                return said_card(
                    f"{view.label} is {held.status} by now: nothing was changed. Its card shows how it stands."
                )
            await MOVES[verb](unit, ref)
            now = await incident_cards.by_ref(unit.reading, ref)
    except AlreadyDone:
        return None
    return _said(now or view)


def _said(view: IncidentCardView) -> Card:
    if view.status is IncidentStatus.OPEN:
        return said_card(f"{view.label} is open again.")
    words = f"{view.label} is {view.status}."
    if view.postmortem:
        return said_card(f"{words} Its postmortem is PM-{view.postmortem}.")
    words = f"{words} What happened is still fresh: its postmortem begins with what I know already."
    return Card(words, (section(words), actions(postmortem_button(view, is_next=True))))
