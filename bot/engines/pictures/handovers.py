"""The times of hand-overs, written below the bars: in a second row where the first has no room."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from bot.engines.pictures.clock import time_of
from bot.engines.pictures.columns import PADDING, WIDTH, Columns
from bot.engines.pictures.names import width
from bot.engines.pictures.pen import Pen
from bot.engines.pictures.period import PeriodKind
from bot.engines.pictures.values import Bar, Picture

_SIZE, _ROW = 19.0, 23.0
_APART = 5.0
_MOST_ROWS = {PeriodKind.WEEK: 2, PeriodKind.MONTH: 1}


@dataclass(frozen=True, slots=True)
class _Time:
    words: str
    x: float
    half: float
    row: int

    def is_clear_of(self, other: _Time) -> bool:
        return abs(self.x - other.x) >= self.half + other.half + _APART


class _Row:
    """The times in one row, from left to right."""

    def __init__(self) -> None:
        self._times: list[_Time] = []

    def takes(self, time: _Time) -> bool:
        """Whether there was room for it; then it is there."""
        place = bisect(self._times, time.x, key=lambda each: each.x)
        if not all(map(time.is_clear_of, self._times[max(0, place - 1) : place + 1])):
            return False
        self._times.insert(place, time)
        return True


def times_height(picture: Picture, columns: Columns, bars: Sequence[Bar]) -> float:
    """How much room the times take below a lane."""
    rows = {time.row for time in _placed(picture, columns, bars)}
    return (max(rows, default=0) + 1) * _ROW + 4


def draw_times(pen: Pen, picture: Picture, columns: Columns, bars: Sequence[Bar], top: float) -> None:
    """Write them below a lane, as many as find room: first those at which somebody begins."""
    for time in _placed(picture, columns, bars):
        base = top + 20 + time.row * _ROW
        pen.text(time.x, base, time.words, _SIZE, text_anchor="middle", class_="muted time", fill="#59636e")


def _placed(picture: Picture, columns: Columns, bars: Iterable[Bar]) -> list[_Time]:
    rows = [_Row() for _ in range(_MOST_ROWS[picture.period.kind])]
    if columns.start <= picture.now < columns.end:
        for number, row in enumerate(rows):
            row.takes(_Time("", columns.x(picture.now), 0, number))
    found: list[_Time] = []
    for at in _moments(columns, bars):
        words = time_of(at, picture.zone)
        half = width(words, _SIZE) / 2
        places = (columns.x(at) + aside * half for aside in (0, 0.9, -0.9))
        inside = [min(max(x, PADDING + half), WIDTH - PADDING - half) for x in places]
        tries = (_Time(words, x, half, number) for number in range(len(rows)) for x in inside)
        found += islice((each for each in tries if rows[each.row].takes(each)), 1)
    return found


def _moments(columns: Columns, bars: Iterable[Bar]) -> Iterator[datetime]:
    inside = [bar for bar in bars if bar.start >= columns.start and not bar.begins_earlier]
    yield from (bar.start for bar in inside if not bar.is_gap)
    yield from (bar.start for bar in inside if bar.is_gap)
