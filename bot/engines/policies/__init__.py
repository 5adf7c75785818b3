"""What happens to an alert before anybody hears of it: policies, compiled once, asked of every new alert."""

from __future__ import annotations

from bot.engines.policies.change_checks import wrong_changes
from bot.engines.policies.changes import details_of
from bot.engines.policies.compiling import Rulebook, compile_policies
from bot.engines.policies.deciding import Decision, decide
from bot.engines.policies.effects import Deduplication, Effects, Restart, wrong_effects
from bot.engines.policies.filters import Filter, compile_filter, wrong_filter
from bot.engines.policies.hours import within, wrong_restriction
from bot.engines.policies.signals import Named, Signal
from bot.engines.policies.specs import PolicySpec
from bot.engines.policies.trail import MOST_BROKEN, Outcome, Tried, read_trail, trail

__all__ = [
    "MOST_BROKEN",
    "Decision",
    "Deduplication",
    "Effects",
    "Filter",
    "Named",
    "Outcome",
    "PolicySpec",
    "Restart",
    "Rulebook",
    "Signal",
    "Tried",
    "compile_filter",
    "compile_policies",
    "decide",
    "details_of",
    "read_trail",
    "trail",
    "within",
    "wrong_changes",
    "wrong_effects",
    "wrong_filter",
    "wrong_restriction",
]
