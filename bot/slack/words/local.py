"""Moments and durations in words, for places where Slack's own date tokens do not work: options, buttons, headers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.engines import wallclock
from bot.engines.durations import duration_words
from bot.vocabulary import RotationType

__all__ = ["MONTHS", "WEEKDAYS", "dated", "day_words", "duration_words", "spoken", "turn_words"]

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NEAR_DAYS = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_UNITS = {RotationType.WEEKLY: "week", RotationType.DAILY: "day", RotationType.HOURLY: "hour"}
# Nearer than half a year, day and month alone can mean one day only.
_CLEAR_WITHOUT_YEAR = timedelta(days=180)


def spoken(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """The moment as one says it: `today 18:00`, `tomorrow 09:00`, `Thu 09:00`, `Thu 24 Dec 09:00`.

    A weekday alone is one of the next six days; the year is said from half a year away. Seconds are cut. What it says,
    `read_moment` reads back, save in the second pass of an hour that happens twice.
    """
    local, today = wallclock.to_local(at, zone), wallclock.to_local(now, zone).date()
    distance = (local.date() - today).days
    if distance in _NEAR_DAYS:
        return f"{_NEAR_DAYS[distance]} {local:%H:%M}"
    if 1 < distance < 7:
        return f"{WEEKDAYS[local.weekday()][:3]} {local:%H:%M}"
    return dated(at, zone, now)


def dated(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """The moment with its date, as `spoken` says it for days further away: `Thu 24 Dec 09:00`."""
    local = wallclock.to_local(at, zone)
    year = "" if abs(at - now) < _CLEAR_WITHOUT_YEAR else f" {local.year}"
    return f"{day_words(local)}{year} {local:%H:%M}"


def day_words(day: date) -> str:
    """The day of an instant that is near enough to need no year: `Thu 3 Dec`."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"


def turn_words(unit: RotationType, length: int) -> str:
    """How long each is on call in a rotation: `every week`, `every 2 days`."""
    word = _UNITS[unit]
    return f"every {length} {word}s" if length > 1 else f"every {word}"
