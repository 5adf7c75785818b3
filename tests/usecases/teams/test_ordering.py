"""Where routing rules stand after one was put somewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.usecases.teams.ordering import placed


@pytest.mark.parametrize(
    ("places", "at", "after"),
    [
        ({}, 3, {"new": 3}),
        ({"a": 0, "b": 1}, 0, {"new": 0, "a": 1, "b": 2}),
        ({"a": 0, "b": 2}, 0, {"new": 0, "a": 1, "b": 2}),
        ({"a": 0, "new": 1, "b": 2}, 0, {"new": 0, "a": 1, "b": 2}),
        ({"new": 0, "a": 1}, 5, {"a": 1, "new": 5}),
    ],
)
def test_who_stood_there_moves_on_as_far_as_the_next_gap(
    places: dict[str, int], at: int, after: dict[str, int]
) -> None:
    assert placed(places, "new", at) == after


PLACES = st.dictionaries(st.text("abcdef", min_size=1, max_size=1), st.integers(0, 8)).filter(
    lambda places: len(set(places.values())) == len(places)
)


@given(PLACES, st.sampled_from("abcdefg"), st.integers(0, 9))
def test_a_rule_gets_its_place_and_the_others_keep_their_order(places: dict[str, int], rule: str, at: int) -> None:
    after = placed(places, rule, at)
    others = [name for name in sorted(places, key=places.__getitem__) if name != rule]
    assert after[rule] == at
    assert after.keys() == places.keys() | {rule}
    assert len(set(after.values())) == len(after)
    assert sorted(others, key=after.__getitem__) == others
    assert all(places[name] <= after[name] <= places[name] + 1 for name in others)
    assert all(after[name] == places[name] for name in others if places[name] < at)
