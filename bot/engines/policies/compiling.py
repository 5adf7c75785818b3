"""Policies made ready once, so that each alert costs little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import MappingProxyType

from bot.engines.policies.change_checks import wrong_changes
from bot.engines.policies.changes import Changed, compile_changes, wants_number
from bot.engines.policies.effects import Effect, compile_effects, wrong_effects
from bot.engines.policies.facts import Facts
from bot.engines.policies.faults import told_together
from bot.engines.policies.filters import compile_filter
from bot.engines.policies.hours import compile_hours
from bot.engines.policies.specs import PolicySpec
from bot.engines.policies.trail import Outcome, Tried
from bot.errors import Unreadable
from bot.vocabulary import PolicyGroup

_EFFECTIVE = frozenset(PolicyGroup) - {PolicyGroup.MODIFY}


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy, ready to be tried: `refusal` answers None for an alert it is for, else what the trail says of it.

    `why` says in a sentence why it fits where it does. One that is off or broken refuses every alert.
    """

    spec: PolicySpec
    why: str
    refusal: Callable[[Facts], Tried | None]
    is_open: Callable[[datetime], bool]
    outside_hours: Tried
    change: Callable[[Facts], Changed] | None
    effects: tuple[Effect, ...]

    def tried(self, outcome: Outcome, why: str, changes: Mapping[str, tuple[str, str]] | None = None) -> Tried:
        """What the trail says of it."""
        return tried_of(self.spec, outcome, why, changes)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All policies, compiled: of each team (None: everybody's) and group those that are tried one after the other.

    `wants_number`: a text of one of them may ask for the number of the alert.
    """

    policies: Mapping[tuple[str | None, PolicyGroup], tuple[Policy, ...]]
    wants_number: bool = False

    def of(self, team_id: str | None, group: PolicyGroup) -> tuple[Policy, ...]:
        """The policies of a team, or everybody's, in their order; none for a team that has none."""
        return self.policies.get((team_id, group), ())


def compile_policies(specs: Iterable[PolicySpec], *, known: Rulebook | None = None) -> Rulebook:
    """The policies, ready to be asked of many alerts; of each team and group they are tried in the order given.

    Of those in `known` that say the same still nothing is compiled again. Never raises: a policy that cannot be
    compiled is kept, changes nothing, and the trail says what is wrong with it.
    """
    compiled = {each.spec.id: each for policies in known.policies.values() for each in policies} if known else {}
    grouped: defaultdict[tuple[str | None, PolicyGroup], list[Policy]] = defaultdict(list)
    for spec in specs:
        policy = compiled.get(spec.id)
        grouped[spec.team_id, spec.group].append(policy if policy and policy.spec == spec else _compiled(spec))
    ready = [each for policies in grouped.values() for each in policies if each.change is not None]
    return Rulebook(
        MappingProxyType({key: tuple(policies) for key, policies in grouped.items()}),
        wants_number=any(wants_number(each.spec.changes or {}) for each in ready),
    )


def tried_of(
    spec: PolicySpec, outcome: Outcome, why: str, changes: Mapping[str, tuple[str, str]] | None = None
) -> Tried:
    """What the trail says of a policy."""
    return Tried(spec.id, spec.name, spec.group, spec.team_id, outcome, why, changes or {})


def _compiled(spec: PolicySpec) -> Policy:
    if not spec.enabled:
        return _inert(spec, Outcome.OFF, "It is switched off.")
    try:
        faults = _faults(spec)
        if faults:
            return _inert(spec, Outcome.BROKEN, told_together(faults))
        return _ready(spec)
    except Unreadable as error:
        return _inert(spec, Outcome.BROKEN, error.sentence)
    except Exception as error:  # an alert is never lost to a policy, whatever is kept of it
        return _inert(spec, Outcome.BROKEN, f"It cannot be read: {type(error).__name__}.")


def _faults(spec: PolicySpec) -> dict[str, str]:
    faults = dict(wrong_changes(spec.changes)) if spec.changes is not None else {}
    if spec.group in _EFFECTIVE:
        faults.update(wrong_effects(spec.effects))
    return faults


def _ready(spec: PolicySpec) -> Policy:
    filter_ = compile_filter(spec.filter)
    if filter_.broken:
        return _inert(spec, Outcome.BROKEN, filter_.broken)
    return Policy(
        spec=spec,
        why=filter_.why,
        refusal=filter_.refusal(partial(tried_of, spec, Outcome.NO_MATCH)),
        is_open=compile_hours(spec.restriction, spec.zone),
        outside_hours=tried_of(spec, Outcome.OUTSIDE_HOURS, f"It does not hold at this hour ({spec.zone})."),
        change=None if spec.changes is None else compile_changes(spec.changes),
        effects=compile_effects(spec.effects, spec.zone) if spec.group in _EFFECTIVE else (),
    )


def _inert(spec: PolicySpec, outcome: Outcome, why: str) -> Policy:
    told = tried_of(spec, outcome, why)
    return Policy(spec, why, lambda _: told, lambda _: False, told, None, ())
