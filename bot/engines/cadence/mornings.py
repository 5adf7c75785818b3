"""Working mornings and working hours, on the wall clock of the person who is told.

A nudge is planned for a *morning*: the nudge hour of a working day (Monday to Friday) in the recipient's zone. Where
that hour is skipped by a clock change the morning begins when the clocks resume; where it comes twice, at its first.
What could not be sent on its morning may follow until the evening, 18:00, of a working day, and otherwise on the next
morning.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.engines import wallclock
from bot.engines.lifecycle.due import is_working_day

EVENING = 18
_MONDAY = 0


def next_morning(after: datetime, zone: ZoneInfo, hour: int, *, from_day: date = date.min) -> datetime:
    """The first working morning strictly after an instant, and not before `from_day`, a local date; aware UTC."""
    day = max(wallclock.to_local(after, zone).date(), from_day)
    while (morning := _morning(day, zone, hour)) is None or morning <= after:
        day += timedelta(days=1)
    return morning


def next_monday_morning(after: datetime, zone: ZoneInfo, hour: int, *, from_day: date = date.min) -> datetime:
    """The first Monday morning strictly after an instant, and not before `from_day`, a local date; aware UTC."""
    morning = next_morning(after, zone, hour, from_day=from_day)
    while wallclock.to_local(morning, zone).weekday() != _MONDAY:
        morning = next_morning(morning, zone, hour)
    return morning


def may_send(now: datetime, zone: ZoneInfo, hour: int) -> bool:
    """Whether somebody in this zone may be nudged at this moment: from the nudge hour to 18:00 of a working day.

    A nudge hour that is itself in the evening leaves just that hour.
    """
    local = wallclock.to_local(now, zone)
    return is_working_day(local.date()) and hour <= local.hour < max(EVENING, hour + 1)


def send_at(now: datetime, zone: ZoneInfo, hour: int) -> datetime:
    """When something due by now may be sent: now, in working hours, and otherwise on the next morning."""
    return now if may_send(now, zone, hour) else next_morning(now, zone, hour)


def _morning(day: date, zone: ZoneInfo, hour: int) -> datetime | None:
    """The morning of one local day, or None: on a weekend, and on a day that the zone skipped altogether."""
    if not is_working_day(day):
        return None
    instant = wallclock.resolve(datetime.combine(day, time(hour)), zone)
    # Samoa had no 30 December 2011: its Friday morning resolves into the Saturday.
    return instant if wallclock.to_local(instant, zone).date() == day else None
