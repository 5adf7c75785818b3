"""What happens in the workspace without anybody having pressed or typed a command."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.slack.desk import Desk
from bot.slack.events import home, spoken


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to every event that manifest.yml subscribes to."""
    app.event("app_mention", middleware=[spoken.mentioned(desk)])(spoken.carried_on)
    app.event("message", middleware=[spoken.written(desk)])(spoken.carried_on)

    app.event("app_home_opened", middleware=[home.opened(desk)])(home.published(desk))

    @app.event("user_change")
    async def user_changed(event: dict[str, Any]) -> None:
        await desk.people.hear(event["user"])
