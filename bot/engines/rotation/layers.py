"""Rows laid over time: where several overlap, the one created last is seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import heappop, heappush
from itertools import pairwise
from typing import Generic, Protocol, TypeVar


class Row(Protocol):
    """An interval [start, end) with the order of its creation; the id decides between equals."""

    @property
    def id(self) -> str:
        """Unlike any other row's."""

    @property
    def start(self) -> datetime:
        """The first instant."""

    @property
    def end(self) -> datetime:
        """The first instant after it."""

    @property
    def sequence(self) -> int:
        """Higher for what was created later."""


AnyRow = TypeVar("AnyRow", bound=Row)


@dataclass(frozen=True, slots=True)
class Visible(Generic[AnyRow]):
    """A time in which one row is on top of all others."""

    start: datetime
    end: datetime
    row: AnyRow


def visible_at(rows: Iterable[AnyRow], instant: datetime) -> AnyRow | None:
    """The row on top at an instant."""
    return max((row for row in rows if row.start <= instant < row.end), key=_height, default=None)


def visible_between(rows: Iterable[AnyRow], start: datetime, end: datetime) -> Iterator[Visible[AnyRow]]:
    """What is seen of the rows in [start, end), in order of time, each as long as it stays on top without a break."""
    waiting = sorted(
        (row for row in rows if row.start < end and row.end > start), key=lambda row: row.start, reverse=True
    )
    moments = sorted({min(max(moment, start), end) for row in waiting for moment in (row.start, row.end)})
    present: list[_OnTopFirst[AnyRow]] = []
    seen: Visible[AnyRow] | None = None
    for moment, following in pairwise(moments):
        while waiting and waiting[-1].start <= moment:
            heappush(present, _OnTopFirst(waiting.pop()))
        while present and present[0].row.end <= moment:
            heappop(present)
        top = present[0].row if present else None
        if seen is not None and seen.row is top:
            seen = Visible(seen.start, following, seen.row)
            continue
        if seen is not None:
            yield seen
        seen = None if top is None else Visible(moment, following, top)
    if seen is not None:
        yield seen


def uncovered_around(
    rows: Sequence[AnyRow], instant: datetime, start: datetime, end: datetime
) -> tuple[datetime, datetime]:
    """The part of [start, end) around an instant, free at that instant, that none of the rows covers."""
    for row in rows:
        if row.start > instant:
            end = min(end, row.start)
        elif row.start < row.end:
            start = max(start, row.end)
    return start, end


def _height(row: Row) -> tuple[int, str]:
    return row.sequence, row.id


@dataclass(frozen=True, slots=True)
class _OnTopFirst(Generic[AnyRow]):
    row: AnyRow

    def __lt__(self, other: _OnTopFirst[AnyRow]) -> bool:
        return _height(self.row) > _height(other.row)
