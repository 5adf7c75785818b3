"""Buttons and menus in messages."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncApp

from bot.slack.actions import (
    action_items,
    alerts,
    calendar,
    home,
    incident,
    kept,
    lines,
    more,
    override,
    pages,
    postmortem,
    stray,
    timeline,
)
from bot.slack.desk import Desk
from bot.slack.ids import Action


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to every button; the last listener answers those that nobody knows any more."""
    app.action(re.compile(f"^{Action.RUN}(:|$)"))(lines.pressed(desk))
    app.action(Action.SHOW)(lines.shown(desk))
    app.action(re.compile(f"^{Action.DO}:"))(postmortem.pressed(desk))
    app.action(re.compile(f"^{Action.NUDGE}:"))(postmortem.nudged(desk))
    app.action(re.compile(f"^{Action.MORE}(:|$)"))(more.pressed(desk))
    app.action(Action.READ)(postmortem.read(desk))
    app.action(re.compile(f"^{Action.ACTION_ITEM}:"))(action_items.pressed(desk))
    app.action(re.compile(f"^{Action.ENTRY}:"))(timeline.pressed(desk))
    app.action(Action.MARK)(timeline.chosen(desk))
    app.action(Action.START_FROM)(timeline.started(desk))
    app.action(Action.KEPT)(kept.pressed(desk))
    app.action(Action.FORGET)(kept.forgotten(desk))
    app.action(Action.OVERRIDE)(override.confirmed(desk))
    app.action(re.compile(f"^{Action.OVERRIDE_FORM}(:|$)"))(override.form_pressed(desk))
    app.action(re.compile(f"^{Action.ALERT}:"))(alerts.pressed(desk))
    app.action(Action.UNDO)(override.undo_pressed(desk))
    app.action(Action.NEW_LINK)(calendar.renewed(desk))
    app.action(Action.INVITE)(home.how_to_invite(desk))
    app.action(re.compile(f"^{Action.INCIDENT}:"))(incident.pressed(desk))
    app.action(re.compile(f"^{Action.ALERT_DECLARE_INCIDENT}(:|$)"))(incident.declare_pressed(desk))
    app.action(Action.OPEN_PAGE)(pages.opened)
    app.action(re.compile(""))(stray.pressed(desk))
