"""The hand-offs to come, for looking at a rule before it is saved and for choosing the moment of an edit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.engines.rotation.base import in_force_between, reigns
from bot.engines.rotation.schedules import Participant, Rotation, RotationRule, RotationVersion
from bot.engines.rotation.turns import FOREVER, Turns, turns_between

_LOOKED_BACK = timedelta(days=15)
"""Windows come again every week, one that the clock skips in the next: so far back is seen who was on call last."""

_MOST_LOOKED_AT = 2_000
"""Segments: weeks of one-hour turns, years of daily ones. Who is alone in a rotation follows themselves for ever."""

_JUST_BEFORE = timedelta.resolution
"""How much earlier the walk begins, to know whose turn ends where the first hand-off may be."""


@dataclass(frozen=True, slots=True)
class HandOff:
    """The instant at which a turn begins, or is first in force, and whose it is."""

    at: datetime
    to: Participant


def next_hand_offs(of: RotationRule | Rotation, zone: ZoneInfo, after: datetime, count: int) -> tuple[HandOff, ...]:
    """The first `count` hand-offs at or after an instant, the very first turn's beginning included.

    Windows may hide one. Fewer when the rotation ends before. Of a rotation that was edited also the moment of the
    edit, where it changes whose turn it is.
    """
    return tuple(islice(_hand_offs(_as_rotation(of), zone, after), max(count, 0)))


def next_beginnings(of: RotationRule | Rotation, zone: ZoneInfo, after: datetime, count: int) -> tuple[HandOff, ...]:
    """The first `count` times at or after an instant at which somebody else begins, as windows let them.

    That is the first instant of a turn inside a window; a turn that lies outside of them all is left out, and who
    follows themselves does not begin. A turn of `none` counts like a person's. Fewer when the rotation ends before, or
    nobody else is in sight.
    """
    return tuple(islice(_beginnings(_as_rotation(of), zone, after), max(count, 0)))


def _as_rotation(of: RotationRule | Rotation) -> Rotation:
    return of if isinstance(of, Rotation) else Rotation("", "", (RotationVersion(of),))


def _beginnings(rotation: Rotation, zone: ZoneInfo, after: datetime) -> Iterator[HandOff]:
    last: Participant | None = None
    in_force = in_force_between(rotation, zone, after - _LOOKED_BACK, FOREVER)
    for segment in islice(in_force, _MOST_LOOKED_AT):
        if segment.start >= after and segment.participant != last:
            yield HandOff(segment.start, segment.participant)
        last = segment.participant


def _hand_offs(rotation: Rotation, zone: ZoneInfo, after: datetime) -> Iterator[HandOff]:
    last: Participant | None = None
    last_end: datetime | None = None
    for reign in reigns(rotation):
        if reign.end < after:
            continue
        since = max(reign.start, after - _JUST_BEFORE)
        for turn in turns_between(Turns(reign.version, reign.version.zone or zone), since, reign.end):
            at = max(turn.start, reign.start)
            is_same_turn = at == reign.start and turn.start < at and last_end == at and turn.participant == last
            if after <= at < FOREVER and not is_same_turn:
                yield HandOff(at, turn.participant)
            last, last_end = turn.participant, min(turn.end, reign.end)
