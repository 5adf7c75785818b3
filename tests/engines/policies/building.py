"""The smallest alerts and policies that tests need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.engines.policies import Decision, Named, PolicySpec, Signal, compile_policies, decide
from bot.vocabulary import AlertResponderKind, PolicyGroup, Severity

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
"""A Wednesday."""
MATCH_ALL = {"type": "match-all"}


def named(kind: str, name: str) -> Named:
    return Named(AlertResponderKind(kind), f"{name}-id", name)


def signal(**fields: Any) -> Signal:
    whole: dict[str, Any] = {
        "message": "Disk full",
        "alias": "host-1/disk",
        "description": "",
        "entity": "",
        "source": "prometheus",
        "priority": Severity.P3,
        "tags": (),
        "actions": (),
        "details": {},
        "responders": (),
        "created_at": NOON,
    }
    return Signal(**{**whole, **fields})


def condition(field: str, operation: str, expected: str | None = None, **more: Any) -> dict[str, Any]:
    return {"field": field, "operation": operation, "expectedValue": expected, **more}


def every(*conditions: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "match-all-conditions", "conditions": list(conditions)}


def some(*conditions: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "match-any-condition", "conditions": list(conditions)}


def modify(name: str = "modify", *, team: str | None = None, goes_on: bool = False, **more: Any) -> PolicySpec:
    return spec(name, PolicyGroup.MODIFY, team=team, goes_on=goes_on, **more)


def notify(name: str = "notify", *, group: PolicyGroup = PolicyGroup.NOTIFICATION, **more: Any) -> PolicySpec:
    return spec(name, group, **more)


def spec(
    name: str,
    group: PolicyGroup,
    *,
    team: str | None = None,
    enabled: bool = True,
    filter: Any = MATCH_ALL,  # noqa: A002 - the field's name
    restriction: Any = None,
    zone: str = "UTC",
    goes_on: bool = False,
    changes: Any = None,
    effects: Any = None,
) -> PolicySpec:
    return PolicySpec(
        id=f"{name}-id",
        name=name,
        team_id=team,
        group=group,
        enabled=enabled,
        filter=filter,
        restriction=restriction,
        zone=zone,
        continues=goes_on,
        changes=changes,
        effects=effects or {},
    )


def decided(
    specs: Sequence[PolicySpec], alert: Signal | None = None, *, now: datetime = NOON, team: str | None = None
) -> Decision:
    return decide(compile_policies(specs), alert or signal(), now=now, team_id=team)
