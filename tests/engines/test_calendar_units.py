"""Where days, weeks and months begin, and how long they are where the clock is moved."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.engines.calendar_units import CalendarUnit, window


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "instant", "asked", "start", "end"),
    [
        ("Europe/Berlin", "2026-11-18 09:00", "1 days", "2026-11-17 23:00", "2026-11-18 23:00"),
        ("Europe/Berlin", "2026-11-18 09:00", "1 weeks", "2026-11-15 23:00", "2026-11-22 23:00"),
        ("Europe/Berlin", "2026-11-15 22:59", "1 weeks", "2026-11-08 23:00", "2026-11-15 23:00"),
        ("Europe/Berlin", "2026-11-15 23:00", "2 weeks", "2026-11-15 23:00", "2026-11-29 23:00"),
        ("Europe/Berlin", "2026-11-18 09:00", "6 months", "2026-10-31 23:00", "2027-04-30 22:00"),
        ("Europe/Berlin", "2026-12-31 23:00", "12 months", "2026-12-31 23:00", "2027-12-31 23:00"),
        ("Europe/Berlin", "2028-02-29 12:00", "366 days", "2028-02-28 23:00", "2029-02-28 23:00"),
        ("Europe/Berlin", "2026-10-25 12:00", "1 days", "2026-10-24 22:00", "2026-10-25 23:00"),
        ("Europe/Kirov", "2017-05-17 14:56", "1 weeks", "2017-05-14 21:00", "2017-05-21 21:00"),
        ("Asia/Beirut", "2024-03-31 12:00", "1 days", "2024-03-30 22:00", "2024-03-31 21:00"),
        ("Pacific/Apia", "2011-12-29 12:00", "2 days", "2011-12-29 10:00", "2011-12-30 10:00"),
        ("America/Havana", "2026-11-01 05:30", "1 days", "2026-11-01 04:00", "2026-11-02 05:00"),
    ],
)
def test_a_window_begins_with_the_unit_that_holds_the_instant(
    zone: str, instant: str, asked: str, start: str, end: str
) -> None:
    count, unit = asked.split()
    assert window(_utc(instant), CalendarUnit(unit), int(count), ZoneInfo(zone)) == (_utc(start), _utc(end))
