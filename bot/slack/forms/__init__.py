"""Modals: what is chosen in them, and what comes of sending them."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncApp

from bot.slack.desk import Desk
from bot.slack.forms import schedule, stray
from bot.slack.forms.postmortem import create, edit, moving
from bot.slack.forms.sending import listener
from bot.slack.ids import Action, Form


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to every form."""
    app.view(Form.CREATE)(listener(create.sent_in, desk, keeps=create.worth_keeping))
    app.view(Form.EDIT)(listener(edit.sent_in, desk, keeps=edit.worth_keeping))
    app.view(Form.SUBMIT)(listener(moving.submitted, desk))
    app.view(Form.CHANGES)(listener(moving.changes_requested, desk, keeps=moving.worth_keeping(Form.CHANGES)))
    app.view(Form.REOPEN)(listener(moving.reopened, desk, keeps=moving.worth_keeping(Form.REOPEN)))
    app.view(Form.ASSIGN)(listener(moving.assigned, desk))
    app.view(Form.SNOOZE)(listener(moving.snoozed, desk, keeps=moving.worth_keeping(Form.SNOOZE)))
    app.action(re.compile(f"^{Action.SECTION}:"))(edit.section_pressed(desk))
    app.options(Action.LOOK_UP_INCIDENT)(create.incident_options(desk))
    app.options(Action.LOOK_UP_SERVICES)(create.service_options(desk))
    schedule.register(app, desk)
    app.view(re.compile(""))(stray.sent_in)
