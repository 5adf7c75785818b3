"""Buttons that stand on the Home tab alone."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.slack.actions.lines import Listener, place_of
from bot.slack.cards.home import invite_view
from bot.slack.cards.sentences import mistake_card
from bot.slack.commands.dispatch import give, show_form
from bot.slack.desk import Desk

UNOPENED = "Write `/invite @watchbill` in the channel: from then on Watchbill can post there."


def how_to_invite(desk: Desk) -> Listener:
    """Only a person can invite a bot; this says how."""

    async def listener(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        await ack()
        place = place_of(body)
        if not await show_form(invite_view(context.bot_user_id or ""), place, desk):
            await give(mistake_card(UNOPENED), place, desk)

    return listener
