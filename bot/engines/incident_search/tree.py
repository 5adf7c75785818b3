"""A query, read: conditions and what joins them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.vocabulary import Comparison, IncidentField, IncidentStatus, PostmortemStatus, Severity

Value: TypeAlias = str | int | datetime | IncidentStatus | Severity | PostmortemStatus | None
"""A text, in which `*` is anything; a number; an instant; one of a closed set; None is no postmortem at all."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What one field has to be."""

    field: IncidentField
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
