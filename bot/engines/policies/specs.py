"""A policy as it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.vocabulary import PolicyGroup


@dataclass(frozen=True, slots=True)
class PolicySpec:
    """A policy of a team, or (`team_id` is None) of everybody, before it is compiled.

    `filter`, `restriction`, `changes` and `effects` have the form of the API, which is how they are kept; what they may
    hold is what `wrong_filter` and its like leave alone. `zone` is the IANA name of the zone on whose clock the hours
    of the restriction and of a delay are read.
    """

    id: str
    name: str
    team_id: str | None
    group: PolicyGroup
    enabled: bool
    filter: Mapping[str, Any]
    restriction: Mapping[str, Any] | None
    zone: str
    continues: bool
    changes: Mapping[str, Any] | None
    effects: Mapping[str, Any]
