"""A form that nobody knows any more: of an older version."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.slack.forms.sending import refuse

SENTENCE = (
    "This form is of an older version and cannot be sent any more. Copy your text from it, close it and open it anew."
)


async def sent_in(ack: AsyncAck, view: dict[str, Any]) -> None:
    """Keep it open, with all that was typed in it, and say what to do instead."""
    await refuse(ack, {"": SENTENCE}, view)
