"""What somebody wants a schedule to be, as typed or sent: not looked at yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum
from typing import Final

from bot.engines.rotation import Participant, Restriction
from bot.usecases.references import Ref
from bot.vocabulary import ParticipantKind, RotationType, TurnCounting


class Unsaid(Enum):
    """The one value that says nothing: what there is stays as it is, and what is new gets its default."""

    UNSAID = "unsaid"


UNSAID: Final = Unsaid.UNSAID


class TakesEffect(StrEnum):
    """When an edit begins to count."""

    NOW = "now"
    NEXT_HAND_OFF = "next-hand-off"


@dataclass(frozen=True, slots=True)
class ExistingTeam:
    """A team that must be there: by its id, its very name, or both, of which the id counts."""

    id: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A participant as programs name them: a user, a team or an escalation."""

    kind: ParticipantKind
    ref: Ref

    @property
    def field(self) -> str:
        """The field that names them, as programs write it."""
        if self.ref.id:
            return "id"
        return "username" if self.kind is ParticipantKind.USER else "name"


@dataclass(frozen=True, slots=True)
class WantedRotation:
    """One rotation. `id` None: a new one. A new one without a name is called Rot1, Rot2, ...

    A naive `start` or `end` is what the clock in the schedule's zone reads, an aware one that very instant; `end` None:
    no end. Nothing but the name, the turns and the end of a new one may be left unsaid.
    """

    id: str | None
    name: str | Unsaid
    participants: tuple[Participant | Named, ...] | Unsaid
    type: RotationType | Unsaid
    length: int | Unsaid
    start: datetime | Unsaid
    restriction: Restriction | Unsaid | None = None
    turns: TurnCounting | Unsaid = TurnCounting.ALL
    end: datetime | Unsaid | None = UNSAID

    @classmethod
    def as_it_is(cls, rotation_id: str) -> WantedRotation:
        """One that is there, and of which nothing is said."""
        return cls(rotation_id, UNSAID, UNSAID, UNSAID, UNSAID, UNSAID, UNSAID, UNSAID, UNSAID)


@dataclass(frozen=True, slots=True)
class WantedSchedule:
    """A whole schedule, or what is to change of one. `rotations` are all that it is to have; the others are closed.

    `timezone` is an IANA name; `team` None: no team, a text: the team of that name, which is made where there is none.
    With `matches_names`, a rotation whose id is not known is the one of that very name, where there is such.
    """

    name: str | Unsaid
    timezone: str | Unsaid
    team: str | ExistingTeam | Unsaid | None
    rotations: tuple[WantedRotation, ...] | Unsaid
    description: str | Unsaid = UNSAID
    enabled: bool | Unsaid = UNSAID
    matches_names: bool = False
