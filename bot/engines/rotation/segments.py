"""What is answered: segments of time, each with who and why. Everything that shows who is on call reads these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.engines.rotation.schedules import Forwarding, Override, Participant


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is on call: a turn of a rotation or an override laid over it, and what was forwarded then.

    `turn` counts from 0 afresh in every version of the rotation; `version` is the version's place in the rotation.
    Both are None where an override holds. `forwarded` is the chain, first link first; empty: nothing was forwarded.
    """

    rotation_id: str
    rotation_name: str
    version: int | None
    turn: int | None
    override: Override | None = None
    forwarded: tuple[Forwarding, ...] = ()

    @property
    def forwarded_from(self) -> str | None:
        """The user whose duty it was before it was forwarded."""
        return self.forwarded[0].from_user if self.forwarded else None


@dataclass(frozen=True, slots=True)
class Segment:
    """The time [start, end) in which one participant is on call for one reason. Never empty."""

    start: datetime
    end: datetime
    participant: Participant
    why: Reason


@dataclass(frozen=True, slots=True)
class Shift:
    """The time one participant is on call in one rotation without a break, over however many segments."""

    rotation_id: str
    rotation_name: str
    participant: Participant
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class RotationTimeline:
    """One rotation's segments in order of time.

    `base`: turns cut by windows, without `none`. `overrides`: what is on top of the overrides, `none` included.
    `final`: who is on call, after overrides and forwarding.
    """

    rotation_id: str
    rotation_name: str
    base: tuple[Segment, ...]
    overrides: tuple[Segment, ...]
    final: tuple[Segment, ...]

    @property
    def forwarded(self) -> tuple[Segment, ...]:
        """The final segments that somebody else's forwarding brought."""
        return tuple(segment for segment in self.final if segment.why.forwarded)


@dataclass(frozen=True, slots=True)
class Timeline:
    """A schedule from `start` to `end`, drawn rotation by rotation; segments are cut at both ends."""

    start: datetime
    end: datetime
    rotations: tuple[RotationTimeline, ...]
