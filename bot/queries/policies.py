"""Policies as programs know them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from bot.queries.reading import Reading
from bot.vocabulary import PolicyGroup, PolicyType
from storage import policies
from storage.models import Policy

TYPE_OF_EFFECT: Mapping[str, PolicyType] = MappingProxyType(
    {
        "suppress": PolicyType.SUPPRESS,
        "deduplication": PolicyType.DEDUPLICATION,
        "delay": PolicyType.DELAY,
        "autoRestart": PolicyType.AUTO_RESTART,
        "autoClose": PolicyType.AUTO_CLOSE,
    }
)
"""In the order of which the first effect that a policy has says what type it is."""


@dataclass(frozen=True, slots=True)
class PolicyView:
    """A policy; of a team, or of everybody. `place` counts from 0 within its team and group.

    The other parts have the form of the API (storage/models/policies.py).
    """

    id: str
    name: str
    description: str
    team_id: str | None
    group: PolicyGroup
    place: int
    enabled: bool
    filter: Mapping[str, Any]
    restriction: Mapping[str, Any] | None
    continues: bool
    changes: Mapping[str, Any] | None
    effects: Mapping[str, Any]

    @property
    def type(self) -> PolicyType:
        """What it is in the words of the first version of the API, where a policy has one effect."""
        if self.changes is not None:
            return PolicyType.MODIFY
        return next(kind for effect, kind in TYPE_OF_EFFECT.items() if effect in self.effects)


async def by_id(reading: Reading, policy_id: str) -> PolicyView | None:
    """The policy with that id."""
    row = await policies.by_id(reading.session, policy_id)
    return view(row) if row else None


async def listed(
    reading: Reading, team_id: str | None, groups: Collection[PolicyGroup] = tuple(PolicyGroup)
) -> list[PolicyView]:
    """The policies of a team, or of everybody: one of these groups after the other, in its order; one statement."""
    found = [view(row) for row in await policies.of_scope(reading.session, team_id, groups)]
    order = list(PolicyGroup)
    return sorted(found, key=lambda each: order.index(each.group))


def view(row: Policy) -> PolicyView:
    """A policy as its row says."""
    return PolicyView(
        id=row.id,
        name=row.name,
        description=row.description,
        team_id=row.team_id,
        group=PolicyGroup(row.group),
        place=row.position,
        enabled=row.enabled,
        filter=row.filter,
        restriction=row.restriction,
        continues=row.continues,
        changes=row.changes,
        effects=row.effects,
    )
