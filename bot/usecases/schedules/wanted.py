"""What somebody wants a schedule to be, as typed: not looked at yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.engines.rotation import Participant, Restriction
from bot.vocabulary import RotationType, TurnCounting


class TakesEffect(StrEnum):
    """When an edit begins to count."""

    NOW = "now"
    NEXT_HAND_OFF = "next-hand-off"


@dataclass(frozen=True, slots=True)
class WantedRotation:
    """One rotation. `id` None: a new one. `start` is naive: what the clock in the schedule's zone reads."""

    id: str | None
    name: str
    participants: tuple[Participant, ...]
    type: RotationType
    length: int
    start: datetime
    restriction: Restriction | None = None
    turns: TurnCounting = TurnCounting.ALL


@dataclass(frozen=True, slots=True)
class WantedSchedule:
    """A whole schedule. `timezone` is an IANA name; `team` a team's name, which makes that team where there is none."""

    name: str
    timezone: str
    team: str | None
    rotations: tuple[WantedRotation, ...]
