"""`/postmortem`: its verbs and how each is carried out."""

from __future__ import annotations

from bot.slack.commands.dispatch import Change, Command, Question
from bot.slack.commands.postmortem import finding, moving, writing
from bot.slack.words.verbs import POSTMORTEM

POSTMORTEM_COMMAND = Command(
    name="/postmortem",
    verbs=POSTMORTEM,
    ways={
        "mine": Question(finding.mine),
        "show": Question(finding.show),
        "list": Question(finding.listed),
        "create": Change(writing.create),
        "edit": Change(writing.edit),
        "submit": Change(moving.submit),
        "approve": Change(moving.approve),
        "changes": Change(moving.changes),
        "publish": Change(moving.publish),
        "reopen": Change(moving.reopen),
        "assign": Change(moving.assign),
        "snooze": Change(moving.snooze),
    },
)
