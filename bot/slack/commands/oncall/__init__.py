"""`/oncall`: its verbs and how each is carried out."""

from __future__ import annotations

from bot.slack.commands.dispatch import Change, Command, Question
from bot.slack.commands.oncall.calendar import calendar
from bot.slack.commands.oncall.linking import link, unlink
from bot.slack.commands.oncall.log import log
from bot.slack.commands.oncall.me import me
from bot.slack.commands.oncall.now import at, next_hand_off, now
from bot.slack.commands.oncall.override import override
from bot.slack.commands.oncall.page import page
from bot.slack.commands.oncall.schedules import schedule_list
from bot.slack.commands.oncall.undo import undo
from bot.slack.commands.oncall.week import month, week
from bot.slack.commands.oncall.why import why
from bot.slack.words.verbs import ONCALL

ONCALL_COMMAND = Command(
    name="/oncall",
    verbs=ONCALL,
    ways={
        "now": Question(now),
        "next": Question(next_hand_off),
        "at": Question(at),
        "me": Question(me),
        "week": Question(week),
        "month": Question(month),
        "why": Question(why),
        "schedules": Change(schedule_list),
        "link": Change(link),
        "unlink": Change(unlink),
        "calendar": Change(calendar),
        "log": Question(log),
        "override": Change(override),
        "page": Change(page),
        "undo": Change(undo),
    },
)
