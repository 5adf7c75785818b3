"""What the policies made of an alert, told to people and kept with it: which were tried, which fitted, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.vocabulary import PolicyGroup

MOST_PASSED_OVER = 50
"""How many policies that did nothing are kept with an alert one by one; of more there is the number."""
MOST_BROKEN = 10
"""The same of broken ones: a policy stays broken until somebody mends it, and every alert passes it over."""


class Outcome(StrEnum):
    """What came of a policy that was tried."""

    APPLIED = "applied"
    NO_MATCH = "no-match"
    OFF = "off"
    OUTSIDE_HOURS = "outside-hours"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Tried:
    """A policy that was looked at for an alert. `why` is a plain sentence, ready to be escaped and shown.

    `changes` is what it made of the alert: field to what was there and what is there now, both shortened. `team_id` is
    whose policy it is, None is everybody's.
    """

    policy_id: str
    name: str
    group: PolicyGroup
    team_id: str | None
    outcome: Outcome
    why: str
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def trail(tried: Sequence[Tried]) -> list[dict[str, Any]]:
    """What was tried, as it is kept with an alert: in order, all that did something, the first ten that are broken, and
    of the others the first fifty. How many more there were is said by last entries without a policy.
    """
    kept, broken, passed_over = [], 0, 0
    for each in tried:
        if each.outcome is Outcome.BROKEN:
            broken += 1
            if broken > MOST_BROKEN:
                continue
        elif each.outcome is not Outcome.APPLIED:
            passed_over += 1
            if passed_over > MOST_PASSED_OVER:
                continue
        kept.append(_written(each))
    kept += _more(broken - MOST_BROKEN, Outcome.BROKEN, ("is broken", "are broken"))
    kept += _more(passed_over - MOST_PASSED_OVER, Outcome.NO_MATCH, ("did not fit", "did not fit"))
    return kept


def read_trail(kept: Iterable[Mapping[str, Any]]) -> tuple[Tried, ...]:
    """What `trail` wrote."""
    return tuple(
        Tried(
            policy_id=each["policyId"],
            name=each["name"],
            group=PolicyGroup(each["group"]),
            team_id=each.get("teamId"),
            outcome=Outcome(each["outcome"]),
            why=each["why"],
            changes={name: (before, after) for name, (before, after) in each.get("changes", {}).items()},
        )
        for each in kept
    )


def _more(count: int, outcome: Outcome, did: tuple[str, str]) -> list[dict[str, Any]]:
    if count <= 0:
        return []
    words = f"1 more policy {did[0]}." if count == 1 else f"{count:,} more policies {did[1]}."
    return [_written(Tried("", "", PolicyGroup.MODIFY, None, outcome, words))]


def _written(tried: Tried) -> dict[str, Any]:
    written: dict[str, Any] = {
        "policyId": tried.policy_id,
        "name": tried.name,
        "group": tried.group.value,
        "outcome": tried.outcome.value,
        "why": tried.why,
    }
    if tried.team_id is not None:
        written["teamId"] = tried.team_id
    if tried.changes:
        written["changes"] = {name: list(change) for name, change in tried.changes.items()}
    return written
