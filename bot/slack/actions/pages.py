"""Buttons that lead to a page in the browser: Slack tells of the press all the same."""

from __future__ import annotations

from slack_bolt.async_app import AsyncAck


async def opened(ack: AsyncAck) -> None:
    """Nothing is left to do."""
    await ack()
