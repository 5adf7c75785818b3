"""What reading a time gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Literal
from zoneinfo import ZoneInfo

Direction = Literal["future", "past", "any"]
"""Which way a time that names no single moment looks ("18:00", "fri", "24 dec"); a time that names one is never moved.

`any` is the coming one, today's included even where it has passed; for a date without a year the nearest one.
"""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant in UTC, and the sentence part to echo before anything is changed by it, its zone included."""

    at: datetime
    understood: str


@dataclass(frozen=True, slots=True)
class Range:
    """A half-open window in UTC, `start` before `end`, and the sentence part to echo."""

    start: datetime
    end: datetime
    understood: str


class Shape(Enum):
    """What the words named, which decides how they behave as the end of a range."""

    INSTANT = auto()
    CLOCK = auto()
    DAY = auto()
    DAY_AND_CLOCK = auto()


@dataclass(frozen=True, slots=True)
class Reading:
    """A moment as read: where it lies, in which zone it was meant, and what had to be assumed."""

    at: datetime
    zone: ZoneInfo
    shape: Shape
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standpoint:
    """From where words are read: who speaks when and in which zone, and the moment that `fri` or `18:00` look from.

    `base` is `now`, or for the second part of a range its start.
    """

    now: datetime
    zone: ZoneInfo
    base: datetime
