"""Buttons and menus of action items, in lists, in messages about one, in somebody's morning message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.queries import waiting
from bot.slack.action_items import ActionKeeper
from bot.slack.actions.lines import Listener, place_of
from bot.slack.cards import actions
from bot.slack.cards.actions import Deed, noted_card
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.postmortem_lists import mine_card
from bot.slack.commands.dispatch import Place
from bot.slack.commands.postmortem.action_items import list_card
from bot.slack.desk import Desk
from bot.slack.doing import do
from bot.slack.forms.postmortem.actions import box_of
from bot.usecases.reminders.close_morning import press_morning

OPENING = frozenset({Deed.DAY, Deed.GIVE, Deed.EDIT})


@dataclass(frozen=True, slots=True)
class _Press:
    """What was pressed: the deed, the action's id (the event's, to restore), its version, and where it stood.

    `words` ask for the list that it stood in.
    """

    deed: Deed
    subject: str
    version: str
    where: str
    words: str


def pressed(desk: Desk) -> Listener:
    """Does what the button says; a list that only the presser sees gives way to what it has become."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        press = _meant(action)
        if press.where == actions.MORNING:
            async with desk.units.begin(None) as unit:
                await press_morning(unit, body["user"]["id"], ts=body["container"]["message_ts"])
        is_own = bool(body.get("container", {}).get("is_ephemeral"))
        place = place_of(body, key="" if press.deed in OPENING else _key(body, press), replace=is_own)
        await do(_carried_out(press, place, desk), place, ack, desk)

    return listener


async def _carried_out(press: _Press, place: Place, desk: Desk) -> Card | Block:
    """What was done, in the list it was done from; or the form that asks for more."""
    person = await desk.people.person(place.slack_id)
    keeper = ActionKeeper(person, place.key, desk)
    match press.deed:
        case Deed.DAY | Deed.GIVE | Deed.EDIT:
            return box_of(await keeper.seen(press.subject), press.deed, person, now=desk.reader.now())
        case Deed.DONE | Deed.NOT_NEEDED | Deed.REOPEN:
            noted = await keeper.settle(press.subject, press.deed)
        case Deed.REMOVE:
            noted = await keeper.remove(press.subject, version=int(press.version))
        case Deed.RESTORE:
            noted = await keeper.restore(int(press.subject))
    match press.where:
        case actions.LIST:
            return await list_card(press.words, person, desk, noted=noted)
        case actions.MINE:
            async with desk.reader() as reading:
                return mine_card(await waiting.for_person(reading, person), noted=noted)
        case _:
            return noted_card(noted)


def _meant(action: dict[str, Any]) -> _Press:
    value = action["value"] if "value" in action else action["selected_option"]["value"]
    deed, subject, version = value.split(":")
    _, where, words, *_ = action["action_id"].split(":")
    return _Press(Deed(deed), subject, version, where, words)


def _key(body: dict[str, Any], press: _Press) -> str:
    """The same click in the same message is one request."""
    message_ts = body.get("container", {}).get("message_ts", body["trigger_id"])
    return f"{body['user']['id']}:{message_ts}:{press.deed}:{press.subject}:{press.version}"
