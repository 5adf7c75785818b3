"""The hours at which policies and routing rules hold."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given

from bot.engines.policies import within, wrong_restriction
from tests.engines.policies.test_filters import anything, brief


def daily(start: str, end: str) -> dict[str, Any]:
    return {"type": "time-of-day", "restriction": _window(start, end)}


def weekly(*windows: tuple[str, str, str, str]) -> dict[str, Any]:
    return {
        "type": "weekday-and-time-of-day",
        "restrictions": [
            {"startDay": first, "endDay": last, **_window(start, end)} for first, start, last, end in windows
        ],
    }


def _window(start: str, end: str) -> dict[str, int]:
    (start_hour, start_minute), (end_hour, end_minute) = (map(int, each.split(":")) for each in (start, end))
    return {"startHour": start_hour, "startMin": start_minute, "endHour": end_hour, "endMin": end_minute}


SEED = daily("20:23", "5:10")
WORK = weekly(("monday", "8:00", "monday", "18:30"), ("friday", "22:00", "monday", "6:00"))


@pytest.mark.parametrize(
    ("restriction", "zone", "instant", "holds"),
    [
        (None, "UTC", "2026-11-18T12:00", True),
        ({}, "UTC", "2026-11-18T12:00", True),
        # minutes exact, over midnight, half open
        (SEED, "UTC", "2026-11-18T20:22", False),
        (SEED, "UTC", "2026-11-18T20:23", True),
        (SEED, "UTC", "2026-11-18T00:00", True),
        (SEED, "UTC", "2026-11-18T05:09", True),
        (SEED, "UTC", "2026-11-18T05:10", False),
        # on the zone's own clock
        (SEED, "Europe/Berlin", "2026-11-18T19:23", True),
        (SEED, "Europe/Berlin", "2026-11-18T19:22", False),
        (daily("9:00", "9:00"), "UTC", "2026-11-18T03:00", True),
        (daily("0:00", "24:00"), "UTC", "2026-11-18T23:59", True),
        # the week
        (WORK, "UTC", "2026-11-16T08:00", True),
        (WORK, "UTC", "2026-11-16T18:30", False),
        (WORK, "UTC", "2026-11-17T12:00", False),
        (WORK, "UTC", "2026-11-20T22:00", True),
        (WORK, "UTC", "2026-11-22T12:00", True),
        (WORK, "UTC", "2026-11-23T05:59", True),
        (WORK, "UTC", "2026-11-23T06:00", False),
        # the night the clock is set back: both times that it shows half past two
        (daily("2:00", "3:00"), "Europe/Berlin", "2026-10-25T00:30", True),
        (daily("2:00", "3:00"), "Europe/Berlin", "2026-10-25T01:30", True),
        (daily("2:00", "3:00"), "Europe/Berlin", "2026-10-25T02:00", False),
        # the night it is set forward: a window that is skipped is none
        (daily("2:10", "2:50"), "Europe/Berlin", "2026-03-29T01:00", False),
        # what cannot be read never holds
        ({"type": "time-of-day"}, "UTC", "2026-11-18T12:00", False),
        (SEED, "Nowhere/Land", "2026-11-18T00:00", False),
    ],
)
def test_a_restriction_holds_within_its_windows(restriction: Any, zone: str, instant: str, holds: bool) -> None:
    assert within(restriction, zone, datetime.fromisoformat(instant).replace(tzinfo=UTC)) is holds


@pytest.mark.parametrize(
    ("restriction", "wrong"),
    [
        (None, set()),
        ({}, set()),
        (SEED, set()),
        (WORK, set()),
        ("always", {"timeRestrictions"}),
        ([], {"timeRestrictions"}),
        ({"restriction": {}}, {"timeRestrictions.type"}),
        ({"type": "monthly"}, {"timeRestrictions.type"}),
        ({"type": "time-of-day"}, {"timeRestrictions.restriction"}),
        (
            {"type": "time-of-day", "restriction": {"startHour": 25, "startMin": 60, "endHour": "8"}},
            {f"timeRestrictions.restriction.{each}" for each in ("startHour", "startMin", "endHour", "endMin")},
        ),
        (daily("24:01", "5:00"), {"timeRestrictions.restriction.startMin"}),
        ({"type": "weekday-and-time-of-day", "restrictions": []}, {"timeRestrictions.restrictions"}),
        ({"type": "weekday-and-time-of-day", "restrictions": [1]}, {"timeRestrictions.restrictions.0"}),
        (weekly(("monday", "8:00", "monday", "9:00")) | {"restrictions": [{}] * 16}, {"timeRestrictions.restrictions"}),
        (
            weekly(("monday", "8:00", "monday", "9:00"), ("Montag", "8:00", "someday", "9:00")),
            {"timeRestrictions.restrictions.1.startDay", "timeRestrictions.restrictions.1.endDay"},
        ),
    ],
)
def test_everything_wrong_with_a_restriction_is_named(restriction: Any, wrong: set[str]) -> None:
    assert set(wrong_restriction(restriction)) == wrong


@brief
@given(anything)
def test_a_restriction_of_any_shape_never_raises(restriction: Any) -> None:
    faults = wrong_restriction(restriction)
    if faults:
        assert not within(restriction, "UTC", datetime(2026, 1, 1, tzinfo=UTC))
