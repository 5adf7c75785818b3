"""What each kind of message says at the moment it is sent."""

from __future__ import annotations

from collections.abc import Mapping

from bot.slack.messages import actions, alerts, answers, home, incidents, overrides, postmortem, reminders
from bot.slack.rendered import Rendering
from bot.usecases.messages import MessageKind

RENDERINGS: Mapping[str, Rendering] = {
    MessageKind.CARD: postmortem.card,
    MessageKind.HISTORY: postmortem.history_line,
    MessageKind.REVIEW_REQUEST: postmortem.review_request,
    MessageKind.CHANGES_REQUESTED: postmortem.changes_requested,
    MessageKind.COMMENTED: postmortem.commented,
    MessageKind.ASSIGNED: postmortem.assigned,
    MessageKind.ACTION_GIVEN: actions.given,
    MessageKind.PUBLISHED_ANNOUNCEMENT: postmortem.announcement,
    MessageKind.MORNING: reminders.morning,
    MessageKind.INCIDENT: incidents.card,
    MessageKind.INCIDENT_HISTORY: incidents.history_line,
    MessageKind.INCIDENT_CHANNEL: incidents.channel,
    MessageKind.HOME: home.home,
    MessageKind.ANSWER: answers.answer,
    MessageKind.CHANNEL_DIGEST: reminders.digest,
    MessageKind.PUT_ON_CALL: overrides.put_on_call,
    MessageKind.REPLACED: overrides.replaced,
    MessageKind.ALERT: alerts.alert,
    MessageKind.PAGED: alerts.paged,
    MessageKind.NOBODY_ON_CALL: alerts.nobody_on_call,
    MessageKind.PAGE: alerts.page,
}
