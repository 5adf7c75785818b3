"""The times at which a restriction lets a rotation be in force, as instants."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.engines.rotation.restrictions import Restriction
from bot.engines.wallclock import resolve, resolve_last, to_local

_A_MONDAY = datetime(1970, 1, 5)  # noqa: DTZ001 - a local time
_WEEK = timedelta(weeks=1)


class Windows:
    """A restriction on one zone's wall clock.

    A window is all the time from the first occurrence of its start to the last occurrence of its end. Windows that
    overlap or touch, also because the clock was moved, are one; a window skipped altogether is none.
    """

    __slots__ = ("_spans", "_starts", "_zone")

    def __init__(self, restriction: Restriction, zone: ZoneInfo) -> None:
        self._spans = restriction.spans
        self._starts = [start for start, _ in restriction.spans]
        self._zone = zone

    def at(self, instant: datetime) -> tuple[datetime, datetime] | None:
        """The whole window that holds at an instant, or None outside all of them."""
        if not self._spans:
            return None
        number = self._begun_by(instant)
        start, end = self._start(number), self._end(number)
        if end <= instant:
            return None
        before = number - 1
        while self._end(before) >= start:
            start = self._start(before)
            before -= 1
        after = number + 1
        while self._start(after) <= end:
            end = self._end(after)
            after += 1
        return start, end

    def since(self, instant: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The windows that end after an instant, in order, without end. The first may have begun long before it."""
        if not self._spans:
            return
        number = self._begun_by(instant)
        start, end = self._start(number), self._end(number)
        while True:
            number += 1
            next_start = self._start(number)
            if next_start <= end:
                end = self._end(number)
                continue
            if end > instant and end > start:
                yield start, end
            start, end = next_start, self._end(number)

    def _begun_by(self, instant: datetime) -> int:
        """The number of the last window that begins at or before an instant: by the reading of the clock, and then the
        few whose beginning the clock, set back, has yet to show once more.
        """
        weeks, into_week = divmod(to_local(instant, self._zone) - _A_MONDAY, _WEEK)
        number = weeks * len(self._spans) + bisect_right(self._starts, into_week) - 1
        while self._start(number + 1) <= instant:
            number += 1
        return number

    def _start(self, number: int) -> datetime:
        week, place = divmod(number, len(self._spans))
        return resolve(_A_MONDAY + week * _WEEK + self._spans[place][0], self._zone)

    def _end(self, number: int) -> datetime:
        week, place = divmod(number, len(self._spans))
        return resolve_last(_A_MONDAY + week * _WEEK + self._spans[place][1], self._zone)
