"""A button that nobody knows any more: of an older version, or of a message that should be gone."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.slack.actions.lines import Listener
from bot.slack.cards.sentences import STRAY, mistake_card
from bot.slack.desk import Desk


def pressed(desk: Desk) -> Listener:
    """Acknowledge it and say what to do instead."""

    async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        card = mistake_card(STRAY)
        await desk.answers.give(card, url=body.get("response_url", ""), slack_id=body["user"]["id"])

    return listener
