"""How long: `2h`, `90m`, `1h 30m`, `3 days`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.engines import wallclock

_UNITS = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), timedelta(seconds=1)),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("d", "day", "days"), timedelta(days=1)),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), timedelta(weeks=1)),
}
_PART = re.compile(r"(\d{1,6}(?:\.\d{1,3})?) ?([a-z]+)(?: and | )?")
_HOURS_AND_MINUTES = re.compile(r"(\d{1,4})h([0-5]\d)$")


@dataclass(frozen=True, slots=True)
class Duration:
    """Whole days by the calendar, then exact time: a day is as long as the zone makes it, an hour is an hour."""

    days: int
    exact: timedelta

    def __bool__(self) -> bool:
        return bool(self.days or self.exact)


def read_duration(phrase: str) -> Duration | None:
    """The duration that a spelt phrase is, or None. Parts add up; the same unit twice is no duration, nor is zero."""
    short = _HOURS_AND_MINUTES.match(phrase)
    if short is not None:
        return Duration(0, timedelta(hours=int(short[1]), minutes=int(short[2])))
    position, total, seen = 0, Duration(0, timedelta()), set[timedelta]()
    while position < len(phrase):
        part = _PART.match(phrase, position)
        unit = _UNITS.get(part[2]) if part is not None else None
        if part is None or unit is None or unit in seen:
            return None
        seen.add(unit)
        total = _sum(total, float(part[1]), unit)
        position = part.end()
    return total or None


def moved(at: datetime, by: Duration, zone: ZoneInfo, *, back: bool = False) -> datetime:
    """The moment that much later, or earlier, on the calendar of the zone.

    Days keep the clock time (a skipped one gives way as wallclock.resolve says), hours and minutes are exact.

    Raises:
        OverflowError: the calendar ends before that.
    """
    sign = -1 if back else 1
    if by.days:
        local = wallclock.to_local(at, zone).replace(tzinfo=None)
        at = wallclock.resolve(local + timedelta(days=sign * by.days), zone)
    return at + sign * by.exact


def _sum(total: Duration, amount: float, unit: timedelta) -> Duration:
    days_each = unit.days
    if not days_each:
        return Duration(total.days, total.exact + amount * unit)
    days = int(amount * days_each)
    return Duration(total.days + days, total.exact + (amount * days_each - days) * timedelta(days=1))
