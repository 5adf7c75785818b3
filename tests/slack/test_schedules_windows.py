"""Restriction windows as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engines.rotation import Restriction, TimeWindow
from bot.errors import Unreadable
from bot.slack.words.windows import read_windows, windows_text
from bot.vocabulary import RestrictionKind, Weekday

HOUR = 60
DAY = 24 * HOUR


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("mon 08:00-18:00", ((8 * HOUR, 18 * HOUR),)),
        ("Monday 8am to 6pm", ((8 * HOUR, 18 * HOUR),)),
        ("mon 8:30 am - noon", ((8 * HOUR + 30, 12 * HOUR),)),
        ("mon, wed 9–17", ((9 * HOUR, 17 * HOUR), (2 * DAY + 9 * HOUR, 2 * DAY + 17 * HOUR))),
        ("mon-tue 8-18, sat 10.00-14.00", ((480, 1080), (DAY + 480, DAY + 1080), (5 * DAY + 600, 5 * DAY + 840))),
        ("mon 22:00-06:00", ((22 * HOUR, 30 * HOUR),)),
        ("fri 18:00 - mon 08:00", ((4 * DAY + 18 * HOUR, 7 * DAY + 8 * HOUR),)),
        ("sun 22:00-06:00", ((6 * DAY + 22 * HOUR, 7 * DAY + 6 * HOUR),)),
        ("sat-mon 00:00-24:00", ((5 * DAY, 8 * DAY),)),
        ("weekend 0:00-24:00", ((5 * DAY, 7 * DAY),)),
        ("mon 09:00-12:00; mon 13:00-17:00", ((9 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR))),
        ("mon 09:00-12:00\ntue 09:00-12:00", ((9 * HOUR, 12 * HOUR), (DAY + 9 * HOUR, DAY + 12 * HOUR))),
        ("mon 08:00-08:00", ((8 * HOUR, 32 * HOUR),)),
    ],
)  # fmt: skip
def test_windows_are_read_as_people_type_them(typed: str, minutes: tuple[tuple[int, int], ...]) -> None:
    restriction = read_windows(typed)
    assert restriction and restriction.kind is RestrictionKind.WEEKDAY_AND_TIME_OF_DAY
    assert restriction.minutes == minutes


@pytest.mark.parametrize("typed", ["08:00-18:00", "every day 8-18", "mon-sun 8:00 - 18:00", "daily 8am-6pm"])
def test_one_window_for_every_day_is_a_time_of_day(typed: str) -> None:
    assert read_windows(typed) == Restriction(RestrictionKind.TIME_OF_DAY, (TimeWindow(8, 0, 18, 0),))


@pytest.mark.parametrize("typed", ["", "   ", "\n", ","])
def test_nothing_typed_means_always(typed: str) -> None:
    assert read_windows(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "now and then",
        "mon",
        "mon 8",
        "mon 8-",
        "mon 25:00-26:00",
        "mon 8:75-9",
        "xx 8-9",
        "t 8-9",
        "mon-fri 18:00 - mon 08:00",
        "18:00 - mon 08:00",
        "mon 8-9 and tue 8-9",
        "<!channel> 8-9",
    ],
)
def test_what_cannot_be_read_is_quoted_with_what_to_type_instead(typed: str) -> None:
    with pytest.raises(Unreadable, match="mon-fri 08:00-18:00, sat 10:00-14:00"):
        read_windows(typed)


def window(start: int, end: int, day: Weekday | None = None, end_day: Weekday | None = None) -> TimeWindow:
    """A window by the half hours of its day at which it starts and ends."""
    return TimeWindow(start // 2, start % 2 * 30, end // 2, end % 2 * 30, day, end_day)


_half_hours = st.integers(0, 48)
_days = st.sampled_from(Weekday)
_windows = st.builds(window, _half_hours, _half_hours, _days, _days)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.lists(_windows, min_size=1, max_size=5))
def test_what_is_shown_reads_back_as_the_same_minutes_of_the_week(windows: list[TimeWindow]) -> None:
    restriction = Restriction(RestrictionKind.WEEKDAY_AND_TIME_OF_DAY, tuple(windows))
    read = read_windows(windows_text(restriction))
    assert read and read.minutes == restriction.minutes


@settings(max_examples=50, derandomize=True, deadline=None)
@given(_half_hours, _half_hours)
def test_a_time_of_day_reads_back_as_itself(start: int, end: int) -> None:
    restriction = Restriction(RestrictionKind.TIME_OF_DAY, (window(start, end),))
    assert read_windows(windows_text(restriction)) == restriction
