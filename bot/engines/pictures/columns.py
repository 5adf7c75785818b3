"""Where an instant lies: a column for each day, and within it as far as the day has gone by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.engines.pictures.period import midnight

WIDTH = 720.0
"""Of a picture. A phone shows it half as wide: nothing that must be read may be smaller than 16."""
PADDING = 16.0
DAY_WIDTH = (WIDTH - 2 * PADDING) / 7


@dataclass(frozen=True, slots=True)
class Columns:
    """Days of one week, Monday at the left. A day of 23 or 25 hours is as wide as any other."""

    days: tuple[date, ...]
    bounds: tuple[datetime, ...]
    """The first instant of each day, and that after the last."""

    @classmethod
    def of(cls, days: Sequence[date], zone: ZoneInfo) -> Columns:
        """The columns of these days, which follow each other."""
        ends = (*days, days[-1] + timedelta(days=1))
        return cls(tuple(days), tuple(midnight(each, zone) for each in ends))

    @property
    def start(self) -> datetime:
        """Its first instant."""
        return self.bounds[0]

    @property
    def end(self) -> datetime:
        """The first instant after it."""
        return self.bounds[-1]

    def left(self, place: int) -> float:
        """The left edge of the day at that place, or the right edge of the one before."""
        return PADDING + (self.days[0].weekday() + place) * DAY_WIDTH

    def x(self, at: datetime) -> float:
        """Where an instant lies; before the first and after the last day at their edges."""
        if at <= self.start:
            return self.left(0)
        for place, (begin, end) in enumerate(zip(self.bounds, self.bounds[1:], strict=False)):
            if at < end:
                return self.left(place) + DAY_WIDTH * ((at - begin) / (end - begin))
        return self.left(len(self.days))
