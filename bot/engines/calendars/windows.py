"""How far a calendar reaches, so that what it says is the same all day long."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta

DRAWN_BACK = timedelta(days=61)
"""A shift that begins before a calendar does is told whole, where it began no longer ago than this."""
DRAWN_MONTHS = 14
"""A shift that runs beyond the end of a calendar is told whole too, as far as this; calendars of all lengths alike."""


@dataclass(frozen=True, slots=True)
class Window:
    """The shifts that run at some time in [since, until) are told. For that [drawn_from, drawn_to) is looked at.

    All four are midnights of UTC. The last is the first of a month: the end of a shift without any end in sight is told
    as that day, and calendars hear of another only once a month.
    """

    since: datetime
    until: datetime
    drawn_from: datetime
    drawn_to: datetime


def window(now: datetime, *, months_ahead: int) -> Window:
    """From one month before the day (of UTC) of `now` to so many months after it, a year at most, that day included."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    until = months_later(today + timedelta(days=1), months_ahead)
    return Window(
        since=months_later(today, -1),
        until=until,
        drawn_from=today - DRAWN_BACK,
        drawn_to=months_later(today.replace(day=1), DRAWN_MONTHS),
    )


def months_later(at: datetime, count: int) -> datetime:
    """The same day and time so many months later; where that month is too short, its last day."""
    years, month = divmod(at.month - 1 + count, 12)
    year, month = at.year + years, month + 1
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))
