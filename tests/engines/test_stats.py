"""The arithmetic of statistics."""

from __future__ import annotations

from datetime import timedelta
from statistics import median_low

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engines.stats import Completion, Spread, spread


@pytest.mark.parametrize(
    ("hours", "median", "p90"),
    [
        ({5: 1}, 5, 5),
        ({1: 1, 3: 1}, 1, 3),
        ({0: 9, 100: 1}, 0, 0),
        ({0: 8, 100: 2}, 0, 100),
        ({48: 10, 24: 11}, 24, 48),
    ],
)
def test_half_take_no_longer_than_the_median_and_nine_of_ten_than_the_other(
    hours: dict[int, int], median: int, p90: int
) -> None:
    assert spread(hours) == Spread(sum(hours.values()), timedelta(hours=median), timedelta(hours=p90))


def test_of_nothing_there_is_no_spread() -> None:
    assert spread({}) is None
    assert Completion().on_time_percent is None


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 500), min_size=1, max_size=40))
def test_it_is_what_one_finds_by_writing_all_of_them_down(taken: list[int]) -> None:
    found = spread({each: taken.count(each) for each in taken})
    assert found
    assert found.median == timedelta(hours=median_low(taken))
    assert sum(each <= found.p90 // timedelta(hours=1) for each in taken) * 10 >= len(taken) * 9


def test_the_share_in_time_is_of_those_that_had_a_day() -> None:
    assert Completion(on_time=2, late=1, undated=5).on_time_percent == 67
    assert Completion(on_time=2, late=1, undated=5).done == 8
