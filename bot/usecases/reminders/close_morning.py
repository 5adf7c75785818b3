"""Let a person's next morning message be a new one: they pressed something in the last, or wrote below it."""

from __future__ import annotations

from bot.usecases.messages import MessageKind
from bot.usecases.unit import Unit
from storage import deliveries, users


async def close_morning(unit: Unit, slack_id: str) -> None:
    """Keep up a person's morning message no longer. Nothing happens where there is none, or nobody of that id."""
    user = await users.by_slack_id(unit.session, slack_id)
    if user is not None:
        await deliveries.close(unit.session, kind=MessageKind.MORNING, subject=user.id, recipient=slack_id)
