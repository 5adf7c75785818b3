"""The form in which schedules are made and edited: looked up, redrawn, previewed, saved."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncApp

from bot.slack.desk import Desk
from bot.slack.forms.schedule import choosing, pressing, previewing, saving, suggesting
from bot.slack.forms.sending import listener
from bot.slack.ids import Action, Form


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to everything about it."""
    app.action(Action.NEW_SCHEDULE)(pressing.new_pressed(desk))
    app.action(re.compile(f"^{Action.EDIT_SCHEDULE}(:|$)"))(pressing.edit_pressed(desk))
    app.action(Action.ADD_ROTATION)(pressing.add_pressed(desk))
    app.action(re.compile(f"^{Action.REMOVE_ROTATION}:"))(pressing.remove_pressed(desk))
    app.action(Action.START_AFRESH)(pressing.start_afresh_pressed(desk))
    app.options(Action.LOOK_UP_ZONE)(suggesting.zone_options(desk))
    app.options(Action.LOOK_UP_TEAM)(suggesting.team_options(desk))
    app.view(Form.SCHEDULE)(listener(previewing.sent_in, desk))
    app.view(Form.SCHEDULE_CHOICE)(listener(choosing.sent_in, desk))
    app.view(Form.SCHEDULE_PREVIEW)(listener(saving.sent_in, desk))
