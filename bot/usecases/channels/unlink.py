"""Untie a schedule from a channel."""

from __future__ import annotations

from bot.usecases.channels.permission import require_channel, require_link
from bot.usecases.unit import Unit
from storage import links


async def unlink(unit: Unit, channel: str, schedule_id: str) -> int | None:
    """Make the schedule none of the channel's any more, `channel` being Slack's id; answers the event's id.

    None where it was not linked: nothing is written down then.

    Raises:
        NotAllowed: an outsider asks.
        Mistake: a direct message is no channel.
    """
    require_link(unit.person)
    require_channel(channel)
    was_linked = await links.remove(unit.session, channel=channel, schedule_id=schedule_id)
    return await unit.event("unlink-channel", schedule_id, before={"channel": channel}) if was_linked else None
