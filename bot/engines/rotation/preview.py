"""The hand-offs to come, for looking at a rule before it is saved and for choosing the moment of an edit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.engines.rotation.base import reigns
from bot.engines.rotation.schedules import Participant, Rotation, RotationRule, RotationVersion
from bot.engines.rotation.turns import FOREVER, Turns, turns_between

_JUST_BEFORE = timedelta.resolution
"""How much earlier the walk begins, to know whose turn ends where the first hand-off may be."""


@dataclass(frozen=True, slots=True)
class HandOff:
    """The instant at which a turn begins, and whose it is; windows may hide it."""

    at: datetime
    to: Participant


def next_hand_offs(of: RotationRule | Rotation, zone: ZoneInfo, after: datetime, count: int) -> tuple[HandOff, ...]:
    """The first `count` hand-offs at or after an instant, the very first turn's beginning included.

    Fewer when the rotation ends before. Of a rotation that was edited also the moment of the edit, where it changes
    whose turn it is.
    """
    rotation = of if isinstance(of, Rotation) else Rotation("", "", (RotationVersion(of),))
    return tuple(islice(_hand_offs(rotation, zone, after), max(count, 0)))


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
