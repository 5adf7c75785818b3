"""The smallest sound pieces, from which good and broken payloads are put together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.playground.blockkit import Problem, Sending, validate_message, validate_view

Json = dict[str, Any]

JUDGES: dict[str, Callable[[Json], list[Problem]]] = {
    "message": validate_message,
    "update": lambda payload: validate_message(payload, Sending.UPDATE),
    "ephemeral": lambda payload: validate_message(payload, Sending.EPHEMERAL),
    "response": lambda payload: validate_message(payload, Sending.RESPONSE),
    "view": validate_view,
}


def plain(text: str = "Text") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "*Text*") -> Json:
    return {"type": "mrkdwn", "text": text}


def chars(count: int) -> str:
    return "x" * count


def message(*blocks: Json) -> Json:
    return {"text": "Fallback", "blocks": list(blocks)}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Title"), "submit": plain("Save"), "blocks": list(blocks), **more}


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def asking(element: Json, **more: Any) -> Json:
    """An input block around an element."""
    return {"type": "input", "block_id": "asked", "label": plain("Label"), "element": element, **more}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Press"), **more}


def option(value: str = "1", **more: Any) -> Json:
    return {"text": plain(f"Option {value}"), "value": value, **more}


def options(count: int) -> list[Json]:
    return [option(str(at)) for at in range(count)]


def select(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "pick", "options": options(3), **more}


def confirm(**more: Any) -> Json:
    return {
        "title": plain("Sure?"),
        "text": mrkdwn("It cannot be undone."),
        "confirm": plain("Yes"),
        "deny": plain("No"),
        **more,
    }


def image(**more: Any) -> Json:
    return {"type": "image", "image_url": "https://example.org/week.png", "alt_text": "The week", **more}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements) or [rich_section()]}


def rich_section(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements) or [{"type": "text", "text": "Text"}]}


def rich_list(**more: Any) -> Json:
    return {"type": "rich_text_list", "style": "bullet", "elements": [rich_section()], **more}


def cell(text: str = "cell") -> Json:
    return {"type": "raw_text", "text": text}


def table(rows: int = 2, columns: int = 2, **more: Any) -> Json:
    return {"type": "table", "rows": [[cell()] * columns for _ in range(rows)], **more}


def data_table(rows: int = 2, columns: int = 2, **more: Any) -> Json:
    return {"type": "data_table", "caption": "Figures", "rows": [[cell()] * columns for _ in range(rows)], **more}


def pie(segments: int = 2, **more: Any) -> Json:
    slices = [{"label": f"Slice {at}", "value": at + 1} for at in range(segments)]
    return {
        "type": "data_visualization",
        "title": "Pages",
        "chart": {"type": "pie", "segments": slices},
        **more,
    }


def bars(series: int = 1, categories: int = 2, **more: Any) -> Json:
    names = [f"Day {at}" for at in range(categories)]
    return {
        "type": "data_visualization",
        "title": "Pages",
        "chart": {
            "type": "bar",
            "series": [
                {"name": f"Team {at}", "data": [{"label": name, "value": at} for name in names]} for at in range(series)
            ],
            "axis_config": {"categories": names, **more},
        },
    }


def card(**more: Any) -> Json:
    return {"type": "card", "title": mrkdwn("A card"), **more}


def container(*blocks: Json, **more: Any) -> Json:
    return {"type": "container", "title": plain("Box"), "child_blocks": list(blocks) or [section()], **more}


def task(name: str = "t1", **more: Any) -> Json:
    return {"task_id": name, "title": "A task", "status": "complete", **more}


def plan(*tasks: Json, **more: Any) -> Json:
    return {"type": "plan", "title": "Plan", "tasks": list(tasks) or [task()], **more}


def video(**more: Any) -> Json:
    return {
        "type": "video",
        "alt_text": "A talk",
        "title": plain("Talk"),
        "video_url": "https://example.org/talk",
        "thumbnail_url": "https://example.org/talk.png",
        **more,
    }


def feedback(**more: Any) -> Json:
    return {
        "type": "feedback_buttons",
        "positive_button": {"text": plain("Good"), "value": "good"},
        "negative_button": {"text": plain("Bad"), "value": "bad"},
        **more,
    }


def icon_button(**more: Any) -> Json:
    return {"type": "icon_button", "icon": "trash", "text": plain("Delete"), **more}


def context_actions(*elements: Json) -> Json:
    return {"type": "context_actions", "elements": list(elements)}


def workflow_button(**more: Any) -> Json:
    return {
        "type": "workflow_button",
        "text": plain("Run"),
        "action_id": "run",
        "workflow": {"trigger": {"url": "https://slack.com/shortcuts/Ft1/abc"}},
        **more,
    }
