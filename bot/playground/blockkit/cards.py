"""The blocks that group others or report on work: card, carousel, alert, plan and task_card.

A container holds ordinary blocks, so it is put together in `blocks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.playground.blockkit import limits
from bot.playground.blockkit.elements import CARD_ACTION, ICON_IMAGE
from bot.playground.blockkit.problems import Problem, already_exists, broken
from bot.playground.blockkit.rich_text import RICH_TEXT
from bot.playground.blockkit.schema import (
    SOUND,
    Check,
    array,
    at_least_one,
    by_type,
    choice,
    not_both,
    record,
    string,
    typed,
)
from bot.playground.blockkit.texts import any_text

_BLOCK_ID = string(most=limits.BLOCK_ID_MAX)

_ICON_NAMES = [
    "archive",
    "book",
    "bookmark",
    "bot",
    "bug",
    "calendar",
    "call",
    "caret-left",
    "caret-right",
    "check",
    "clipboard",
    "code",
    "comment",
    "compass",
    "copy",
    "cube",
    "download",
    "edit",
    "email",
    "eye-closed",
    "eye-open",
    "file",
    "flag",
    "folder",
    "gear",
    "globe",
    "heart",
    "help",
    "image",
    "info",
    "key",
    "lightbulb",
    "link",
    "map",
    "mobile",
    "new-window",
    "pin",
    "plus",
    "refine",
    "refresh",
    "rocket",
    "save",
    "screen",
    "share",
    "sparkle",
    "star",
    "star-filled",
    "tag",
    "thumbs-down",
    "thumbs-up",
    "trash",
    "upload",
    "user",
    "warning",
]

_SLACK_ICON = by_type({"icon": typed({"name": choice(*_ICON_NAMES)})})

CARD = typed(
    {},
    {
        "block_id": _BLOCK_ID,
        "hero_image": ICON_IMAGE,
        "icon": ICON_IMAGE,
        "slack_icon": _SLACK_ICON,
        "title": any_text(limits.CARD_TITLE_MAX),
        "subtitle": any_text(limits.CARD_SUBTITLE_MAX),
        "body": any_text(limits.CARD_BODY_MAX),
        "subtext": any_text(limits.CARD_SUBTEXT_MAX),
        "actions": array(CARD_ACTION, least=1, most=limits.CARD_ACTIONS_MAX),
    },
    [at_least_one("hero_image", "title", "actions", "body"), not_both("icon", "slack_icon")],
)

CAROUSEL = typed(
    {"elements": array(by_type({"card": CARD}), least=limits.CAROUSEL_CARDS_MIN, most=limits.CAROUSEL_CARDS_MAX)},
    {"block_id": _BLOCK_ID},
)

ALERT = typed(
    {"text": any_text(limits.ALERT_TEXT_MAX)},
    {"block_id": _BLOCK_ID, "level": choice("default", "info", "warning", "error", "success")},
)

_SOURCE = by_type({"url": typed({"url": string(), "text": string()})})
_TASK_NEEDS: dict[str, Check] = {
    "task_id": string(),
    "title": string(),
    "status": choice("pending", "in_progress", "complete", "error"),
}
_TASK_TAKES: dict[str, Check] = {
    "block_id": _BLOCK_ID,
    "details": RICH_TEXT,
    "output": RICH_TEXT,
    "sources": array(_SOURCE),
}


def _not_pending(task: dict[str, Any]) -> Sequence[Problem]:
    """Only a task of a plan can wait for its turn."""
    if task["status"] != "pending":
        return SOUND
    message = "a standalone task card cannot be pending"
    return (broken(message, rule="enum", got="pending", pointer="/status"),)


TASK_CARD = typed(_TASK_NEEDS, _TASK_TAKES, [_not_pending])

_PLANNED_TASK = record(_TASK_NEEDS, {**_TASK_TAKES, "type": choice("task_card")})


def _task_ids_unique(plan: dict[str, Any]) -> Sequence[Problem]:
    seen: set[str] = set()
    found: list[Problem] = []
    for at, task in enumerate(plan["tasks"]):
        if task["task_id"] in seen:
            found.append(already_exists("task_id", task["task_id"], f"/tasks/{at}/task_id"))
        seen.add(task["task_id"])
    return found


PLAN = typed(
    {"title": string(), "tasks": array(_PLANNED_TASK, most=limits.PLAN_TASKS_MAX)},
    {"block_id": _BLOCK_ID},
    [_task_ids_unique],
)
