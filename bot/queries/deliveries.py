"""Messages on their way: when the next one is due."""

from __future__ import annotations

from datetime import datetime

from bot.queries.reading import Reading
from storage import deliveries


async def next_due(reading: Reading) -> datetime | None:
    """When the next message is due, or a vanished sender's lease runs out; None when nothing waits."""
    return await deliveries.next_due(reading.session)
