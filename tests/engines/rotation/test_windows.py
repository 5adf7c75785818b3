"""Restrictions: windows past midnight and past Sunday, overlapping, and where the clock is moved."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from bot.engines.rotation import Restriction, TimeWindow, on_call, timeline
from bot.engines.rotation.windows import Windows
from bot.engines.wallclock import to_local
from bot.vocabulary import RestrictionKind, Weekday
from tests.engines.rotation.worlds import ANN, BERLIN, every_day, office_hours, rotation, rule, schedule, utc

MONDAY, TUESDAY, FRIDAY, SATURDAY, SUNDAY = (tuple(Weekday)[number] for number in (0, 1, 4, 5, 6))


def weekly(*windows: TimeWindow) -> Restriction:
    return Restriction(RestrictionKind.WEEKDAY_AND_TIME_OF_DAY, windows)


def cover(restriction: Restriction, start: datetime, days: float, zone: ZoneInfo = BERLIN) -> list[str]:
    """The covered times as the wall clock reads them, turns put together."""
    plan = schedule(rotation(rule(utc(2010, 1, 4), ANN, length=200, restriction=restriction)), zone=zone)
    (row,) = timeline(plan, start, start + timedelta(days=days)).rotations
    return [f"{to_local(s.start, zone):%a %H:%M}-{to_local(s.end, zone):%a %H:%M}" for s in row.final]


def hours(restriction: Restriction, start: datetime, days: float, zone: ZoneInfo = BERLIN) -> list[float]:
    plan = schedule(rotation(rule(utc(2010, 1, 4), ANN, length=200, restriction=restriction)), zone=zone)
    (row,) = timeline(plan, start, start + timedelta(days=days)).rotations
    return [(s.end - s.start) / timedelta(hours=1) for s in row.final]


LOCAL_MONDAY = utc(2026, 1, 4, 23)


@pytest.mark.parametrize(
    ("restriction", "days", "expected"),
    [
        pytest.param(
            every_day((8, 0), (18, 30)), 2, ["Mon 08:00-Mon 18:30", "Tue 08:00-Tue 18:30"], id="the same every day"
        ),
        pytest.param(
            every_day((22, 0), (6, 0)),
            2,
            ["Mon 00:00-Mon 06:00", "Mon 22:00-Tue 06:00", "Tue 22:00-Wed 00:00"],
            id="past midnight",
        ),
        pytest.param(every_day((9, 0), (9, 0)), 3, ["Mon 00:00-Thu 00:00"], id="start = end is the whole day"),
        pytest.param(every_day((0, 0), (24, 0)), 3, ["Mon 00:00-Thu 00:00"], id="midnight to midnight"),
        pytest.param(every_day((20, 0), (24, 0)), 1, ["Mon 20:00-Tue 00:00"], id="until 24:00"),
        pytest.param(office_hours(MONDAY, FRIDAY), 7, ["Mon 08:00-Mon 18:00", "Fri 08:00-Fri 18:00"], id="some days"),
        pytest.param(
            weekly(TimeWindow(18, 0, 8, 0, FRIDAY, MONDAY)),
            7,
            ["Mon 00:00-Mon 08:00", "Fri 18:00-Mon 00:00"],
            id="past sunday",
        ),
        pytest.param(
            weekly(TimeWindow(12, 0, 12, 0, TUESDAY, TUESDAY)), 8, ["Mon 00:00-Tue 00:00"], id="the whole week"
        ),
        pytest.param(
            weekly(TimeWindow(12, 0, 11, 0, TUESDAY, TUESDAY)),
            7,
            ["Mon 00:00-Tue 11:00", "Tue 12:00-Mon 00:00"],
            id="all the week but an hour",
        ),
        pytest.param(
            weekly(TimeWindow(8, 0, 14, 0, MONDAY, MONDAY), TimeWindow(12, 0, 18, 0, MONDAY, MONDAY)),
            7,
            ["Mon 08:00-Mon 18:00"],
            id="overlapping windows are one",
        ),
        pytest.param(
            weekly(TimeWindow(18, 0, 24, 0, SUNDAY, SUNDAY), TimeWindow(0, 0, 6, 0, MONDAY, MONDAY)),
            14,
            ["Mon 00:00-Mon 06:00", "Sun 18:00-Mon 06:00", "Sun 18:00-Mon 00:00"],
            id="touching windows are one, over sunday too",
        ),
        pytest.param(weekly(), 7, [], id="no window at all"),
    ],
)
def test_a_restriction_is_the_windows_it_names(restriction: Restriction, days: int, expected: list[str]) -> None:
    assert cover(restriction, LOCAL_MONDAY, days) == expected


@pytest.mark.parametrize(
    ("restriction", "start", "zone", "expected"),
    [
        pytest.param(every_day((1, 0), (2, 30)), utc(2026, 10, 24, 22), "Europe/Berlin", [2.5], id="ends at its last"),
        pytest.param(
            every_day((2, 30), (4, 0)), utc(2026, 10, 24, 22), "Europe/Berlin", [2.5], id="starts at its first"
        ),
        pytest.param(every_day((2, 0), (3, 0)), utc(2026, 10, 24, 22), "Europe/Berlin", [2], id="the repeated hour"),
        pytest.param(every_day((2, 0), (3, 0)), utc(2026, 3, 28, 23), "Europe/Berlin", [], id="the skipped hour"),
        pytest.param(every_day((2, 30), (4, 0)), utc(2026, 3, 28, 23), "Europe/Berlin", [1], id="starts in the gap"),
        pytest.param(every_day((1, 0), (2, 30)), utc(2026, 3, 28, 23), "Europe/Berlin", [1], id="ends in the gap"),
        pytest.param(
            every_day((2, 45), (2, 15)), utc(2026, 10, 24, 12), "Europe/Berlin", [25.0], id="repeated: joined"
        ),
        pytest.param(
            every_day((1, 0), (2, 0)), utc(2026, 4, 4, 13), "Australia/Lord_Howe", [1.5], id="lord howe autumn"
        ),
        pytest.param(
            every_day((1, 0), (3, 0)), utc(2026, 10, 3, 13, 30), "Australia/Lord_Howe", [1.5], id="lord howe spring"
        ),
    ],
)
def test_moving_the_clock_never_costs_cover_nor_invents_any(
    restriction: Restriction, start: datetime, zone: str, expected: list[float]
) -> None:
    assert (
        hours(restriction, start, 1 if len(expected) < 1 or expected[0] < 20 else 25 / 24, ZoneInfo(zone)) == expected
    )


def test_the_skipped_day_of_apia_has_no_office_hours_and_its_night_is_one_window() -> None:
    apia = ZoneInfo("Pacific/Apia")
    noon_of_the_29th = utc(2011, 12, 29, 22)
    assert cover(every_day((8, 0), (18, 0)), noon_of_the_29th, 1, apia) == [
        "Thu 12:00-Thu 18:00",
        "Sat 08:00-Sat 12:00",
    ]
    assert cover(every_day((22, 0), (6, 0)), noon_of_the_29th, 1, apia) == ["Thu 22:00-Sat 06:00"]


@pytest.mark.parametrize(
    ("restriction", "zone", "at", "start", "end"),
    [
        pytest.param(
            every_day((22, 0), (6, 0)),
            "Pacific/Apia",
            utc(2011, 12, 30, 9),
            utc(2011, 12, 30, 8),
            utc(2011, 12, 30, 16),
            id="before the skipped day",
        ),
        pytest.param(
            every_day((22, 0), (6, 0)),
            "Pacific/Apia",
            utc(2011, 12, 30, 11),
            utc(2011, 12, 30, 8),
            utc(2011, 12, 30, 16),
            id="after the skipped day",
        ),
        pytest.param(
            every_day((2, 45), (2, 15)),
            "Europe/Berlin",
            utc(2026, 10, 24, 12),
            utc(2026, 10, 24, 0, 45),
            utc(2026, 10, 26, 1, 15),
            id="before windows that the repeated hour joins",
        ),
        pytest.param(
            every_day((2, 45), (2, 15)),
            "Europe/Berlin",
            utc(2026, 10, 25, 12),
            utc(2026, 10, 24, 0, 45),
            utc(2026, 10, 26, 1, 15),
            id="after windows that the repeated hour joins",
        ),
    ],
)
def test_windows_that_the_clock_joins_are_one_seen_from_either_side(
    restriction: Restriction, zone: str, at: datetime, start: datetime, end: datetime
) -> None:
    made_of = rule(utc(2010, 1, 4), ANN, length=2000, restriction=restriction)
    (segment,) = on_call(schedule(rotation(made_of), zone=ZoneInfo(zone)), at)
    assert (segment.start, segment.end) == (start, end)


def test_a_window_that_is_skipped_altogether_is_none() -> None:
    windows = Windows(every_day((2, 0), (3, 0)), BERLIN)
    first, second = islice(windows.since(utc(2026, 3, 28, 0)), 2)
    assert first == (utc(2026, 3, 28, 1), utc(2026, 3, 28, 2))
    assert second == (utc(2026, 3, 30, 0), utc(2026, 3, 30, 1))
    assert windows.at(utc(2026, 3, 29, 1)) is None


def test_windows_cut_turns_and_do_not_postpone_them() -> None:
    nights = every_day((20, 0), (8, 0))
    plan = schedule(rotation(rule(utc(2026, 1, 4, 23), ANN, restriction=nights)))
    (row,) = timeline(plan, utc(2026, 1, 11, 12), utc(2026, 1, 12, 12)).rotations
    assert [(s.start, s.end, s.why.turn) for s in row.final] == [
        (utc(2026, 1, 11, 19), utc(2026, 1, 11, 23), 0),
        (utc(2026, 1, 11, 23), utc(2026, 1, 12, 7), 1),
    ]
