"""How long policies take over an alert. `python -m tests.bench.bench_policies` prints the table.

Every policy has five conditions of five kinds, one of them a regular expression, of which every other one has to be run
because no plain text stands in it. The engine is asked what it is asked for each alert, from the alert to the decision.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.engines.policies import Named, PolicySpec, Signal, compile_policies, decide, trail
from bot.vocabulary import AlertResponderKind, PolicyGroup, Severity
from tests.bench.calibration import BenchRow, microseconds_of, table, zone_conversion

NOW = datetime(2026, 6, 17, 10, 20, tzinfo=UTC)
ALERT = Signal(
    message="[prod] request latency of checkout is above 300 ms on node ip-10-0-0-17 (p99)",
    alias="node-ip-10-0-0-17.checkout.latency",
    description="The last five minutes were slow. " * 15,
    entity="checkout",
    source="prometheus",
    priority=Severity.P3,
    tags=("prod", "checkout", "latency"),
    actions=("restart",),
    details={"region": "us-east-1", "team": "payments", "runbook": "https://example.org/latency"},
    responders=(Named(AlertResponderKind.TEAM, "team-id", "payments"),),
    created_at=NOW,
)
_ALERTS_A_SECOND = 5_000


def policies(number: int, *, joined_by: tuple[str, ...]) -> list[PolicySpec]:
    """Policies that do not fit the alert, the types of their filters in turn; seven of ten would change it."""
    return [
        PolicySpec(
            id=f"policy-{n}",
            name=f"Policy {n}",
            team_id=None,
            group=PolicyGroup.MODIFY if n % 10 < 7 else PolicyGroup.NOTIFICATION,
            enabled=True,
            filter={"type": joined_by[n % len(joined_by)], "conditions": _conditions(n)},
            restriction=None,
            zone="Europe/Berlin",
            continues=True,
            changes={"message": f"{{{{message}}}} ({n})", "tags": [f"policy-{n}"]} if n % 10 < 7 else None,
            effects={} if n % 10 < 7 else {"suppress": True},
        )
        for n in range(number)
    ]


def that_fit() -> list[PolicySpec]:
    """Four policies for every alert: three that change it with methods, and one that delays it."""
    changes = {
        "message": "{{message.substringAfter('] ').substringBefore(' on')}} in {{details.region.toUpperCase()}}",
        "alias": "{{alias.toLowerCase()}}",
        "description": "{{message.extract(/above (\\d+)/)}} {{description}}",
        "tags": ["seen"],
    }
    delay = {"delay": {"delayOption": "next-weekday", "untilHour": 9, "untilMinute": 0}}
    return [
        *(_for_all(f"change-{n}", PolicyGroup.MODIFY, changes, {}) for n in range(3)),
        _for_all("delay", PolicyGroup.NOTIFICATION, None, delay),
    ]


def rows() -> list[BenchRow]:
    """Every row of the table, measured now; takes a few seconds."""
    step = zone_conversion()
    hard = policies(100, joined_by=("match-any-condition",))
    mixed = [*that_fit(), *policies(96, joined_by=("match-all-conditions", "match-any-condition"))]
    many = policies(1_000, joined_by=("match-any-condition",))
    narrow = policies(1_000, joined_by=("match-all-conditions",))
    known, changed = compile_policies(many), [replace(many[0], continues=False), *map(deepcopy, many[1:])]

    def deciding(specs: list[PolicySpec]) -> Callable[[], object]:
        rulebook = compile_policies(specs)
        return lambda: decide(rulebook, ALERT, now=NOW, team_id=None)

    def row(name: str, act: Callable[[], object], alerts_a_second: int | None, *, times: int = 100) -> BenchRow:
        taken = microseconds_of(act, calls=5, repetitions=times)
        target = 1e6 / alerts_a_second if alerts_a_second else None
        return BenchRow(name, taken, taken / step, target, f"{1e6 / taken:,.0f} a second")

    tried = decide(compile_policies(hard), ALERT, now=NOW, team_id=None).tried
    return [
        BenchRow("calibration: one zoneinfo conversion", step, 1.0),
        row("an alert through 100 policies, all 500 conditions judged", deciding(hard), _ALERTS_A_SECOND),
        row("the same, 4 fit, half need all of their conditions", deciding(mixed), _ALERTS_A_SECOND),
        row("through 1,000 policies, all 5,000 conditions judged", deciding(many), None, times=20),
        row("through 1,000 policies that need all of their conditions", deciding(narrow), None, times=20),
        row("the trail of 100 policies, to be kept", lambda: trail(tried), None),
        row("100 policies compiled", lambda: compile_policies(hard), None, times=5),
        row("1,000 policies, of which one has changed", lambda: compile_policies(changed, known=known), None, times=5),
    ]


def _conditions(n: int) -> list[dict[str, Any]]:
    expression = f"host-{n}\\..*" if n % 2 else f"(db|web)-{n}\\d*\\..*"
    return [
        {"field": "message", "operation": "contains", "expectedValue": f"service-{n}"},
        {"field": "tags", "operation": "contains", "expectedValue": f"tag-{n}"},
        {"field": "details", "key": "region", "operation": "starts-with", "expectedValue": f"eu-{n}"},
        {"field": "priority", "operation": "greater-than", "expectedValue": "P2"},
        {"field": "alias", "operation": "matches", "expectedValue": expression},
    ]


def _for_all(name: str, group: PolicyGroup, changes: dict[str, Any] | None, effects: dict[str, Any]) -> PolicySpec:
    return PolicySpec(
        id=name,
        name=name,
        team_id=None,
        group=group,
        enabled=True,
        filter={"type": "match-all"},
        restriction=None,
        zone="Europe/Berlin",
        continues=True,
        changes=changes,
        effects=effects,
    )


if __name__ == "__main__":
    print(table(rows()))
