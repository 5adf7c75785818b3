"""Escalations, pure: which steps there are and when, which of them still count, and what comes after the last."""

from bot.engines.escalation.picking import pick
from bot.engines.escalation.plan import (
    Afterwards,
    Plan,
    Repeat,
    Rule,
    Step,
    afterwards,
    counts,
    read_plan,
    read_rule,
    steps,
    written,
)

__all__ = [
    "Afterwards",
    "Plan",
    "Repeat",
    "Rule",
    "Step",
    "afterwards",
    "counts",
    "pick",
    "read_plan",
    "read_rule",
    "steps",
    "written",
]
