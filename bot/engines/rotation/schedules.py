"""What is asked about: schedules, their rotations, and the rows laid over them. Ids are text, instants aware UTC."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.engines.rotation.restrictions import Restriction
from bot.vocabulary import ParticipantKind, RotationType, TurnCounting

_UNITS = {
    RotationType.HOURLY: timedelta(hours=1),
    RotationType.DAILY: timedelta(days=1),
    RotationType.WEEKLY: timedelta(weeks=1),
}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Participant:
    """Who can stand in a roster: a user, a team, an escalation, or nobody on purpose (then without an id)."""

    kind: ParticipantKind
    id: str | None

    @property
    def is_nobody(self) -> bool:
        """Whether it is the gap made on purpose."""
        return self.kind is ParticipantKind.NONE


NOBODY = Participant(ParticipantKind.NONE, None)


@dataclass(frozen=True, slots=True)
class RotationRule:
    """What a person says of a rotation. Before `start` nobody is on call by it, nor from `end` on (None: no end)."""

    start: datetime
    end: datetime | None
    type: RotationType
    length: int
    participants: tuple[Participant, ...]
    restriction: Restriction | None = None
    turns: TurnCounting = TurnCounting.ALL
    step: timedelta = field(init=False, repr=False, compare=False)
    """The length of a turn: on the wall clock, or elapsed where `is_elapsed`."""
    is_elapsed: bool = field(init=False, repr=False, compare=False)
    """Whether hand-offs are so many elapsed hours apart, because the length would not keep to times of the day."""

    def __post_init__(self) -> None:
        step = self.length * _UNITS[self.type]
        object.__setattr__(self, "step", step)
        keeps_times_of_day = not step % _DAY or not _DAY % step
        object.__setattr__(self, "is_elapsed", self.type is RotationType.HOURLY and not keeps_times_of_day)


@dataclass(frozen=True, slots=True)
class RotationVersion:
    """A rule, and since when and how it is counted.

    `holds_from` None: since ever. `counted_from` is the hand-off that was running when the version was made, and turn 0
    is of the roster's `place`; None: the rule's own start. `skipped` is by how much that hand-off was late because its
    time on the wall clock was skipped that day. `zone` None: the schedule's, as long as nobody has moved the schedule
    to another zone since.
    """

    rule: RotationRule
    holds_from: datetime | None = None
    counted_from: datetime | None = None
    place: int = 0
    skipped: timedelta = timedelta(0)
    zone: ZoneInfo | None = None


@dataclass(frozen=True, slots=True)
class Rotation:
    """A rotation and its whole past: at least one version, in order of `holds_from`. From `closed_at` on it is gone."""

    id: str
    name: str
    versions: tuple[RotationVersion, ...]
    closed_at: datetime | None = None

    @property
    def rule(self) -> RotationRule:
        """The rule as it was last sent, also while it waits for the next hand-off."""
        return self.versions[-1].rule


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody, or nobody, takes an interval [start, end). Without rotation ids it lies over all of the schedule's.

    The one with the higher `sequence`, that is created later, lies on top.
    """

    id: str
    participant: Participant
    start: datetime
    end: datetime
    rotation_ids: frozenset[str]
    sequence: int
    created_by: str | None = None


@dataclass(frozen=True, slots=True)
class Forwarding:
    """One user's duty passes to another for an interval [start, end), in every schedule.

    `sequence` as in `Override`.
    """

    id: str
    from_user: str
    to_user: str
    start: datetime
    end: datetime
    sequence: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """Rotations that add up, on the wall clock of one zone. While it is off nobody is on call by it.

    `off_since` says when it was switched off last: what was before stays true. Of earlier times in which it was off,
    and which are over, nothing is kept: it counts as on in them. None where it is on, or was never.
    """

    id: str
    name: str
    zone: ZoneInfo
    enabled: bool
    rotations: tuple[Rotation, ...]
    off_since: datetime | None = None

    def is_on(self, t: datetime) -> bool:
        """Whether somebody can be on call by it at an instant."""
        return self.enabled or (self.off_since is not None and t < self.off_since)

    @property
    def while_on(self) -> Schedule:
        """The schedule as far as it was on: every rotation ends where it was switched off; none if it never was on."""
        if self.enabled:
            return self
        off = self.off_since
        if off is None:
            return replace(self, rotations=())
        ended = (replace(each, closed_at=min(off, each.closed_at or off)) for each in self.rotations)
        return replace(self, rotations=tuple(ended))
