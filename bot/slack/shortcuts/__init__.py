"""What hangs on the menu of a message. A shortcut carries the whole message, also in channels the bot is not in."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.slack.desk import Desk
from bot.slack.ids import Shortcut
from bot.slack.shortcuts import incident, message


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to every shortcut."""
    app.message_shortcut(Shortcut.ADD_MESSAGE)(message.added(desk))
    app.message_shortcut(Shortcut.START_MESSAGE)(message.started(desk))
    app.message_shortcut(Shortcut.DECLARE_INCIDENT)(incident.declared(desk))
    if desk.settings.history:
        app.message_shortcut(Shortcut.ADD_THREAD)(message.thread_added(desk))
