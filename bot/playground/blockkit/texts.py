"""Composition objects: text, options, confirm dialogs, filters and the rest that elements and blocks are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.playground.blockkit import limits
from bot.playground.blockkit.problems import Problem, broken
from bot.playground.blockkit.schema import (
    SOUND,
    Check,
    anything,
    array,
    at_least_one,
    boolean,
    by_type,
    choice,
    exactly_one,
    formatted,
    record,
    string,
    typed,
)

STYLE = choice("primary", "danger")


def _plain(most: int) -> Check:
    return typed({"text": string(most=most, least=limits.TEXT_MIN)}, {"emoji": boolean})


def _mrkdwn(most: int) -> Check:
    return typed({"text": string(most=most, least=limits.TEXT_MIN)}, {"verbatim": boolean})


def plain_text(most: int = limits.TEXT_MAX) -> Check:
    """A text object that must be `plain_text`: labels, buttons, titles, options, placeholders."""
    return by_type({"plain_text": _plain(most)})


def any_text(most: int = limits.TEXT_MAX) -> Check:
    """A text object of either kind."""
    return by_type({"plain_text": _plain(most), "mrkdwn": _mrkdwn(most)})


TEXT_KINDS: dict[str, Check] = {"plain_text": _plain(limits.TEXT_MAX), "mrkdwn": _mrkdwn(limits.TEXT_MAX)}
"""The two text objects as members of a larger choice, as in a context block."""

PLACEHOLDER = plain_text(limits.PLACEHOLDER_MAX)

CONFIRM = record(
    {
        "title": plain_text(limits.CONFIRM_TITLE_MAX),
        "text": any_text(limits.CONFIRM_TEXT_MAX),
        "confirm": plain_text(limits.CONFIRM_CONFIRM_MAX),
        "deny": plain_text(limits.CONFIRM_DENY_MAX),
    },
    {"style": STYLE},
)


def _option(text: Check, description: Check, **more: Check) -> Check:
    value = string(most=limits.OPTION_VALUE_MAX)
    return record({"text": text, "value": value}, {"description": description, **more})


PLAIN_OPTION = _option(plain_text(limits.OPTION_TEXT_MAX), plain_text(limits.OPTION_DESCRIPTION_MAX))
"""An option of a select menu."""

RICH_OPTION = _option(any_text(limits.OPTION_TEXT_MAX), any_text(limits.OPTION_DESCRIPTION_MAX))
"""An option of checkboxes and radio buttons, the only ones that may be mrkdwn."""

OVERFLOW_OPTION = _option(
    plain_text(limits.OPTION_TEXT_MAX),
    plain_text(limits.OPTION_DESCRIPTION_MAX),
    url=string(most=limits.OPTION_URL_MAX),
)

OPTION_GROUP = record(
    {
        "label": plain_text(limits.OPTION_GROUP_LABEL_MAX),
        "options": array(PLAIN_OPTION, least=limits.OPTION_GROUP_OPTIONS_MIN, most=limits.OPTION_GROUP_OPTIONS_MAX),
    }
)


def offered(value: dict[str, Any]) -> Sequence[Problem]:
    """What is chosen at first (`initial_option`, `initial_options`) must equal an option that is offered, exactly."""
    if "initial_option" in value:
        chosen = [("/initial_option", value["initial_option"])]
    else:
        chosen = [(f"/initial_options/{at}", option) for at, option in enumerate(value.get("initial_options", ()))]
    if not chosen:
        return SOUND
    options = list(value.get("options", ()))
    for group in value.get("option_groups", ()):
        options += group["options"]
    return [
        broken("initial option must be one of the options provided", rule="enum", got=option, pointer=pointer)
        for pointer, option in chosen
        if option not in options
    ]


DISPATCH_ACTION_CONFIG = record(
    {
        "trigger_actions_on": array(
            choice("on_enter_pressed", "on_character_entered"),
            least=limits.TRIGGER_ACTIONS_ON_MIN,
            most=limits.TRIGGER_ACTIONS_ON_MAX,
        )
    }
)

CONVERSATION_FILTER = record(
    {},
    {
        "include": array(choice("im", "mpim", "private", "public"), least=limits.FILTER_INCLUDE_MIN),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    [at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users")],
)


def _is_file_id(text: str) -> bool:
    return len(text) > 8 and text[0] == "F" and text.isascii() and text.isalnum() and text == text.upper()


SLACK_FILE = record({}, {"id": formatted(_is_file_id, "F........"), "url": string()}, [exactly_one("id", "url")])

WORKFLOW = record(
    {
        "trigger": record(
            {"url": string()},
            {"customizable_input_parameters": array(record({"name": string(), "value": anything}))},
        )
    }
)
