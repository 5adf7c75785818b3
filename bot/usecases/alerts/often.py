"""Deduplication: the people of an alert are told once so many of it have come together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.engines.policies import Deduplication, Effects
from bot.usecases.unit import Unit
from bot.vocabulary import DeduplicationKind
from storage.models import Alert


def kept_rule(effects: Effects) -> dict[str, Any] | None:
    """The rule as it is kept with an alert; None where its people are told at once.

    `not_before` and `restart` are what else is to be minded once they are told.
    """
    rule = effects.deduplication
    if rule is None or effects.suppress:
        return None
    return {
        "kind": rule.kind.value,
        "count": rule.count,
        "seconds": rule.within.total_seconds() if rule.within else None,
        "not_before": effects.delay_until.isoformat() if effects.delay_until else None,
        "restart": restart_of(effects),
    }


def restart_of(effects: Effects) -> dict[str, Any] | None:
    """How often all are told again, as the details of a timer."""
    restart = effects.restart
    if restart is None or effects.suppress or restart.most < 1:
        return None
    return {"seconds": restart.after.total_seconds(), "most": restart.most}


def described_rule(rule: Deduplication) -> dict[str, Any]:
    """The rule for the log."""
    return {
        "kind": rule.kind.value,
        "count": rule.count,
        "seconds": rule.within.total_seconds() if rule.within else None,
    }


def comes_often(unit: Unit, alert: Alert) -> bool:
    """Note this occurrence, and say whether with it so many have come that its people are to be told.

    Of a frequency those that have led to that do not count a second time.
    """
    rule: Mapping[str, Any] = alert.deduplication or {}
    if rule["kind"] == DeduplicationKind.VALUE_BASED:
        return alert.count % int(rule["count"]) == 0
    since = unit.now - timedelta(seconds=rule["seconds"] or 0)
    recent = [each for each in alert.recent if datetime.fromisoformat(each) >= since]
    recent.append(unit.now.isoformat())
    is_often = len(recent) >= int(rule["count"])
    alert.recent = [] if is_often else recent
    return is_often


def not_before(alert: Alert) -> datetime | None:
    """Before when its people are not told, however often it comes."""
    kept = (alert.deduplication or {}).get("not_before")
    return datetime.fromisoformat(kept) if kept else None
