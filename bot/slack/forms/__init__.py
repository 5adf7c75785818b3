"""Modals: what is chosen in them, and what comes of sending them."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncApp

from bot.slack.desk import Desk
from bot.slack.forms import alerts, incident, link, override, page, schedule, stray
from bot.slack.forms.postmortem import actions, create, edit, moving, standing_on, templates, timeline
from bot.slack.forms.sending import listener
from bot.slack.ids import Action, Form


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to every form."""
    app.view(Form.CREATE)(listener(create.sent_in, desk, keeps=create.worth_keeping))
    app.view(Form.EDIT)(listener(edit.sent_in, desk, keeps=edit.worth_keeping))
    app.view(Form.SUBMIT)(listener(moving.submitted, desk))
    app.view(Form.CHANGES)(listener(moving.changes_requested, desk, keeps=moving.worth_keeping(Form.CHANGES)))
    app.view(Form.COMMENT)(listener(moving.commented, desk, keeps=moving.worth_keeping(Form.COMMENT)))
    app.view(Form.PUBLISH)(listener(moving.published, desk))
    app.view(Form.REOPEN)(listener(moving.reopened, desk, keeps=moving.worth_keeping(Form.REOPEN)))
    app.view(Form.ASSIGN)(listener(moving.assigned, desk))
    app.view(Form.ACTION)(listener(actions.added, desk, keeps=actions.worth_keeping))
    app.view(Form.ACTION_EDIT)(listener(actions.edited, desk, keeps=actions.worth_keeping_of_edit))
    app.view(Form.ACTION_DAY)(listener(actions.moved, desk))
    app.view(Form.ACTION_OWNER)(listener(actions.given, desk))
    app.view(Form.ENTRY)(listener(timeline.sent_in, desk, keeps=timeline.worth_keeping))
    app.view(Form.EDIT_ENTRY)(listener(timeline.edited, desk, keeps=timeline.change_worth_keeping))
    app.view(Form.MARK)(listener(timeline.chosen, desk))
    app.view(Form.TIMES)(listener(timeline.times_corrected, desk))
    app.view(Form.TEMPLATE)(listener(templates.sent_in, desk, keeps=templates.worth_keeping))
    app.view(Form.TEMPLATE_DEFAULT)(listener(templates.made_default, desk))
    app.action(Action.SHOW_SECTIONS)(templates.show_pressed(desk))
    app.options(Action.LOOK_UP_LED_TEAM)(templates.team_options(desk))
    app.view(Form.SNOOZE)(listener(moving.snoozed, desk, keeps=moving.worth_keeping(Form.SNOOZE)))
    app.action(re.compile(f"^{Action.SECTION}:"))(edit.section_pressed(desk))
    app.action(Action.LOOK_INTO)(timeline.look_pressed(desk))
    app.options(Action.LOOK_UP_POSTMORTEM)(timeline.postmortem_options(desk))
    app.options(Action.LOOK_UP_INCIDENT)(create.incident_options(desk))
    app.action(Action.LOOK_UP_INCIDENT)(standing_on.incident_chosen(desk))
    app.options(re.compile(f"^{Action.LOOK_UP_SERVICES}(:|$)"))(create.service_options(desk))
    app.view(Form.DECLARE)(listener(incident.declared, desk, keeps=incident.worth_keeping))
    app.view(Form.INCIDENT_NOTE)(listener(incident.noted, desk, keeps=incident.note_worth_keeping))
    app.view(Form.INCIDENT_ROLES)(listener(incident.roles_given, desk))
    app.action(Action.LOOK_AT_INCIDENT)(incident.look_pressed(desk))
    app.options(Action.LOOK_UP_ANY_TEAM)(incident.team_options(desk))
    app.action(Action.LINK_CHANNEL)(link.pressed(desk))
    app.options(Action.LOOK_UP_SCHEDULE)(link.schedule_options(desk))
    app.view(Form.LINK)(listener(link.sent_in, desk))
    app.action(Action.OVERRIDE_SCHEDULE)(override.schedule_chosen(desk))
    app.options(Action.OVERRIDE_SCHEDULE)(link.schedule_options(desk))
    app.view(Form.OVERRIDE)(listener(override.sent_in, desk))
    app.view(Form.OVERRIDE_CONFIRM)(listener(override.confirmed, desk))
    app.action(Action.PAGE_SCHEDULE)(page.schedule_chosen(desk))
    app.options(Action.PAGE_SCHEDULE)(link.schedule_options(desk))
    app.view(Form.ALERT_HAND_OVER)(listener(alerts.handed_over, desk))
    app.view(Form.ALERT_SNOOZE)(listener(alerts.snoozed, desk))
    app.view(Form.PAGE)(listener(page.sent_in, desk))
    schedule.register(app, desk)
    app.view(re.compile(""))(stray.sent_in)
