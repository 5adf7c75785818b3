"""The blocks, and which surface takes which of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from bot.playground.blockkit import limits
from bot.playground.blockkit.cards import ALERT, CARD, CAROUSEL, PLAN, TASK_CARD
from bot.playground.blockkit.elements import (
    ACTIONS_ELEMENT,
    CONTEXT_ACTIONS_ELEMENT,
    CONTEXT_ELEMENT,
    ICON_IMAGE,
    MODAL_INPUT,
    OTHER_INPUT,
    SECTION_ACCESSORY,
)
from bot.playground.blockkit.problems import Problem, broken, no_schema_matched
from bot.playground.blockkit.rich_text import RICH_TEXT, RICH_TEXT_BLOCK
from bot.playground.blockkit.schema import (
    SOUND,
    Check,
    array,
    at_least_one,
    boolean,
    by_type,
    choice,
    exactly_one,
    string,
    typed,
)
from bot.playground.blockkit.tables import DATA_TABLE, DATA_VISUALIZATION, TABLE
from bot.playground.blockkit.texts import SLACK_FILE, any_text, plain_text


class Surface(StrEnum):
    """Where blocks can stand."""

    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


_ID: dict[str, Check] = {"block_id": string(most=limits.BLOCK_ID_MAX)}


def _text_or_fields(section: dict[str, Any]) -> Sequence[Problem]:
    if "text" in section or "fields" in section:
        return SOUND
    message = "must define either `text` or `fields`"
    return (broken(message, rule="at_least_one", expected=["text", "fields"], pointer="/type"),)


_SECTION = typed(
    {},
    {
        **_ID,
        "text": any_text(limits.SECTION_TEXT_MAX),
        "fields": array(
            any_text(limits.SECTION_FIELD_MAX), least=limits.SECTION_FIELDS_MIN, most=limits.SECTION_FIELDS_MAX
        ),
        "accessory": SECTION_ACCESSORY,
        "expand": boolean,
    },
    [_text_or_fields],
)

_HEADER = typed({"text": plain_text(limits.HEADER_TEXT_MAX)}, _ID)

_DIVIDER = typed({}, _ID)

_CONTEXT = typed(
    {"elements": array(CONTEXT_ELEMENT, least=limits.CONTEXT_ELEMENTS_MIN, most=limits.CONTEXT_ELEMENTS_MAX)}, _ID
)

_ACTIONS = typed(
    {"elements": array(ACTIONS_ELEMENT, least=limits.ACTIONS_ELEMENTS_MIN, most=limits.ACTIONS_ELEMENTS_MAX)}, _ID
)

_CONTEXT_ACTIONS = typed(
    {
        "elements": array(
            CONTEXT_ACTIONS_ELEMENT,
            least=limits.CONTEXT_ACTIONS_ELEMENTS_MIN,
            most=limits.CONTEXT_ACTIONS_ELEMENTS_MAX,
        )
    },
    _ID,
)

_IMAGE = typed(
    {"alt_text": string(most=limits.IMAGE_ALT_TEXT_MAX)},
    {
        **_ID,
        "image_url": string(most=limits.IMAGE_URL_MAX),
        "slack_file": SLACK_FILE,
        "title": plain_text(limits.IMAGE_TITLE_MAX),
    },
    [exactly_one("image_url", "slack_file")],
)

_VIDEO = typed(
    {
        "alt_text": string(most=limits.VIDEO_ALT_TEXT_MAX, least=0),
        "title": plain_text(limits.VIDEO_TITLE_MAX),
        "video_url": string(most=limits.VIDEO_URL_MAX),
        "thumbnail_url": string(most=limits.VIDEO_THUMBNAIL_URL_MAX),
    },
    {
        **_ID,
        "author_name": string(most=limits.VIDEO_AUTHOR_NAME_MAX),
        "description": plain_text(limits.VIDEO_DESCRIPTION_MAX),
        "provider_name": string(most=limits.VIDEO_PROVIDER_NAME_MAX),
        "provider_icon_url": string(most=limits.VIDEO_PROVIDER_ICON_URL_MAX),
        "title_url": string(most=limits.VIDEO_TITLE_URL_MAX),
    },
)

_MARKDOWN = typed({"text": string(most=limits.MARKDOWN_BLOCK_MAX)}, _ID)


def _input(element: Check) -> Check:
    return typed(
        {"label": plain_text(limits.INPUT_LABEL_MAX), "element": element},
        {**_ID, "hint": plain_text(limits.INPUT_HINT_MAX), "optional": boolean, "dispatch_action": boolean},
    )


def _collapse_fits(container: dict[str, Any]) -> Sequence[Problem]:
    """Only what can collapse starts collapsed, and only what cannot has a line under its header."""
    collapsible = container.get("is_collapsible", False)
    if container.get("default_collapsed", False) and not collapsible:
        return (no_schema_matched("default_collapsed needs is_collapsible"),)
    if container.get("has_header_divider", False) and collapsible:
        return (no_schema_matched("has_header_divider excludes is_collapsible"),)
    return SOUND


def _container(children: Mapping[str, Check]) -> Check:
    return typed(
        {"child_blocks": array(by_type(children), least=limits.CONTAINER_BLOCKS_MIN, most=limits.CONTAINER_BLOCKS_MAX)},
        {
            **_ID,
            "title": plain_text(limits.CONTAINER_TITLE_MAX),
            "rich_text_title": RICH_TEXT,
            "subtitle": any_text(limits.CONTAINER_SUBTITLE_MAX),
            "icon": ICON_IMAGE,
            "width": choice("narrow", "standard", "wide", "full"),
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_header_divider": boolean,
        },
        [at_least_one("title", "rich_text_title"), _collapse_fits],
    )


_COMMON: dict[str, Check] = {
    "section": _SECTION,
    "header": _HEADER,
    "divider": _DIVIDER,
    "context": _CONTEXT,
    "actions": _ACTIONS,
    "image": _IMAGE,
    "rich_text": RICH_TEXT_BLOCK,
    "video": _VIDEO,
    "card": CARD,
}
_CONTAINED: dict[str, Check] = {kind: check for kind, check in _COMMON.items() if kind != "card"}
_MESSAGE_AND_HOME: dict[str, Check] = {
    **_COMMON,
    "input": _input(OTHER_INPUT),
    "table": TABLE,
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "carousel": CAROUSEL,
    "container": _container({**_CONTAINED, "input": _input(OTHER_INPUT), "table": TABLE}),
}

BLOCKS_BY_SURFACE: dict[Surface, dict[str, Check]] = {
    Surface.MESSAGE: {
        **_MESSAGE_AND_HOME,
        "markdown": _MARKDOWN,
        "context_actions": _CONTEXT_ACTIONS,
        "plan": PLAN,
        "task_card": TASK_CARD,
    },
    Surface.MODAL: {**_COMMON, "input": _input(MODAL_INPUT), "alert": ALERT},
    Surface.HOME: _MESSAGE_AND_HOME,
}
"""Each surface's block types (slackblocks 3.0 and @slack/types 3.2). `file` is missing: it is read, never sent."""

BLOCKS_MAX: dict[Surface, int] = {
    Surface.MESSAGE: limits.MESSAGE_BLOCKS_MAX,
    Surface.MODAL: limits.VIEW_BLOCKS_MAX,
    Surface.HOME: limits.VIEW_BLOCKS_MAX,
}

BLOCK_LISTS: dict[Surface, Check] = {
    surface: array(by_type(blocks), most=BLOCKS_MAX[surface]) for surface, blocks in BLOCKS_BY_SURFACE.items()
}
"""The check of a surface's whole list of blocks, without what holds across blocks (see `across`)."""
