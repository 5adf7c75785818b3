"""A signal as the policies see it, and what of their doing the log tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.engines.policies import MOST_BROKEN, Decision, Named, Outcome, Signal
from bot.queries.alert_log import AlertHappening
from bot.usecases.alerts.often import described_rule
from bot.usecases.alerts.wanted import WantedAlert, cut_message
from bot.usecases.labels import tidied
from bot.usecases.unit import Unit
from bot.vocabulary import PolicyGroup


def signal_of(
    unit: Unit, wanted: WantedAlert, called: Sequence[Named], *, alert_id: str, number: int | None = None
) -> Signal:
    """The alert as it was sent. One without an alias has its id for one, so that nothing else counts it."""
    return Signal(
        message=cut_message(wanted.message),
        alias=wanted.alias.strip() or alert_id,
        description=wanted.description,
        entity=wanted.entity.strip(),
        source=wanted.source.strip(),
        priority=wanted.priority,
        tags=tuple(tidied(wanted.tags)),
        actions=tuple(tidied(wanted.actions)),
        details=dict(wanted.details),
        responders=tuple(called),
        created_at=unit.now,
        id=alert_id,
        number=number,
    )


def what_policies_did(decision: Decision) -> list[tuple[AlertHappening, Mapping[str, Any]]]:
    """What of a decision keeps people from being told at once, and which policies are broken."""
    effects, policy = decision.effects, _name_of_last(decision)
    broken = [each for each in decision.tried if each.outcome is Outcome.BROKEN]
    found: list[tuple[AlertHappening, Mapping[str, Any]]] = [
        (AlertHappening.POLICY_BROKEN, {"policy": each.name, "why": each.why}) for each in broken[:MOST_BROKEN]
    ]
    if len(broken) > MOST_BROKEN:
        found.append((AlertHappening.POLICIES_BROKEN, {"more": len(broken) - MOST_BROKEN}))
    if effects.suppress:
        found.append((AlertHappening.SUPPRESSED, {"policy": policy}))
        return found
    if effects.delay_until is not None:
        found.append((AlertHappening.DELAYED, {"until": effects.delay_until.isoformat(), "policy": policy}))
    if effects.deduplication is not None:
        rule = described_rule(effects.deduplication)
        found.append((AlertHappening.HELD_BACK, {"deduplication": rule, "policy": policy}))
    return found


def _name_of_last(decision: Decision) -> str:
    """The notification policy that counts: of several the one that came last."""
    applied = (
        each.name
        for each in reversed(decision.tried)
        if each.group is PolicyGroup.NOTIFICATION and each.outcome is Outcome.APPLIED
    )
    return next(applied, "")
