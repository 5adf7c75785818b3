"""What a picture shows: bars in lanes over a week or a month, with names on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.engines.pictures.palette import Colour
from bot.engines.pictures.period import Period


class Mark(StrEnum):
    """What is out of the ordinary about a watch; shown by a pattern and in words."""

    OVERRIDE = "override"
    FORWARDED = "forwarded"


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who can stand a watch: a person, a team, an escalation. `handle` is said where the name cannot be."""

    id: str
    name: str
    handle: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One of those on call, and how they came to it; `forwarded_from` is whose duty it was."""

    who: Who
    marks: frozenset[Mark] = frozenset()
    forwarded_from: Who | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """The time [start, end) in which the same people are on call; without pieces nobody is.

    `begins_earlier` and `ends_later`: it goes on outside of the picture. `is_by_override`: an override says nobody.
    `is_off`: the schedule is switched off then.
    """

    start: datetime
    end: datetime
    pieces: tuple[Piece, ...]
    begins_earlier: bool = False
    ends_later: bool = False
    is_by_override: bool = False
    is_off: bool = False

    @property
    def is_gap(self) -> bool:
        """Whether nobody is on call."""
        return not self.pieces


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of bars in order of time. `is_final`: all that counts in the end, and so without any hole: gaps are bars.

    A rotation beside others has holes where it is off duty, which are no gaps.
    """

    name: str
    bars: tuple[Bar, ...]
    is_final: bool

    @property
    def most_at_once(self) -> int:
        """How many at most are on call at once; at least one."""
        return max((len(bar.pieces) for bar in self.bars), default=1) or 1


@dataclass(frozen=True, slots=True)
class Standing:
    """Who is on call at the moment of the picture, each with the end of their watch (None: no end in sight).

    Nobody: `until` is the end of the gap, where that is in sight.
    """

    holders: tuple[tuple[Who, datetime | None], ...]
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A schedule over a period, in its own zone, as it is known at `now`.

    The first lane is the final one; those of the rotations follow where there are several. `standing` is None where
    `now` lies outside of the period. `off_from`: since when it is switched off, in the period or before; None: it is on
    through all of it. `colours` are by id.
    """

    schedule: str
    zone: ZoneInfo
    off_from: datetime | None
    period: Period
    now: datetime
    standing: Standing | None
    lanes: tuple[Lane, ...]
    colours: Mapping[str, Colour]

    @property
    def is_all_off(self) -> bool:
        """Whether it is switched off from beginning to end."""
        return self.off_from is not None and self.off_from <= self.period.window(self.zone)[0]

    @property
    def final(self) -> Lane:
        """Who is on call in the end."""
        return self.lanes[0]
