"""Buttons and menus in messages."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncApp

from bot.slack.actions import kept, lines, postmortem, stray
from bot.slack.desk import Desk
from bot.slack.ids import Action


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to every button; the last listener answers those that nobody knows any more."""
    app.action(re.compile(f"^{Action.RUN}(:|$)"))(lines.pressed(desk))
    app.action(Action.SHOW)(lines.shown(desk))
    app.action(re.compile(f"^{Action.DO}:"))(postmortem.pressed(desk))
    app.action(re.compile(f"^{Action.NUDGE}:"))(postmortem.nudged(desk))
    app.action(Action.READ)(postmortem.read(desk))
    app.action(Action.KEPT)(kept.pressed(desk))
    app.action(Action.FORGET)(kept.forgotten(desk))
    app.action(re.compile(""))(stray.pressed(desk))
