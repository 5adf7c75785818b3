"""`/postmortem`: its verbs and how each is carried out."""

from __future__ import annotations

from bot.slack.commands.dispatch import Change, Command, Question
from bot.slack.commands.postmortem import finding, keeping, moving, writing
from bot.slack.words.verbs import POSTMORTEM

POSTMORTEM_COMMAND = Command(
    name="/postmortem",
    verbs=POSTMORTEM,
    ways={
        "mine": Question(finding.mine),
        "show": Question(finding.show),
        "list": Question(finding.listed),
        "create": Change(writing.create, keeps=keeping.title),
        "edit": Change(writing.edit),
        "submit": Change(moving.submit),
        "approve": Change(moving.approve),
        "changes": Change(moving.changes, keeps=keeping.changes),
        "publish": Change(moving.publish),
        "reopen": Change(moving.reopen, keeps=keeping.reason),
        "assign": Change(moving.assign),
        "snooze": Change(moving.snooze, keeps=keeping.snooze_reason),
    },
)
