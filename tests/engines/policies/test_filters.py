"""Filters: how their conditions are joined, and what is wrong with one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engines.policies import compile_filter, wrong_filter
from bot.vocabulary import Severity
from tests.engines.policies.building import MATCH_ALL, condition, every, signal, some

brief = settings(max_examples=60, derandomize=True, deadline=None)

DISK = condition("message", "contains", "Disk")
NET = condition("message", "contains", "Network")

texts = st.text(max_size=8)
signals = st.builds(
    lambda words, tags, details, priority: signal(
        message=words[0], alias=words[1], entity=words[2], tags=tuple(tags), details=details, priority=priority
    ),
    st.lists(texts, min_size=3, max_size=3),
    st.lists(texts, max_size=3),
    st.dictionaries(texts, texts, max_size=3),
    st.sampled_from(Severity),
)
conditions = st.one_of(
    st.builds(
        condition,
        st.sampled_from(["message", "alias", "entity"]),
        st.sampled_from(["contains", "equals", "starts-with", "is-empty", "equals-ignore-whitespace"]),
        texts,
    ),
    st.builds(condition, st.just("tags"), st.sampled_from(["contains", "is-empty"]), texts),
    st.builds(condition, st.just("details"), st.sampled_from(["contains-key", "contains", "is-empty"]), texts),
    st.builds(
        condition,
        st.just("priority"),
        st.sampled_from(["greater-than", "less-than", "equals"]),
        st.sampled_from(["P1", "P3", "P5"]),
    ),
)
anything = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False),
        st.text(max_size=6),
        st.sampled_from(["match-all", "match-any-condition", "message", "priority", "matches", "contains", "(", "P9"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["type", "conditions", "field", "operation", "expectedValue", "key", "not", "order"]),
            inner,
            max_size=7,
        ),
    ),
    max_leaves=15,
)


@pytest.mark.parametrize(
    ("filter_", "holds"),
    [
        (MATCH_ALL, True),
        (every(DISK), True),
        (every(DISK, NET), False),
        (some(NET, DISK), True),
        (some(NET), False),
        (some(NET, {**NET, "not": True}), True),
        ({**MATCH_ALL, "conditions": []}, True),
        ({**MATCH_ALL, "conditions": None}, True),
    ],
)
def test_conditions_are_joined_as_the_type_says(filter_: dict[str, Any], holds: bool) -> None:
    assert compile_filter(filter_).holds(signal(message="Disk full")) is holds


def test_conditions_are_judged_in_their_order_and_expressions_last() -> None:
    asked = every({**NET, "order": 2}, condition("alias", "matches", "a", order=0), {**DISK, "order": 1})
    words = [each.failure for each in compile_filter(asked).conditions]
    assert words == [
        "message does not contain “Disk”",
        "message does not contain “Network”",
        "alias does not match “a”",
    ]


@pytest.mark.parametrize(
    ("filter_", "wrong"),
    [
        (None, {"filter"}),
        ([], {"filter"}),
        ({}, {"filter.type"}),
        ({"type": "match-none"}, {"filter.type"}),
        ({"type": ["match-all"]}, {"filter.type"}),
        ({**MATCH_ALL, "conditions": [DISK]}, {"filter.conditions"}),
        ({"type": "match-any-condition"}, {"filter.conditions"}),
        (every(), {"filter.conditions"}),
        ({"type": "match-all-conditions", "conditions": {"field": "message"}}, {"filter.conditions"}),
        (every(*[DISK] * 101), {"filter.conditions"}),
        (every("message"), {"filter.conditions.0"}),  # type: ignore[arg-type]  # what a program may send
        (
            every(DISK, condition("subject", "sounds-like")),
            {"filter.conditions.1.field", "filter.conditions.1.operation"},
        ),
        (every(condition("priority", "contains", "P1")), {"filter.conditions.0.operation"}),
        (every(condition("priority", "equals", "urgent")), {"filter.conditions.0.expectedValue"}),
        (every(condition("message", "matches", "a(b")), {"filter.conditions.0.expectedValue"}),
        (every(condition("message", "matches", "a" * 1001)), {"filter.conditions.0.expectedValue"}),
        (every(condition("message", "contains", "a" * 15_001)), {"filter.conditions.0.expectedValue"}),
        (every(*[condition("message", "contains", "a" * 15_000)] * 7), {"filter.conditions"}),
        (every(*[condition("message", "matches", "a" * 1_000)] * 11), {"filter.conditions"}),
        (every(condition("details", "contains", "a", key="k" * 100_000)), {"filter.conditions"}),
        (
            every({**DISK, "not": "yes", "order": "first", "expectedValue": 3, "key": 7}),
            {f"filter.conditions.0.{part}" for part in ("not", "order", "expectedValue", "key")},
        ),
    ],
)
def test_everything_wrong_is_named_at_once_and_such_a_filter_fits_nothing(filter_: Any, wrong: set[str]) -> None:
    assert set(wrong_filter(filter_)) == wrong
    compiled = compile_filter(filter_)
    assert compiled.broken
    assert not compiled.holds(signal())


def test_an_invalid_expression_is_refused_with_what_is_wrong_with_it() -> None:
    (sentence,) = wrong_filter(every(condition("message", "matches", "a(b"))).values()
    assert sentence == "“a(b” is no regular expression that can be run: missing ) at position 3."


@brief
@given(signals)
def test_match_all_fits_every_alert(alert: Any) -> None:
    assert compile_filter(MATCH_ALL).holds(alert)


@brief
@given(signals, st.lists(conditions, min_size=1, max_size=4))
def test_not_any_is_all_not_and_not_not_is_nothing(alert: Any, asked: list[dict[str, Any]]) -> None:
    turned = [{**each, "not": not each.get("not", False)} for each in asked]
    assert compile_filter(some(*asked)).holds(alert) is not compile_filter(every(*turned)).holds(alert)
    assert compile_filter(every(*asked)).holds(alert) is not compile_filter(some(*turned)).holds(alert)


@brief
@given(anything, signals)
def test_a_filter_of_any_shape_is_fine_or_faulted_and_never_raises(filter_: Any, alert: Any) -> None:
    assert bool(compile_filter(filter_).broken) is bool(wrong_filter(filter_))
    assert compile_filter(filter_).holds(alert) in (True, False)
