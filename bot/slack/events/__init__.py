"""What happens in the workspace without anybody having pressed or typed a command."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.slack.desk import Desk
from bot.slack.events import history, home, spoken


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to every event that the manifest subscribes to; with `HISTORY=on` that is more (bot/slack/manifest.py)."""
    app.event("app_mention", middleware=[spoken.mentioned(desk)])(spoken.carried_on)
    reads = [history.followed(desk)] if desk.settings.history else []
    app.event("message", middleware=[spoken.written(desk), *reads])(spoken.carried_on)
    if desk.settings.history:
        app.event("reaction_added", middleware=[history.reacted(desk)])(history.heard)
        app.event("reaction_removed", middleware=[history.unreacted(desk)])(history.heard)

    app.event("app_home_opened", middleware=[home.opened(desk)])(home.published(desk))

    @app.event("user_change")
    async def user_changed(event: dict[str, Any]) -> None:
        await desk.people.hear(event["user"])
