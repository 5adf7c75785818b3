"""Buttons of an alert, in its channel and in the direct messages to its people.

What was done stands in the message a moment later: only what could not be done is said to who pressed, and to nobody
else.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.engines.policies import read_trail
from bot.errors import AlreadyDone, Locked, NotFound
from bot.queries import alerts, teams
from bot.queries.alerts import AlertRef, AlertView
from bot.queries.people import Person
from bot.slack.actions.lines import Listener, is_for_one, place_of
from bot.slack.cards.alert_answers import second_card, stuck_card
from bot.slack.cards.alert_forms import hand_over_form, snooze_form
from bot.slack.cards.alert_why import why_view
from bot.slack.cards.blocks import Block, Card
from bot.slack.commands.dispatch import Place
from bot.slack.desk import Desk
from bot.slack.doing import do
from bot.slack.words.snoozes import ANOTHER, until_of
from bot.usecases.alerts.acknowledge import acknowledge
from bot.usecases.alerts.close import close
from bot.usecases.alerts.decline import decline, hand_to_next
from bot.usecases.alerts.permission import require_answer
from bot.usecases.alerts.snooze import snooze
from bot.usecases.unit import Unit

GONE = "That alert was deleted: nobody needs to see to it any more."


class Deed(StrEnum):
    """What a button does; behind the colon of its action_id."""

    ACKNOWLEDGE = "acknowledge"
    CLOSE = "close"
    SNOOZE = "snooze"
    DECLINE = "decline"
    NEXT = "next"
    ASSIGN = "assign"
    WHY = "why"


@dataclass(frozen=True, slots=True)
class _Press:
    """The deed, the alert's id, of a menu the choice; and where to answer, in the place of what."""

    deed: Deed
    alert_id: str
    choice: str
    place: Place
    is_for_one: bool

    @property
    def ref(self) -> AlertRef:
        """The alert, as use cases are told of it."""
        return AlertRef(self.alert_id)


def pressed(desk: Desk) -> Listener:
    """Does what the button says, by whoever pressed it; what Slack sends twice is done once."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        press = _meant(body, action)
        await do(_carried_out(press, desk), press.place, ack, desk)

    return listener


async def _carried_out(press: _Press, desk: Desk) -> Card | Block | None:
    person = await desk.people.person(press.place.slack_id)
    asks = press.deed in {Deed.ASSIGN, Deed.WHY} or press.choice == ANOTHER
    if asks:
        require_answer(person)
        return await _opened(press, person, desk)
    try:
        async with desk.units.begin(person, key=press.place.key) as unit:
            await _done(unit, press, person)
    except AlreadyDone:
        return None
    except NotFound:
        raise NotFound(GONE) from None
    except Locked as locked:
        return await _too_late(press, locked, person, desk)
    return None


async def _done(unit: Unit, press: _Press, person: Person) -> None:
    match press.deed:
        case Deed.ACKNOWLEDGE:
            await acknowledge(unit, press.ref)
        case Deed.CLOSE:
            await close(unit, press.ref)
        case Deed.SNOOZE:
            await snooze(unit, press.ref, until_of(press.choice, unit.now, person.zone))
        case Deed.DECLINE:
            await decline(unit, press.ref)
        case Deed.NEXT:
            await hand_to_next(unit, press.ref)


async def _too_late(press: _Press, locked: Locked, person: Person, desk: Desk) -> Card:
    """Who was first and when; or, where nobody else is there to hand it to, the way to choose somebody."""
    view = await _view(press, desk)
    if view.is_open and not view.acknowledged:
        return stuck_card(view, locked.sentence)
    return second_card(view, person)


async def _opened(press: _Press, person: Person, desk: Desk) -> Block:
    view = await _view(press, desk)
    match press.deed:
        case Deed.ASSIGN:
            return hand_over_form(view, url=press.place.response_url, replaces=press.is_for_one)
        case Deed.SNOOZE:
            return snooze_form(view, start=until_of("1h", desk.reader.now(), person.zone))
    tried = read_trail(view.policy_trail)
    async with desk.reader() as reading:
        names = await teams.names(reading, {each.team_id for each in tried if each.team_id})
    return why_view(view, tried, teams=names)


async def _view(press: _Press, desk: Desk) -> AlertView:
    async with desk.reader() as reading:
        view = await alerts.by_id(reading, press.alert_id)
    if view is None:
        raise NotFound(GONE)
    return view


def _meant(body: dict[str, Any], action: dict[str, Any]) -> _Press:
    value = action["value"] if "value" in action else action["selected_option"]["value"]
    alert_id, _, choice = value.partition(" ")
    deed = Deed(action["action_id"].partition(":")[2])
    return _Press(deed, alert_id, choice, place_of(body), is_for_one(body))
