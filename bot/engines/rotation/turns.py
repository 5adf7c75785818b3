"""Turns and their hand-offs: when they are and whose. Each is computed from the start, none from the one before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import gcd
from zoneinfo import ZoneInfo

from bot.engines.rotation.restrictions import MINUTES_OF_WEEK, Restriction
from bot.engines.rotation.schedules import NOBODY, Participant, RotationVersion
from bot.engines.wallclock import resolve, to_local
from bot.vocabulary import TurnCounting

FOREVER = datetime.max.replace(tzinfo=UTC)
"""The end of what has none, and of a turn so long that the calendar ends first."""

_A_MONDAY = datetime(1970, 1, 5)  # noqa: DTZ001 - a local time
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn, from its hand-off to the next: never of zero length."""

    number: int
    start: datetime
    end: datetime
    participant: Participant


class Turns:
    """The turns of one version of a rotation on one zone's wall clock, as if it held for ever."""

    __slots__ = ("_active", "_local_start", "_place", "_roster", "_start", "_step", "_zone")

    def __init__(self, version: RotationVersion, zone: ZoneInfo) -> None:
        rule = version.rule
        self._start = version.counted_from or rule.start
        self._step = rule.step
        self._roster = rule.participants or (NOBODY,)
        self._place = version.place
        self._zone = zone
        self._local_start: datetime | None = None
        self._active: _ActivePeriods | None = None
        if not rule.is_elapsed:
            self._local_start = to_local(self._start, zone) - version.skipped
            if rule.turns is TurnCounting.ACTIVE and rule.restriction and rule.restriction.minutes:
                self._active = _active_periods(
                    rule.restriction, (self._local_start - _A_MONDAY) // _MINUTE % MINUTES_OF_WEEK, rule.step // _MINUTE
                )

    def hand_off(self, number: int) -> datetime:
        """The instant at which that turn begins. Never decreasing in `number`; two may fall on one instant."""
        if number <= 0:
            return self._start
        period = self._active.period_of(number) if self._active else number
        try:
            if self._local_start is None:
                return self._start + period * self._step
            # A start on the second pass of a repeated time has local times after it whose first pass lies before it.
            return max(self._start, resolve(self._local_start + period * self._step, self._zone))
        except OverflowError:
            return FOREVER

    def local_hand_off(self, number: int) -> datetime | None:
        """The time on the wall clock meant for that hand-off, skipped or not; None where turns run on elapsed time."""
        if self._local_start is None:
            return None
        period = self._active.period_of(number) if self._active else number
        return self._local_start + period * self._step

    def at(self, instant: datetime) -> Turn:
        """The turn that holds at an instant not before the start. Of turns of zero length the later one holds."""
        number = max(self._guess(instant), 0)
        return self._from(number, self.hand_off(number), instant)

    def after(self, turn: Turn) -> Turn:
        """The turn that follows; not to be asked of one that ends never."""
        return self._from(turn.number + 1, turn.end, turn.end)

    def _from(self, number: int, start: datetime, instant: datetime) -> Turn:
        """The first turn from `number` on that ends after the instant."""
        end = self.hand_off(number + 1)
        while end <= instant:
            number, start = number + 1, end
            end = self.hand_off(number + 1)
        return Turn(number, start, end, self._roster[(number + self._place) % len(self._roster)])

    def _guess(self, instant: datetime) -> int:
        """The number by the reading of the clock: never too high, since a hand-off comes as soon as the clock first
        reads its time; too low by the few turns whose times the clock, set back, shows once more.
        """
        if self._local_start is None:
            return (instant - self._start) // self._step
        period = (to_local(instant, self._zone) - self._local_start) // self._step
        return self._active.number_of(period) if self._active else period


def turns_between(turns: Turns, start: datetime, end: datetime) -> Iterator[Turn]:
    """The turns that hold at some time of [start, end), uncut, in order."""
    turn = turns.at(start)
    while True:
        yield turn
        if turn.end >= end:
            return
        turn = turns.after(turn)


@dataclass(frozen=True, slots=True)
class _ActivePeriods:
    """Which periods count where only those that touch a window do: a pattern that comes again every so many weeks.

    It is read off the wall clock, where every week is like the other; so it needs no walk over the years.
    """

    cycle: int
    positions: tuple[int, ...]
    counted: tuple[int, ...]
    """How many of the cycle's periods up to and with each one count."""

    def period_of(self, number: int) -> int:
        cycles, place = divmod(number, len(self.positions))
        return cycles * self.cycle + self.positions[place]

    def number_of(self, period: int) -> int:
        """The turn that a period belongs to: its own, or that of the last one before it that counts."""
        cycles, place = divmod(period, self.cycle)
        return cycles * len(self.positions) + self.counted[place] - 1


@lru_cache(maxsize=256)
def _active_periods(restriction: Restriction, first_minute: int, step: int) -> _ActivePeriods:
    cycle = MINUTES_OF_WEEK // gcd(MINUTES_OF_WEEK, step)
    active = [restriction.touches(first_minute + n * step, first_minute + (n + 1) * step) for n in range(cycle)]
    positions = tuple(n for n, counts in enumerate(active) if counts)
    counted = tuple(sum(active[: n + 1]) for n in range(cycle))
    return _ActivePeriods(cycle, positions, counted)
