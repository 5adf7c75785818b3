"""Overrides over turns: who is named in one has the whole interval, also gaps and the hours outside the windows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeAlias

from bot.engines.rotation.layers import uncovered_around, visible_at, visible_between
from bot.engines.rotation.schedules import Override, Rotation
from bot.engines.rotation.segments import Reason, Segment

Base: TypeAlias = Callable[[datetime, datetime], Iterable[Segment]]
"""The base segments of a time [start, end), in order, cut at both ends."""


def overrides_of(rotation: Rotation, overrides: Iterable[Override]) -> list[Override]:
    """Those that lie over a rotation: they name it, or none, and are not empty."""
    return [
        row for row in overrides if row.start < row.end and (not row.rotation_ids or rotation.id in row.rotation_ids)
    ]


def override_at(rotation: Rotation, overrides: Sequence[Override], instant: datetime) -> Segment | None:
    """The whole segment of the override on top at an instant, `none` included. `overrides`: of this rotation."""
    top = visible_at(overrides, instant)
    if top is None:
        return None
    above = [row for row in overrides if (row.sequence, row.id) > (top.sequence, top.id)]
    start, end = uncovered_around(above, instant, top.start, top.end)
    if rotation.closed_at is not None:
        end = min(end, rotation.closed_at)
    return Segment(start, end, top.participant, _reason(rotation, top))


def overrides_between(
    rotation: Rotation, overrides: Sequence[Override], start: datetime, end: datetime
) -> list[Segment]:
    """What is seen of the overrides in [start, end), in order, cut at both ends, `none` included."""
    if rotation.closed_at is not None:
        end = min(end, rotation.closed_at)
    return [
        Segment(seen.start, seen.end, seen.row.participant, _reason(rotation, seen.row))
        for seen in visible_between(overrides, start, end)
    ]


def laid_over(base: Base, overrides: Sequence[Segment], start: datetime, end: datetime) -> Iterator[Segment]:
    """[start, end) with disjoint override segments over the base, in order; `none` still among them.

    The base is asked for between the overrides alone: what lies under one costs nothing.
    """
    since = start
    for top in overrides:
        if since < top.start:
            yield from base(since, top.start)
        yield top
        since = top.end
    if since < end:
        yield from base(since, end)


def _reason(rotation: Rotation, override: Override) -> Reason:
    return Reason(rotation.id, rotation.name, None, None, override)
