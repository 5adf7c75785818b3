"""What of a policy is written when it is made, and again when it is replaced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.engines.policies import details_of
from bot.usecases.policies.wanted import WantedPolicy
from bot.usecases.unit import Unit


def contents(unit: Unit, wanted: WantedPolicy, responders: Sequence[dict[str, str]]) -> dict[str, Any]:
    """All that a policy says, by the columns of its row; where it stands is not in it."""
    changes = wanted.changes
    if changes is not None:
        changes = {**changes, "details": details_of(changes.get("details")), "responders": list(responders)}
    return {
        "name": wanted.name or "",
        "description": wanted.description,
        "enabled": bool(wanted.enabled),
        "filter": dict(wanted.filter),
        "restriction": dict(wanted.restriction) if wanted.restriction else None,
        "continues": wanted.continues,
        "changes": changes,
        "effects": dict(wanted.effects),
        "updated_at": unit.now,
    }
