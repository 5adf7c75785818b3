"""Modals: what is chosen in them, and what comes of sending them."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncApp

from bot.slack.cards.inputs import VALUE
from bot.slack.desk import Desk
from bot.slack.forms import schedule
from bot.slack.forms.postmortem import create, edit, moving
from bot.slack.forms.sending import listener
from bot.slack.ids import Action, Form


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to every form."""
    app.view(Form.CREATE)(listener(create.sent_in, desk, keeps=create.kept_text))
    app.view(Form.EDIT)(listener(edit.sent_in, desk, keeps=edit.kept_text))
    app.view(Form.SUBMIT)(listener(moving.submitted, desk))
    app.view(Form.CHANGES)(listener(moving.changes_requested, desk, keeps=moving.kept_text))
    app.view(Form.REOPEN)(listener(moving.reopened, desk, keeps=moving.kept_text))
    app.view(Form.ASSIGN)(listener(moving.assigned, desk))
    app.view(Form.SNOOZE)(listener(moving.snoozed, desk, keeps=moving.kept_text))
    app.action(re.compile(f"^{Action.SECTION}:"))(edit.section_pressed(desk))
    app.options({"block_id": "incident", "action_id": VALUE})(create.incident_options(desk))
    app.options({"block_id": "services", "action_id": VALUE})(create.service_options(desk))
    schedule.register(app, desk)
