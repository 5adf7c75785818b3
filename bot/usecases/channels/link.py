"""Tie a schedule to a channel."""

from __future__ import annotations

from bot.errors import NotFound
from bot.usecases.channels.permission import require_channel, require_link
from bot.usecases.unit import Unit
from storage import links, schedules

GONE = "That schedule is gone. `/oncall schedules` lists those there are."


async def link(unit: Unit, channel: str, schedule_id: str) -> int | None:
    """Make the schedule one of the channel's, `channel` being Slack's id; answers the event's id.

    None where it was linked already: nothing is written down then. Whether the bot is in the channel plays no part: it
    is only asked from there.

    Raises:
        NotAllowed: an outsider asks.
        Mistake: a direct message is no channel.
        NotFound: the schedule is gone.
    """
    require_link(unit.person)
    require_channel(channel)
    if await schedules.by_id(unit.session, schedule_id, lock=True) is None:
        raise NotFound(GONE)
    is_new = await links.add(unit.session, channel=channel, schedule_id=schedule_id, by=unit.person.id, at=unit.now)
    return await unit.event("link-channel", schedule_id, after={"channel": channel}) if is_new else None
