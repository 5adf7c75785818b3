"""A button that nobody knows any more: of an older version, or of a message that should be gone."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.slack.actions.lines import Listener
from bot.slack.cards.sentences import mistake_card
from bot.slack.desk import Desk

SENTENCE = "That button is from an older message and does nothing now. Ask again, or try `/postmortem mine`."


def pressed(desk: Desk) -> Listener:
    """Acknowledge it and say what to do instead."""

    async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        card = mistake_card(SENTENCE)
        await desk.answers.give(card, url=body.get("response_url", ""), slack_id=body["user"]["id"])

    return listener
