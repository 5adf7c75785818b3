"""Let a person's next morning message be a new one: they pressed something in the last, or wrote below it."""

from __future__ import annotations

from bot.usecases.reminders.morning import mark_read
from bot.usecases.unit import Unit
from storage import users


async def close_morning(unit: Unit, slack_id: str) -> None:
    """Edit no news into a person's morning message any more. Nothing happens where there is none, or nobody."""
    user = await users.by_slack_id(unit.session, slack_id)
    if user is not None:
        await mark_read(unit, user.id, slack_id)


async def press_morning(unit: Unit, slack_id: str, *, ts: str) -> None:
    """The same, for a press in the message that stands at `ts`: it shows from now on what its reader does.

    Nothing happens where that is no longer the person's last one.
    """
    user = await users.by_slack_id(unit.session, slack_id)
    if user is not None:
        await mark_read(unit, user.id, slack_id, ts=ts)
