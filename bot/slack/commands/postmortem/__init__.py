"""`/postmortem`: its verbs and how each is carried out."""

from __future__ import annotations

from bot.slack.commands.dispatch import Change, Command, Question
from bot.slack.commands.postmortem import (
    action_items,
    deleting,
    exporting,
    finding,
    keeping,
    listing,
    moving,
    publishing,
    reviewers,
    searching,
    stats,
    templates,
    timeline,
    writing,
)
from bot.slack.words.verbs import POSTMORTEM

POSTMORTEM_COMMAND = Command(
    name="/postmortem",
    verbs=POSTMORTEM,
    ways={
        "mine": Question(finding.mine),
        "show": Question(finding.show),
        "list": Question(listing.listed),
        "search": Question(searching.find),
        "export": Question(exporting.export),
        "stats": Question(stats.counted),
        "create": Change(writing.create, keeps=keeping.title),
        "edit": Change(writing.edit),
        "add": Change(timeline.add, keeps=keeping.entry),
        "timeline": Question(timeline.listed),
        "times": Change(timeline.times),
        "action": Change(action_items.action, keeps=action_items.worth_keeping),
        "actions": Question(action_items.listed),
        "submit": Change(moving.submit),
        "approve": Change(moving.approve),
        "changes": Change(moving.changes, keeps=keeping.changes),
        "comment": Change(moving.comment, keeps=keeping.comment),
        "reviewers": Change(reviewers.reviewers),
        "preview": Change(publishing.preview),
        "publish": Change(publishing.publish),
        "reopen": Change(moving.reopen, keeps=keeping.reason),
        "assign": Change(moving.assign),
        "templates": Change(templates.listed),
        "delete": Change(deleting.delete),
        "undo": Change(deleting.undo),
        "snooze": Change(moving.snooze, keeps=keeping.snooze_reason),
    },
)
