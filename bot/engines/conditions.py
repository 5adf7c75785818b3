"""The conditions by which alerts are told apart, as Opsgenie's filters have them: which field can be asked what."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


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
_OF_LIST = frozenset({Operation.CONTAINS, Operation.IS_EMPTY, Operation.MATCHES})
_OF_MAP = frozenset({Operation.CONTAINS, Operation.CONTAINS_KEY, Operation.CONTAINS_VALUE, Operation.IS_EMPTY})
_OF_NUMBER = frozenset({Operation.EQUALS, Operation.GREATER_THAN, Operation.LESS_THAN, Operation.MATCHES})
_MAPS = frozenset({ConditionField.DETAILS, ConditionField.EXTRA_PROPERTIES})
_LISTS = frozenset(
    {
        ConditionField.TAGS,
        ConditionField.ACTIONS,
        ConditionField.RECIPIENTS,
        ConditionField.RESPONDERS,
        ConditionField.TEAMS,
    }
)


def operations_of(field: ConditionField, *, with_key: bool = False) -> frozenset[Operation]:
    """What can be asked of a field, by the kind of what it holds: of a list one element that matches is enough.

    With a key, of the one value that a map has under it, which is a text.
    """
    if field in _MAPS:
        return _OF_TEXT if with_key else _OF_MAP
    if field in _LISTS:
        return _OF_LIST
    return _OF_NUMBER if field is ConditionField.PRIORITY else _OF_TEXT


def wrong_condition(
    field: ConditionField, operation: Operation, *, key: str | None, expected_value: str | None
) -> Mapping[str, str]:
    """What is wrong with a condition, by the part of it that is: nothing where it can be asked."""
    known = operations_of(field, with_key=key is not None)
    if operation not in known:
        words = ", ".join(each for each in Operation if each in known)
        return {"operation": f"The field {field}{' with a key' if key else ''} can be asked: {words}."}
    if field is ConditionField.PRIORITY and operation is not Operation.MATCHES and expected_value not in PRIORITIES:
        return {"expectedValue": f"A priority is one of {', '.join(PRIORITIES)}."}
    return {}
