"""An incident declared from the menu of a message."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.slack.actions.lines import Listener, place_of
from bot.slack.cards.blocks import Block
from bot.slack.commands.dispatch import Place
from bot.slack.declaring import of_message, require_member
from bot.slack.desk import Desk
from bot.slack.doing import do
from bot.slack.following import meet_mentioned
from bot.slack.marked import Marked
from bot.slack.marking import keep_marked
from bot.slack.shortcuts.payload import marked_in


def declared(desk: Desk) -> Listener:
    """The form of a new incident that begins with the message."""

    async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
        place = place_of(body)
        await do(_declaring(marked_in(body), place, desk), place, ack, desk)

    return listener


async def _declaring(marked: Marked, place: Place, desk: Desk) -> Block:
    person = await desk.people.person(place.slack_id)
    require_member(person)
    await meet_mentioned(marked, desk)
    return await of_message(marked, await keep_marked(marked, person, desk), person, desk)
