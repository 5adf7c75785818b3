"""Which field of an alert can be asked what."""

from __future__ import annotations

import pytest

from bot.engines.conditions import ConditionField, Operation, operations_of, wrong_condition

TEXT = {"contains", "equals", "starts-with", "ends-with", "matches", "is-empty", "equals-ignore-whitespace"}
LIST = {"contains", "is-empty", "matches"}
MAP = {"contains", "contains-key", "contains-value", "is-empty"}
NUMBER = {"equals", "greater-than", "less-than", "matches"}
TABLE = {
    **dict.fromkeys(("message", "alias", "description", "source", "entity"), TEXT),
    **dict.fromkeys(("tags", "actions", "recipients", "responders"), LIST),
    "teams": LIST | TEXT,
    **dict.fromkeys(("details", "extra-properties"), MAP),
    "priority": NUMBER,
}


def test_every_field_has_the_operations_of_its_kind() -> None:
    assert {field.value: {each.value for each in operations_of(field)} for field in ConditionField} == TABLE
    assert {each.value for each in Operation} == TEXT | LIST | MAP | NUMBER


def test_the_first_version_of_policies_asks_less_of_lists() -> None:
    lists = {"tags", "actions", "recipients", "responders", "teams"}
    known = {field.value: {each.value for each in operations_of(field, plain_lists=True)} for field in ConditionField}
    assert known == {field: {"contains", "is-empty"} if field in lists else words for field, words in TABLE.items()}


@pytest.mark.parametrize("field", ConditionField)
def test_a_key_makes_a_text_of_a_map_and_nothing_else_of_anything(field: ConditionField) -> None:
    known = {each.value for each in operations_of(field, with_key=True)}
    assert known == (TEXT if TABLE[field] is MAP else TABLE[field])


@pytest.mark.parametrize(
    ("field", "operation", "key", "value", "wrong"),
    [
        ("message", "contains", None, "db", ()),
        ("message", "equals", None, None, ()),
        ("message", "greater-than", None, "a", ("operation",)),
        ("tags", "starts-with", None, "a", ("operation",)),
        ("teams", "matches", None, "a.*", ()),
        ("details", "contains-key", None, "env", ()),
        ("extra-properties", "starts-with", None, "prod", ("operation",)),
        ("extra-properties", "starts-with", "env", "prod", ()),
        ("extra-properties", "contains-key", "env", "prod", ("operation",)),
        ("priority", "less-than", None, "P3", ()),
        ("priority", "less-than", None, "3", ("expectedValue",)),
        ("priority", "equals", None, None, ("expectedValue",)),
        ("priority", "matches", None, "P[12]", ()),
        ("priority", "matches", None, "P[12", ("expectedValue",)),
        ("message", "matches", None, "(a+", ("expectedValue",)),
        ("priority", "is-empty", None, None, ("operation",)),
    ],
)
def test_what_cannot_be_asked_is_named_by_its_part(
    field: str, operation: str, key: str | None, value: str | None, wrong: tuple[str, ...]
) -> None:
    found = wrong_condition(ConditionField(field), Operation(operation), key=key, expected_value=value)
    assert tuple(found) == wrong
