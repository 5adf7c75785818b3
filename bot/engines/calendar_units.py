"""Days, weeks and months as a calendar on the wall of a zone shows them: where they begin, and windows of several."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.engines.wallclock import resolve, to_local

MONTHS = 12


class CalendarUnit(StrEnum):
    """What a window is counted in; weeks begin on Monday."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


def window(instant: datetime, unit: CalendarUnit, count: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants [start, end) of `count` units, the first of which contains an instant.

    They begin at midnight in the zone, or as soon after it as there is such a time that day: so a day is as long as the
    clock makes it.
    """
    first = _beginning(to_local(instant, zone), unit)
    return resolve(first, zone), resolve(_further(first, unit, count), zone)


def _beginning(local: datetime, unit: CalendarUnit) -> datetime:
    midnight = datetime.combine(local, time())
    if unit is CalendarUnit.WEEKS:
        return midnight - timedelta(days=local.weekday())
    return midnight.replace(day=1) if unit is CalendarUnit.MONTHS else midnight


def _further(first: datetime, unit: CalendarUnit, count: int) -> datetime:
    if unit is CalendarUnit.MONTHS:
        years, month = divmod(first.month - 1 + count, MONTHS)
        return first.replace(year=first.year + years, month=month + 1)
    return first + count * (timedelta(weeks=1) if unit is CalendarUnit.WEEKS else timedelta(days=1))
