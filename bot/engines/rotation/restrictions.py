"""The windows of the week in which a rotation is in force, as people and programs write them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import timedelta

from bot.vocabulary import RestrictionKind, Weekday

MINUTES_OF_DAY = 24 * 60
MINUTES_OF_WEEK = 7 * MINUTES_OF_DAY
DAY_NUMBER = {day: number for number, day in enumerate(Weekday)}


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """One window on the wall clock. Hours are 0 to 24 (24:00: the midnight after); days only in the weekly form."""

    start_hour: int
    start_minute: int
    end_hour: int
    end_minute: int
    start_day: Weekday | None = None
    end_day: Weekday | None = None

    @property
    def start_of_day(self) -> int:
        """Minutes from midnight to the start, up to 1440."""
        return self.start_hour * 60 + self.start_minute

    @property
    def end_of_day(self) -> int:
        """Minutes from midnight to the end, up to 1440."""
        return self.end_hour * 60 + self.end_minute


@dataclass(frozen=True, slots=True)
class Restriction:
    """When a rotation is in force.

    `time-of-day` has one window, the same every day: an end before the start runs past midnight, an end equal to it is
    the whole day. `weekday-and-time-of-day` has several in the week: an end before the start runs past Sunday, an end
    equal to it is the whole week. Windows that overlap or touch are one.
    """

    kind: RestrictionKind
    windows: tuple[TimeWindow, ...]
    minutes: tuple[tuple[int, int], ...] = field(init=False, repr=False, compare=False)
    """The same as disjoint minutes of the week from Monday 00:00, in order; the last may end in the week after."""
    spans: tuple[tuple[timedelta, timedelta], ...] = field(init=False, repr=False, compare=False)
    """The same as `minutes`, ready to be added to a Monday."""

    def __post_init__(self) -> None:
        minutes = _joined([span for window in self.windows for span in _minutes_of(self.kind, window)])
        object.__setattr__(self, "minutes", minutes)
        object.__setattr__(self, "spans", tuple((timedelta(minutes=a), timedelta(minutes=b)) for a, b in minutes))

    @property
    def is_whole_week(self) -> bool:
        """Whether the windows together leave nothing out."""
        return self.minutes == ((0, MINUTES_OF_WEEK),)

    def touches(self, start: int, end: int) -> bool:
        """Whether the minutes from `start` to `end`, counted from a Monday 00:00, share a minute with a window."""
        if end - start >= MINUTES_OF_WEEK:
            return bool(self.minutes)
        start, end = start % MINUTES_OF_WEEK, start % MINUTES_OF_WEEK + end - start
        repeated = [(a + week, b + week) for week in (-MINUTES_OF_WEEK, 0, MINUTES_OF_WEEK) for a, b in self.minutes]
        last_before_end = bisect_right(repeated, (end - 1, MINUTES_OF_WEEK * 3)) - 1
        return last_before_end >= 0 and repeated[last_before_end][1] > start


def _minutes_of(kind: RestrictionKind, window: TimeWindow) -> list[tuple[int, int]]:
    if kind is RestrictionKind.TIME_OF_DAY:
        start, end = window.start_of_day % MINUTES_OF_DAY, window.end_of_day % MINUTES_OF_DAY
        end += MINUTES_OF_DAY if end <= start else 0
        return [(day * MINUTES_OF_DAY + start, day * MINUTES_OF_DAY + end) for day in range(7)]
    start = _minute_of_week(window.start_day, window.start_of_day)
    end = _minute_of_week(window.end_day, window.end_of_day)
    return [(start, end + (MINUTES_OF_WEEK if end <= start else 0))]


def _minute_of_week(day: Weekday | None, minute_of_day: int) -> int:
    """A day left out is Monday here; `checked_rule` refuses it before it is stored."""
    return (DAY_NUMBER.get(day or Weekday.MONDAY, 0) * MINUTES_OF_DAY + minute_of_day) % MINUTES_OF_WEEK


def _joined(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans cut at the end of the week, joined where they overlap or touch, and the last with the first over Sunday."""
    within = [(a, min(b, MINUTES_OF_WEEK)) for a, b in spans]
    within += [(0, b - MINUTES_OF_WEEK) for _, b in spans if b > MINUTES_OF_WEEK]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(within):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    if len(joined) > 1 and joined[0][0] == 0 and joined[-1][1] == MINUTES_OF_WEEK:
        joined[-1] = (joined[-1][0], joined[0][1] + MINUTES_OF_WEEK)
        del joined[0]
    return tuple(joined)
