"""The arithmetic of statistics: percentiles of a histogram, and shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import ceil


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took, to the hour: half of them no longer than the median, nine of ten than `p90`."""

    count: int
    median: timedelta
    p90: timedelta


@dataclass(frozen=True, slots=True)
class Completion:
    """What became of actions. `overdue` are among the `open`; `undated` were done, and due on no day."""

    on_time: int = 0
    late: int = 0
    undated: int = 0
    open: int = 0
    overdue: int = 0
    not_needed: int = 0

    @property
    def done(self) -> int:
        """All that were done."""
        return self.on_time + self.late + self.undated

    @property
    def on_time_percent(self) -> int | None:
        """Of those done that had a day, how many in a hundred were in time; None where none had."""
        dated = self.on_time + self.late
        return round(100 * self.on_time / dated) if dated else None


def spread(hours: Mapping[int, int]) -> Spread | None:
    """The spread of durations, given how many took how many whole hours; None where there are none.

    By the nearest rank: what is answered took place.
    """
    count = sum(hours.values())
    if not count:
        return None
    return Spread(count, timedelta(hours=_ranked(hours, 0.5)), timedelta(hours=_ranked(hours, 0.9)))


def _ranked(hours: Mapping[int, int], share: float) -> int:
    rank = ceil(share * sum(hours.values()))
    passed = 0
    for each in sorted(hours):
        passed += hours[each]
        if passed >= rank:
            return each
    raise AssertionError("a rank lies within")
