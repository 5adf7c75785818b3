"""For how long an alert is snoozed, on the clock of who chooses."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.slack.words.snoozes import until_of


@pytest.mark.parametrize(
    ("choice", "now", "zone", "until"),
    [
        ("30m", "2026-11-18T09:00", "Europe/Berlin", "2026-11-18T09:30"),
        ("4h", "2026-11-18T09:00", "Europe/Berlin", "2026-11-18T13:00"),
        ("morning", "2026-11-18T21:00", "Europe/Berlin", "2026-11-19T08:00"),
        ("morning", "2026-11-18T02:00", "Europe/Berlin", "2026-11-18T08:00"),  # three at night: that morning
        ("morning", "2026-11-18T06:30", "Europe/Berlin", "2026-11-18T08:00"),  # half past seven: this one
        ("morning", "2026-11-18T07:30", "Europe/Berlin", "2026-11-19T08:00"),  # half past eight: the next one
        ("morning", "2026-11-18T02:00", "Asia/Kolkata", "2026-11-18T03:30"),
        ("morning", "2027-03-27T22:00", "Europe/Berlin", "2027-03-28T07:00"),  # the night in which clocks go forward
    ],
)
def test_the_menu_means_what_its_reader_means(choice: str, now: str, zone: str, until: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert until_of(choice, at, ZoneInfo(zone)) == datetime.fromisoformat(until).replace(tzinfo=UTC)
