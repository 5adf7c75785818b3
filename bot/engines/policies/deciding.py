"""What becomes of an alert: all policies asked in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.engines.expressions import Patience
from bot.engines.policies.compiling import Policy, Rulebook
from bot.engines.policies.effects import Effects
from bot.engines.policies.facts import Facts
from bot.engines.policies.faults import shortened
from bot.engines.policies.signals import Signal
from bot.engines.policies.trail import Outcome, Tried
from bot.vocabulary import PolicyGroup

_APPLIED = Outcome.APPLIED
_TOO_LATE = "Those before it took too long for this alert: neither it nor any that comes after it was asked."
_LOOKS_AT_THE_CLOCK_EACH = 8
"""Policies: to look takes as long as to ask one."""
_EFFECT_GROUPS = (PolicyGroup.NOTIFICATION, PolicyGroup.AUTO_RESTART, PolicyGroup.AUTO_CLOSE)


@dataclass(frozen=True, slots=True)
class Decision:
    """An alert as the policies leave it, what is to happen with it, and all that was tried, in that order."""

    signal: Signal
    effects: Effects
    tried: tuple[Tried, ...]


def decide(rulebook: Rulebook, signal: Signal, *, now: datetime, team_id: str | None) -> Decision:
    """What becomes of an alert. Never raises: a policy that fails is passed over, and the trail says so.

    Nor does it go on for ever: after SECONDS_IN_ALL of processor time the policies still to come are not asked, which
    the trail says of the first of them.

    `team_id` is the team of the key it came by. Without one everybody's policies may yet bring it to a team: then, if
    there is just one among its responders, that team's policies hold too. In order: everybody's changes, the team's
    changes, everybody's effects, the team's effects; of each the first policy that fits counts (of changes also the
    next, after one that says so), and sees the alert as those before have left it. Where two policies name the same
    effect the later one counts, so that a team's takes the place of everybody's.
    """
    course = _Course(signal, now)
    course.change(rulebook.of(None, PolicyGroup.MODIFY))
    team = team_id or _only_team(course.signal)
    if team is not None:
        course.change(rulebook.of(team, PolicyGroup.MODIFY))
    for scope in (None,) if team is None else (None, team):
        for group in _EFFECT_GROUPS:
            course.take_effect(rulebook.of(scope, group))
    return Decision(course.signal, course.effects.settled, tuple(course.tried))


def _only_team(signal: Signal) -> str | None:
    teams = signal.teams
    return teams[0].id if len(teams) == 1 else None


class _Course:
    """An alert on its way through the policies."""

    __slots__ = ("effects", "facts", "has_ended", "now", "patience", "signal", "tried")

    def __init__(self, signal: Signal, now: datetime) -> None:
        self.signal = signal
        self.now = now
        self.patience = Patience()
        self.facts = Facts(signal, self.patience)
        self.effects = Effects()
        self.tried: list[Tried] = []
        self.has_ended = False

    def change(self, policies: tuple[Policy, ...]) -> None:
        """Let the first that fits change the alert, and those after it as long as each says so."""
        to_come = iter(policies)
        while (policy := self._next_that_fits(to_come, self._changed)) and policy.spec.continues:
            pass

    def take_effect(self, policies: tuple[Policy, ...]) -> None:
        """Let the first that fits do what it does."""
        self._next_that_fits(iter(policies), self._effective)

    def _next_that_fits(self, to_come: Iterator[Policy], act: Callable[[Policy], Tried]) -> Policy | None:
        """The next policy that fits, which has acted by then; those before it are told of as well."""
        if self.has_ended:
            return None
        facts, patience, tried = self.facts, self.patience, self.tried
        for policy in to_come:
            if len(tried) % _LOOKS_AT_THE_CLOCK_EACH == 0 and self._ends_before(policy):
                return None
            try:
                told = policy.refusal(facts)
                if told is None:
                    told = act(policy) if policy.is_open(self.now) else policy.outside_hours
            except Exception as error:  # an alert is never lost to a policy, whatever happens in it
                told = policy.tried(Outcome.BROKEN, f"It failed: {type(error).__name__}.")
            if patience.overran:
                told = self._without_patience(told)
            tried.append(told)
            if told.outcome is _APPLIED:
                return policy
        return None

    def _ends_before(self, policy: Policy) -> bool:
        """Whether all that there is time for has been asked by now. What the trail says of this is the last of it."""
        self.has_ended = self.patience.is_over
        if self.has_ended:
            self.tried.append(policy.tried(Outcome.BROKEN, _TOO_LATE))
        return self.has_ended

    def _changed(self, policy: Policy) -> Tried:
        if policy.change is None:
            return policy.tried(Outcome.APPLIED, policy.why)
        changed = policy.change(self.facts)
        if changed.signal is not self.signal:
            self.signal = changed.signal
            self.facts = Facts(changed.signal, self.patience)
        return policy.tried(Outcome.APPLIED, " ".join((policy.why, *changed.notes)), changed.changes)

    def _effective(self, policy: Policy) -> Tried:
        effects, words = self.effects, [policy.why]
        for effect in policy.effects:
            effects, sentence = effect(effects, self.now)
            words.append(sentence)
        self.effects = effects
        return policy.tried(Outcome.APPLIED, " ".join(words))

    def _without_patience(self, told: Tried) -> Tried:
        expressions = ", ".join(f"“{shortened(each)}”" for each in dict.fromkeys(self.patience.overran))
        self.patience.overran.clear()
        return replace(told, why=f"{told.why} It took too long to see what {expressions} matches.")
