"""Which schedules belong to a channel: they come first in its answers."""

from __future__ import annotations

from bot.queries.reading import Reading
from bot.queries.schedules import ScheduleName
from storage import links

DIRECT_MESSAGE = "D"
"""What Slack's ids of direct messages begin with."""


def is_direct_message(channel: str) -> bool:
    """Whether it is nobody's channel, but a person's messages with somebody."""
    return channel.startswith(DIRECT_MESSAGE)


async def of_channel(reading: Reading, channel: str) -> tuple[ScheduleName, ...]:
    """The schedules linked to a channel, in order of their names; none where there is no channel."""
    if not channel or is_direct_message(channel):
        return ()

    async def load() -> tuple[ScheduleName, ...]:
        return tuple(ScheduleName(id_, name) for id_, name in await links.of_channel(reading.session, channel))

    return await reading.recollection.remembered(("links", channel), load)
