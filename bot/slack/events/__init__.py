"""What happens in the workspace without anybody asking us."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.slack.desk import Desk
from bot.usecases.reminders.close_morning import close_morning


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to every event that manifest.yml subscribes to."""

    @app.event("message")
    async def written(event: dict[str, Any]) -> None:
        """A person who writes to us has seen this morning's message: the next one is a new one."""
        if event.get("channel_type") == "im" and "user" in event and "bot_id" not in event:
            async with desk.units.begin(None) as unit:
                await close_morning(unit, event["user"])

    @app.event("user_change")
    async def user_changed(event: dict[str, Any]) -> None:
        await desk.people.hear(event["user"])
