"""An answer that could not be given when it was asked for: what it said then."""

from __future__ import annotations

from bot.queries.reading import Reading
from bot.slack.cards.blocks import Card
from bot.slack.rendered import Told
from bot.usecases.deliveries.claim import Claimed


async def answer(_reading: Reading, claimed: Claimed) -> Told:
    """As it was to be said; in the thread in which it was asked for."""
    said = claimed.details
    return Told(Card(said["text"], tuple(said.get("blocks", ()))), thread_ts=said.get("thread_ts"))
