"""When a postmortem is due. Due is a *date* in its owner's zone, not an instant.

Through all of that day nothing is late; overdue begins with the next working day. So a postmortem due on Friday is not
overdue on Sunday, and one working day past due on Monday. Working days are Monday to Friday; holidays are not known.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.engines import wallclock

_SATURDAY = 5
_WORKING_DAYS_A_WEEK = 5
REVIEW_WORKING_DAYS = 2


def draft_due(
    *, made: datetime, incident_ended: datetime | None, zone: ZoneInfo, working_days: int, chosen: date | None = None
) -> date:
    """The day a draft is due: `working_days` (`POSTMORTEM_DUE_DAYS`) after its incident ended, in its owner's zone.

    After it was made, while the incident has no end. A day chosen in the form wins, even one on a weekend.
    """
    if chosen is not None:
        return chosen
    begun = wallclock.to_local(incident_ended or made, zone).date()
    return working_day_after(begun, working_days)


def review_due(*, asked: datetime, zone: ZoneInfo, chosen: date | None = None) -> date:
    """The day a review is due: two working days after it was asked for, or the day chosen in the form."""
    return chosen or working_day_after(wallclock.to_local(asked, zone).date(), REVIEW_WORKING_DAYS)


def is_working_day(day: date) -> bool:
    """Whether the day is one from Monday to Friday."""
    return day.weekday() < _SATURDAY


def working_day_after(day: date, count: int) -> date:
    """The `count`-th working day after `day`; the day itself when `count` is 0, be it a weekend or not."""
    for _ in range(count):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return day


def working_day_before(day: date) -> date:
    """The last working day before `day`."""
    day -= timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def overdue_if_due_before(today: date) -> date:
    """The day that parts the overdue from the rest: `days_overdue(due, today) > 0` just where `due` is before it."""
    return today if is_working_day(today) else working_day_before(today)


def days_overdue(due: date, today: date) -> int:
    """How many working days past due it is: 0 until the due day's end and over a weekend that follows it.

    Counted without walking the days, so that a postmortem forgotten for years costs no more than a fresh one.
    """
    return max(0, _working_days_until(today) - _working_days_until(due))


def _working_days_until(day: date) -> int:
    """Working days from the calendar's first day, a Monday, to `day` inclusive."""
    weeks, weekday = divmod(day.toordinal() - 1, 7)
    return weeks * _WORKING_DAYS_A_WEEK + min(weekday + 1, _WORKING_DAYS_A_WEEK)
