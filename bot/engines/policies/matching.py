"""One condition of a filter, compiled: a test of an alert's facts, and words for why it does not hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sized
from dataclasses import dataclass
from operator import contains, eq, gt, lt
from typing import Any, TypeAlias

from bot.engines.conditions import LISTS, MAPS, ConditionField, Operation
from bot.engines.expressions import Patience, expression_of
from bot.engines.policies.facts import PATIENTLY, PLACES, RANK
from bot.engines.policies.faults import shortened
from bot.vocabulary import Severity

Ask: TypeAlias = Callable[[Any, Any], bool | None]
"""Asks something of a value, compared with something. None is the answer that could not be found in time."""
Gate: TypeAlias = tuple[int, Ask, Any, bool]
"""A condition as it is judged: what is asked of the value that stands at that place, compared with what, and on which
answer it holds. There can be a hundred thousand of them, so each is little more than a tuple."""

_PLACES = {
    field: PLACES["recipients" if field is ConditionField.RESPONDERS else field.value]
    for field in frozenset(ConditionField) - {ConditionField.EXTRA_PROPERTIES}
} | {ConditionField.EXTRA_PROPERTIES: PLACES["details"]}
_PHRASES = {
    Operation.CONTAINS: ("contains {}", "does not contain {}"),
    Operation.EQUALS: ("is {}", "is not {}"),
    Operation.STARTS_WITH: ("starts with {}", "does not start with {}"),
    Operation.ENDS_WITH: ("ends with {}", "does not end with {}"),
    Operation.MATCHES: ("matches {}", "does not match {}"),
    Operation.IS_EMPTY: ("is empty", "is not empty"),
    Operation.EQUALS_IGNORE_WHITESPACE: ("is {}, blanks aside", "is not {}, blanks aside"),
    Operation.CONTAINS_KEY: ("has the key {}", "has no key {}"),
    Operation.CONTAINS_VALUE: ("has the value {}", "has no value {}"),
    Operation.GREATER_THAN: ("is greater than {}", "is not greater than {}"),
    Operation.LESS_THAN: ("is less than {}", "is not less than {}"),
}

_PLURAL = {
    "contains": "contain",
    "does": "do",
    "ends": "end",
    "has": "have",
    "is": "are",
    "matches": "match",
    "starts": "start",
}


@dataclass(frozen=True, slots=True)
class CompiledCondition:
    """`gate` judges; `success` and `failure` say in words what is so where it holds, and where it does not.

    `is_costly` asks to be judged last.
    """

    gate: Gate
    success: str
    failure: str
    is_costly: bool


def compile_condition(condition: Mapping[str, Any]) -> CompiledCondition:
    """A condition in the form of the API, in which `wrong_filter` finds no fault.

    Texts are compared as they are, large and small letters apart. A list or map contains what one of its elements is,
    whole; of a map, with no key named, keys are elements as well as values. A field asked by text's operations that
    holds several (teams) is asked one by one: one that fits is enough. A key that is not there has the empty text.
    Where it takes too long to see what an expression matches the condition does not hold, nor does it with `not`: what
    is not known suppresses no alert.

    Raises:
        Unreadable: its expression cannot be compiled.
    """
    field, operation = ConditionField(condition["field"]), Operation(condition["operation"])
    key = condition.get("key") or None
    expected = condition.get("expectedValue") or ""
    place, ask, wanted = _asked(field, operation, key, expected)
    is_negated = bool(condition.get("not", False))
    success, failure = _words(field, operation, key=key, expected=expected)
    return CompiledCondition(
        gate=(place, ask, wanted, not is_negated),
        success=failure if is_negated else success,
        failure=success if is_negated else failure,
        is_costly=operation is Operation.MATCHES,
    )


def _asked(field: ConditionField, operation: Operation, key: str | None, expected: str) -> tuple[int, Ask, Any]:
    """Of which value, what, and compared with what."""
    place = _PLACES[field]
    if operation is Operation.MATCHES:
        judge = _JUDGES["several" if field in LISTS else "key" if field in MAPS else "text"]
        return PATIENTLY, judge, (place, key, expression_of(expected).covers)
    if operation is Operation.EQUALS_IGNORE_WHITESPACE:
        expected = _without_whitespace(expected)
    if field is ConditionField.PRIORITY:
        return PLACES["rank"], _OF_RANK[operation], RANK[Severity(expected)]
    if field in LISTS:
        return place, _OF_LIST[operation], expected
    if field not in MAPS:
        return place, _OF_TEXT[operation], expected
    return (place, _OF_MAP[operation], expected) if key is None else (place, _OF_KEY[operation], (key, expected))


def _is_empty(value: Sized, _: object) -> bool:
    return not value


def _is_same_but_for_whitespace(text: str, bare: str) -> bool:
    return _without_whitespace(text) == bare


def _without_whitespace(text: str) -> str:
    return "".join(text.split())


def _of_one(ask: Callable[[str, str], bool]) -> Callable[[tuple[str, ...], str], bool]:
    return lambda several, expected: any(ask(each, expected) for each in several)


def _of_value(ask: Callable[[str, str], bool]) -> Callable[[Mapping[str, str], tuple[str, str]], bool]:
    return lambda details, wanted: ask(details.get(wanted[0], ""), wanted[1])


def _has_value(details: Mapping[str, str], expected: str) -> bool:
    return expected in details.values()


def _has_key_or_value(details: Mapping[str, str], expected: str) -> bool:
    return expected in details or expected in details.values()


_OF_TEXT: Mapping[Operation, Callable[[Any, Any], bool]] = {
    Operation.CONTAINS: contains,
    Operation.EQUALS: eq,
    Operation.STARTS_WITH: str.startswith,
    Operation.ENDS_WITH: str.endswith,
    Operation.IS_EMPTY: _is_empty,
    Operation.EQUALS_IGNORE_WHITESPACE: _is_same_but_for_whitespace,
}
_OF_LIST: Mapping[Operation, Callable[[Any, Any], bool]] = {
    **{operation: _of_one(ask) for operation, ask in _OF_TEXT.items()},
    Operation.CONTAINS: contains,
    Operation.IS_EMPTY: _is_empty,
}
_OF_MAP: Mapping[Operation, Callable[[Any, Any], bool]] = {
    Operation.CONTAINS: _has_key_or_value,
    Operation.CONTAINS_KEY: contains,
    Operation.CONTAINS_VALUE: _has_value,
    Operation.IS_EMPTY: _is_empty,
}
_OF_KEY = {operation: _of_value(ask) for operation, ask in _OF_TEXT.items()}
_OF_RANK: Mapping[Operation, Callable[[Any, Any], bool]] = {
    Operation.EQUALS: eq,
    Operation.GREATER_THAN: gt,
    Operation.LESS_THAN: lt,
}

_Patiently: TypeAlias = tuple[tuple[Any, ...], Patience]
_Expected: TypeAlias = tuple[int, str | None, Callable[[str, Patience], bool | None]]


def _text_matches(values: _Patiently, wanted: _Expected) -> bool | None:
    return wanted[2](values[0][wanted[0]], values[1])


def _one_matches(values: _Patiently, wanted: _Expected) -> bool | None:
    found = [wanted[2](each, values[1]) for each in values[0][wanted[0]]]
    return True if True in found else None if None in found else False


def _value_matches(values: _Patiently, wanted: _Expected) -> bool | None:
    return wanted[2](values[0][wanted[0]].get(wanted[1], ""), values[1])


_JUDGES = {"text": _text_matches, "several": _one_matches, "key": _value_matches}


def _words(field: ConditionField, operation: Operation, *, key: str | None, expected: str) -> tuple[str, str]:
    """What is so where a condition holds, and where it does not."""
    positive, negative = (phrase.format(f"“{shortened(expected)}”") for phrase in _PHRASES[operation])
    subject = field.value
    if key is not None:
        subject = f"{field} “{shortened(key)}”"
    elif field in LISTS or field in MAPS:
        positive, negative = _of_several(positive), _of_several(negative)
    return f"{subject} {positive}", f"{subject} {negative}"


def _of_several(words: str) -> str:
    verb, _, rest = words.partition(" ")
    return f"{_PLURAL[verb]} {rest}"
