"""Days and times as pictures say them: in the schedule's zone, with a second pass of the clock told apart."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.engines.pictures.period import Period, PeriodKind, midnight
from bot.engines.wallclock import resolve, resolve_last, to_local

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_USUAL = timedelta(days=1)


def time_of(at: datetime, zone: ZoneInfo) -> str:
    """What the clock on the wall reads: `09:00`; `02:30 again` where it reads that for the second time."""
    local = to_local(at, zone)
    again = " again" if resolve(local, zone) != at == resolve_last(local, zone) else ""
    return f"{local:%H:%M}{again}"


def moment(at: datetime, zone: ZoneInfo, *, now: datetime | None = None) -> str:
    """A day and a time: `Mon 16 Nov 09:00`; in another year than `now` with its year: `Mon 4 Jan 2027 09:00`."""
    local = to_local(at, zone)
    year = f" {local.year}" if now and local.year != to_local(now, zone).year else ""
    return f"{day(local.date())}{year} {time_of(at, zone)}"


def day(of: date) -> str:
    """A day: `Mon 16 Nov`."""
    return f"{WEEKDAYS[of.weekday()][:3]} {of.day} {MONTHS[of.month - 1][:3]}"


def days(period: Period) -> str:
    """The days of a period: `16 – 22 November 2026`, `30 November – 6 December 2026`, `November 2026`."""
    first, last = period.first, period.last
    end = f"{MONTHS[last.month - 1]} {last.year}"
    if period.kind is PeriodKind.MONTH:
        return end
    if first.month == last.month:
        return f"{first.day} – {last.day} {end}"
    year = f" {first.year}" if first.year != last.year else ""
    return f"{first.day} {MONTHS[first.month - 1]}{year} – {last.day} {end}"


def odd_length(of: date, zone: ZoneInfo) -> str:
    """How long a day is on which the clocks change: `23 h`, `24.5 h`; empty for any other."""
    length = midnight(of + _USUAL, zone) - midnight(of, zone)
    return "" if length == _USUAL else f"{length / timedelta(hours=1):g} h"
