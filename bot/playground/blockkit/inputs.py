"""The elements that are typed into; all of them stand in input blocks only."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.playground.blockkit import limits
from bot.playground.blockkit.problems import Problem, broken, too_long
from bot.playground.blockkit.rich_text import RICH_TEXT
from bot.playground.blockkit.schema import (
    SOUND,
    Check,
    array,
    boolean,
    formatted,
    integer,
    ordered,
    string,
    typed,
)
from bot.playground.blockkit.texts import DISPATCH_ACTION_CONFIG, PLACEHOLDER

DATETIME_SECONDS = integer(least=1_000_000_000, most=9_999_999_999)
"""Unix seconds; Slack demands ten digits."""


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _initial_within_length(value: dict[str, Any]) -> Sequence[Problem]:
    """What stands in the field at first must not be longer than the field takes."""
    most = value.get("max_length", limits.PLAIN_TEXT_INPUT_MAX_LENGTH_MAX)
    length = len(value.get("initial_value", ""))
    return (too_long(most, length).under("initial_value"),) if length > most else SOUND


def _initial_within_bounds(value: dict[str, Any]) -> Sequence[Problem]:
    if "initial_value" not in value:
        return SOUND
    initial = Decimal(value["initial_value"])
    low = Decimal(value.get("min_value", initial))
    high = Decimal(value.get("max_value", initial))
    if low <= initial <= high:
        return SOUND
    message = "must be within `min_value` and `max_value`"
    return (broken(message, rule="bounds", got=value["initial_value"], pointer="/initial_value"),)


_FIELD: dict[str, Check] = {
    "action_id": string(most=limits.ACTION_ID_MAX),
    "placeholder": PLACEHOLDER,
    "focus_on_load": boolean,
    "dispatch_action_config": DISPATCH_ACTION_CONFIG,
}
_LINES = integer(least=limits.RICH_TEXT_INPUT_LINES_MIN, most=limits.RICH_TEXT_INPUT_LINES_MAX)
_NUMBER = formatted(_is_number, "number")

TYPED_INPUTS: dict[str, Check] = {
    "plain_text_input": typed(
        {},
        {
            **_FIELD,
            "initial_value": string(least=0),
            "multiline": boolean,
            "min_length": integer(
                least=limits.PLAIN_TEXT_INPUT_MIN_LENGTH_MIN, most=limits.PLAIN_TEXT_INPUT_MIN_LENGTH_MAX
            ),
            "max_length": integer(
                least=limits.PLAIN_TEXT_INPUT_MAX_LENGTH_MIN, most=limits.PLAIN_TEXT_INPUT_MAX_LENGTH_MAX
            ),
        },
        [ordered("min_length", "max_length"), _initial_within_length],
    ),
    "rich_text_input": typed(
        {"action_id": _FIELD["action_id"]},
        {**_FIELD, "initial_value": RICH_TEXT, "min_lines": _LINES, "max_lines": _LINES},
        [ordered("min_lines", "max_lines")],
    ),
    "email_text_input": typed({}, {**_FIELD, "initial_value": string(least=0)}),
    "url_text_input": typed({}, {**_FIELD, "initial_value": string(least=0)}),
    "number_input": typed(
        {"is_decimal_allowed": boolean},
        {**_FIELD, "initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
        [ordered("min_value", "max_value", key=Decimal), _initial_within_bounds],
    ),
    "file_input": typed(
        {},
        {
            "action_id": _FIELD["action_id"],
            "filetypes": array(string(), least=1),
            "max_files": integer(least=limits.FILE_INPUT_FILES_MIN, most=limits.FILE_INPUT_FILES_MAX),
        },
    ),
}
