"""The conditions by which alerts are told apart, as Opsgenie's filters have them: which field can be asked what."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bot.engines.expressions import wrong_expression


class ConditionField(StrEnum):
    """What of an alert a condition looks at."""

    MESSAGE = "message"
    ALIAS = "alias"
    DESCRIPTION = "description"
    SOURCE = "source"
    ENTITY = "entity"
    TAGS = "tags"
    ACTIONS = "actions"
    RECIPIENTS = "recipients"
    RESPONDERS = "responders"
    TEAMS = "teams"
    DETAILS = "details"
    EXTRA_PROPERTIES = "extra-properties"
    PRIORITY = "priority"


class Operation(StrEnum):
    """What is asked of it."""

    CONTAINS = "contains"
    EQUALS = "equals"
    STARTS_WITH = "starts-with"
    ENDS_WITH = "ends-with"
    MATCHES = "matches"
    IS_EMPTY = "is-empty"
    EQUALS_IGNORE_WHITESPACE = "equals-ignore-whitespace"
    CONTAINS_KEY = "contains-key"
    CONTAINS_VALUE = "contains-value"
    GREATER_THAN = "greater-than"
    LESS_THAN = "less-than"


PRIORITIES = ("P1", "P2", "P3", "P4", "P5")
_OF_TEXT = frozenset(
    {
        Operation.CONTAINS,
        Operation.EQUALS,
        Operation.STARTS_WITH,
        Operation.ENDS_WITH,
        Operation.MATCHES,
        Operation.IS_EMPTY,
        Operation.EQUALS_IGNORE_WHITESPACE,
    }
)
_OF_PLAIN_LIST = frozenset({Operation.CONTAINS, Operation.IS_EMPTY})
_OF_LIST = _OF_PLAIN_LIST | {Operation.MATCHES}
_OF_MAP = frozenset({Operation.CONTAINS, Operation.CONTAINS_KEY, Operation.CONTAINS_VALUE, Operation.IS_EMPTY})
_OF_NUMBER = frozenset({Operation.EQUALS, Operation.GREATER_THAN, Operation.LESS_THAN, Operation.MATCHES})
MAPS = frozenset({ConditionField.DETAILS, ConditionField.EXTRA_PROPERTIES})
LISTS = frozenset(
    {
        ConditionField.TAGS,
        ConditionField.ACTIONS,
        ConditionField.RECIPIENTS,
        ConditionField.RESPONDERS,
        ConditionField.TEAMS,
    }
)


def operations_of(field: ConditionField, *, with_key: bool = False, plain_lists: bool = False) -> frozenset[Operation]:
    """What can be asked of a field, by the kind of what it holds: of a list one element that matches is enough.

    With a key, of the one value that a map has under it, which is a text. Teams are a list that Go's client asks as a
    text, so both can be. `plain_lists` is how the first version of the Policy API has it: lists are asked whether they
    contain something and whether they are empty, no more.
    """
    if field in MAPS:
        return _OF_TEXT if with_key else _OF_MAP
    if field in LISTS:
        if plain_lists:
            return _OF_PLAIN_LIST
        return _OF_LIST | _OF_TEXT if field is ConditionField.TEAMS else _OF_LIST
    return _OF_NUMBER if field is ConditionField.PRIORITY else _OF_TEXT


def wrong_condition(
    field: ConditionField,
    operation: Operation,
    *,
    key: str | None,
    expected_value: str | None,
    plain_lists: bool = False,
) -> Mapping[str, str]:
    """What is wrong with a condition, by the part of it that is: nothing where it can be asked."""
    known = operations_of(field, with_key=key is not None, plain_lists=plain_lists)
    if operation not in known:
        words = ", ".join(each for each in Operation if each in known)
        return {"operation": f"The field {field}{' with a key' if key else ''} can be asked: {words}."}
    if operation is Operation.MATCHES:
        wrong = wrong_expression(expected_value or "")
        return {"expectedValue": wrong} if wrong else {}
    if field is ConditionField.PRIORITY and expected_value not in PRIORITIES:
        return {"expectedValue": f"A priority is one of {', '.join(PRIORITIES)}."}
    return {}
