"""Every field asked every thing, of an alert that fits and of one that does not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from bot.engines.conditions import LISTS, MAPS, ConditionField, Operation, operations_of
from bot.engines.policies import Signal, compile_filter, wrong_filter
from bot.vocabulary import Severity
from tests.engines.policies.building import condition, every, named, signal

KEY = "host name"
FULL = signal(
    message="Disk full",
    alias="Disk full",
    description="Disk full",
    entity="Disk full",
    source="Disk full",
    priority=Severity.P2,
    tags=("red", "Disk full"),
    actions=("red", "Disk full"),
    details={"env": "red", KEY: "Disk full"},
    responders=(named("user", "red"), named("team", "Disk full")),
)
BLANK = signal(message="", alias="", source="", priority=Severity.P4)

Row = tuple[str, Signal, str | None, bool]

TEXT: list[Row] = [
    ("contains", FULL, "sk fu", True),
    ("contains", FULL, "SK FU", False),
    ("contains", BLANK, "", True),
    ("equals", FULL, "Disk full", True),
    ("equals", FULL, "Disk", False),
    ("starts-with", FULL, "Disk", True),
    ("starts-with", FULL, "full", False),
    ("ends-with", FULL, "full", True),
    ("ends-with", FULL, "Disk", False),
    ("matches", FULL, "Disk (full|empty)", True),
    ("matches", FULL, "Disk", False),
    ("is-empty", BLANK, None, True),
    ("is-empty", FULL, None, False),
    ("equals-ignore-whitespace", FULL, " Dis kfull\n", True),
    ("equals-ignore-whitespace", FULL, "disk full", False),
]
LIST: list[Row] = [
    ("contains", FULL, "Disk full", True),
    ("contains", FULL, "Disk", False),
    ("matches", FULL, "D.*l", True),
    ("matches", FULL, ".*k", False),
    ("is-empty", BLANK, None, True),
    ("is-empty", FULL, None, False),
]
TEAMS: list[Row] = [
    *LIST,
    *(row for row in TEXT if row[0] not in {each for each, *_ in LIST}),
]
MAP: list[Row] = [
    ("contains", FULL, "Disk full", True),
    ("contains", FULL, "env", True),
    ("contains", FULL, "Disk", False),
    ("contains-key", FULL, KEY, True),
    ("contains-key", FULL, "Disk full", False),
    ("contains-value", FULL, "Disk full", True),
    ("contains-value", FULL, KEY, False),
    ("is-empty", BLANK, None, True),
    ("is-empty", FULL, None, False),
]
NUMBER: list[Row] = [
    ("equals", FULL, "P2", True),
    ("equals", FULL, "P1", False),
    ("greater-than", FULL, "P3", True),
    ("greater-than", FULL, "P2", False),
    ("greater-than", FULL, "P1", False),
    ("less-than", FULL, "P1", True),
    ("less-than", FULL, "P2", False),
    ("less-than", FULL, "P3", False),
    ("matches", FULL, "P[12]", True),
    ("matches", FULL, "P", False),
]


def _rows(field: ConditionField, *, with_key: bool) -> list[Row]:
    if field in MAPS:
        return TEXT if with_key else MAP
    if field is ConditionField.TEAMS:
        return TEAMS
    if field in LISTS:
        return LIST
    return NUMBER if field is ConditionField.PRIORITY else TEXT


def _table() -> Iterator[Any]:
    for field, with_key in product(ConditionField, (False, True)):
        for operation, alert, expected, holds in _rows(field, with_key=with_key):
            told = f"{field}{' with key' if with_key else ''} {operation} {expected} is {holds}"
            asked = condition(field, operation, expected, key=KEY if with_key else None)
            yield pytest.param(asked, alert, holds, id=told)


@pytest.mark.parametrize(("asked", "alert", "holds"), list(_table()))
def test_a_condition_holds_of_what_it_fits_and_turned_round_of_the_rest(
    asked: dict[str, Any], alert: Signal, holds: bool
) -> None:
    assert wrong_filter(every(asked)) == {}
    assert compile_filter(every(asked)).holds(alert) is holds
    assert compile_filter(every({**asked, "not": True})).holds(alert) is not holds


def test_the_table_has_every_operation_of_every_field_both_ways() -> None:
    for field, with_key in product(ConditionField, (False, True)):
        rows = _rows(field, with_key=with_key)
        for holds in (True, False):
            shown = {operation for operation, _, _, each in rows if each is holds}
            assert shown == {each.value for each in operations_of(field, with_key=with_key)}, field


@pytest.mark.parametrize("field", ConditionField)
@pytest.mark.parametrize("key", [None, KEY])
def test_all_other_operations_are_refused_and_never_hold(field: ConditionField, key: str | None) -> None:
    for operation in frozenset(Operation) - operations_of(field, with_key=key is not None):
        asked = every(condition(field, operation, "P1", key=key))
        assert list(wrong_filter(asked)) == ["filter.conditions.0.operation"]
        assert not compile_filter(asked).holds(FULL)
        assert "can be asked" in (compile_filter(asked).broken or "")


def test_the_first_version_asks_of_a_list_only_whether_it_contains_something_and_is_empty() -> None:
    for field in LISTS:
        for operation in Operation:
            asked = every(condition(field, operation, "a"))
            assert bool(wrong_filter(asked, plain_lists=True)) is (operation not in {"contains", "is-empty"})


def test_somebody_is_known_by_name_and_by_id() -> None:
    for field in ("recipients", "responders", "teams"):
        for word in ("Disk full", "Disk full-id"):
            assert compile_filter(every(condition(field, "contains", word))).holds(FULL)
    assert not compile_filter(every(condition("teams", "contains", "red"))).holds(FULL)


def test_a_key_that_is_not_there_has_the_empty_text() -> None:
    assert compile_filter(every(condition("details", "is-empty", key="nowhere"))).holds(FULL)
    assert compile_filter(every(condition("details", "equals", key="nowhere"))).holds(FULL)
    assert not compile_filter(every(condition("details", "contains", "x", key="nowhere"))).holds(FULL)
