"""What an escalation does about an alert, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.vocabulary import EscalationCondition, RecipientKind, StepNotifies

SHORTEST_REPEAT = timedelta(minutes=1)
"""An escalation that is repeated without a wait would never let anybody answer."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Whom to tell, and how long after the beginning."""

    condition: EscalationCondition
    notifies: StepNotifies
    delay: timedelta
    kind: RecipientKind
    recipient_id: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """How long after the last step everything begins again, and how often.

    `resets`: who has answered is asked anew. `closes`: after the last time the alert is closed.
    """

    wait: timedelta
    count: int
    resets: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """An escalation."""

    rules: tuple[Rule, ...]
    repeat: Repeat | None


@dataclass(frozen=True, slots=True)
class Step:
    """A rule and when it is due; `place` counts from 1 in order of time."""

    place: int
    at: datetime
    rule: Rule


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What comes after the last step, and when: another round, or, where `round` is None, the alert's end."""

    at: datetime
    round: int | None


def read_plan(rules: Sequence[Mapping[str, Any]], repeat: Mapping[str, Any] | None) -> Plan:
    """The escalation that is kept as these (storage/models/escalations.py).

    One that is repeated no time at all, without closing the alert, is not repeated.
    """
    return Plan(tuple(read_rule(each) for each in rules), _read_repeat(repeat or {}))


def read_rule(kept: Mapping[str, Any]) -> Rule:
    """The rule that is kept as this."""
    return Rule(
        condition=EscalationCondition(kept["condition"]),
        notifies=StepNotifies(kept["notify_type"]),
        delay=timedelta(minutes=kept["delay_minutes"]),
        kind=RecipientKind(kept["recipient"]["type"]),
        recipient_id=kept["recipient"]["id"],
    )


def written(rule: Rule) -> dict[str, Any]:
    """The rule as it is kept: what `read_rule` reads."""
    return {
        "condition": rule.condition.value,
        "notify_type": rule.notifies.value,
        "delay_minutes": rule.delay // timedelta(minutes=1),
        "recipient": {"type": rule.kind.value, "id": rule.recipient_id},
    }


def steps(plan: Plan, *, began_at: datetime) -> tuple[Step, ...]:
    """All steps of a round in order of time, those of the same time in order of the rules."""
    ordered = sorted(plan.rules, key=lambda rule: rule.delay)
    return tuple(Step(place, began_at + rule.delay, rule) for place, rule in enumerate(ordered, start=1))


def afterwards(plan: Plan, *, began_at: datetime, round_: int) -> Afterwards | None:
    """What comes after a round, of which the first is 0; None where nothing does."""
    repeat = plan.repeat
    if repeat is None:
        return None
    at = began_at + max((rule.delay for rule in plan.rules), default=timedelta()) + repeat.wait
    if round_ < repeat.count:
        return Afterwards(at, round_ + 1)
    return Afterwards(at, None) if repeat.closes else None


def counts(condition: EscalationCondition, *, is_open: bool, acknowledged: bool) -> bool:
    """Whether a step with that condition is taken, as the alert stands."""
    return is_open and not (acknowledged and condition is EscalationCondition.NOT_ACKNOWLEDGED)


def _read_repeat(kept: Mapping[str, Any]) -> Repeat | None:
    repeat = Repeat(
        wait=max(timedelta(minutes=kept.get("wait_interval") or 0), SHORTEST_REPEAT),
        count=kept.get("count") or 0,
        resets=bool(kept.get("reset_recipient_states")),
        closes=bool(kept.get("close_alert_after_all")),
    )
    is_asked_for = bool(kept.get("wait_interval")) or repeat.count > 0
    return repeat if is_asked_for and (repeat.count or repeat.closes) else None
