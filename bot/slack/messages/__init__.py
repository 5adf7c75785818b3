"""What each kind of message says at the moment it is sent."""

from __future__ import annotations

from collections.abc import Mapping

from bot.slack.messages import actions, answers, home, overrides, postmortem, reminders
from bot.slack.sending import Rendering
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
    MessageKind.HOME: home.home,
    MessageKind.ANSWER: answers.answer,
    MessageKind.CHANNEL_DIGEST: reminders.digest,
    MessageKind.PUT_ON_CALL: overrides.put_on_call,
    MessageKind.REPLACED: overrides.replaced,
}
