"""A query, read: conditions and what joins them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from bot.vocabulary import Comparison

Value: TypeAlias = str | int | bool | datetime | StrEnum | None
"""A text, in which `*` is anything; a number; yes or no; an instant; one of a closed set; None is none at all."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What one field has to be."""

    field: StrEnum
    comparison: Comparison
    value: Value


@dataclass(frozen=True, slots=True)
class Every:
    """All of the parts have to be so; of none, everything is."""

    parts: tuple[Search, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """One of the parts at least has to be so."""

    parts: tuple[Search, ...]


@dataclass(frozen=True, slots=True)
class Opposite:
    """The part must not be so."""

    part: Search


Search: TypeAlias = Condition | Every | Either | Opposite
