"""What a program wants an escalation to be, looked at step by step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.usecases.fields import Faults, wrong_name, wrong_text
from bot.usecases.references import Found, Ref, missing, named, people_named
from bot.usecases.staying import staying
from bot.usecases.unit import Unit
from bot.vocabulary import EscalationCondition, RecipientKind, StepNotifies
from storage.models import Schedule, Team, User

LONGEST_NAME = 100
LONGEST_DESCRIPTION = 10_000
MOST_RULES = 100
LONGEST_DELAY = 100_000
"""In minutes: two months. The surface refuses more, as it refuses more rules, and none."""


@dataclass(frozen=True, slots=True)
class WantedStep:
    """One rule. The delay is in minutes, counted from the alert; the name of a user is the user name."""

    condition: EscalationCondition
    notifies: StepNotifies
    delay: int
    kind: RecipientKind
    recipient: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedEscalation:
    """None: nothing was said. `repeat` has the form in which it is kept; an empty one means none."""

    name: str | None = None
    description: str | None = None
    team: Ref | None = None
    rules: Sequence[WantedStep] | None = None
    repeat: Mapping[str, Any] | None = None


def look_at(wanted: WantedEscalation, faults: Faults) -> None:
    """Note everything that is wrong but for what does not exist."""
    if wanted.name is not None:
        faults.add("name", wrong_name(wanted.name, called="name", limit=LONGEST_NAME))
    if wanted.description is not None:
        faults.add("description", wrong_text(wanted.description, called="description", limit=LONGEST_DESCRIPTION))


async def rules_of(
    unit: Unit, wanted: Sequence[WantedStep], faults: Faults, *, before: Iterable[Mapping[str, Any]] = ()
) -> list[dict[str, Any]]:
    """The rules as they are kept. Whom they notify is looked up, and stays until this transaction ends.

    Seven statements at most; what there is not is noted as a fault, under `rules.0.recipient`. Whom rules notified
    `before` they may go on to notify, also who has left since, or what is not within the reach of the key.
    """
    users = await people_named(unit, _of(wanted, RecipientKind.USER))
    teams = await named(unit, Team, _of(wanted, RecipientKind.TEAM))
    schedules = await named(unit, Schedule, _of(wanted, RecipientKind.SCHEDULE))
    there = await staying(unit.reading, {(rule["recipient"]["type"], rule["recipient"]["id"]) for rule in before})
    kept: list[dict[str, Any]] = []
    for place, step in enumerate(wanted):
        recipient_id = _recipient(step, users, teams, schedules) or there.of(step.kind.value, step.recipient)
        if recipient_id is None:
            faults.add(f"rules.{place}.recipient", missing(step.kind.value, step.recipient))
            continue
        kept.append(
            {
                "condition": step.condition.value,
                "notify_type": step.notifies.value,
                "delay_minutes": step.delay,
                "recipient": {"type": step.kind.value, "id": recipient_id},
            }
        )
    return kept


def _of(wanted: Sequence[WantedStep], kind: RecipientKind) -> list[Ref]:
    return [step.recipient for step in wanted if step.kind is kind]


def _recipient(step: WantedStep, users: Found[User], teams: Found[Team], schedules: Found[Schedule]) -> str | None:
    found: User | Team | Schedule | None
    if step.kind is RecipientKind.USER:
        found = users.of(step.recipient)
    elif step.kind is RecipientKind.TEAM:
        found = teams.of(step.recipient)
    else:
        found = schedules.of(step.recipient)
    return found.id if found else None
