"""What a team that a program makes comes with: a schedule, an escalation that notifies it, a rule that leads there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import IntegrityError

from bot.errors import Taken
from bot.usecases.escalations.held import described
from bot.usecases.schedules.create import create as create_schedule
from bot.usecases.schedules.wanted import UNSAID, ExistingTeam, WantedSchedule
from bot.usecases.unit import Unit
from bot.vocabulary import CriteriaKind, EscalationCondition, RecipientKind, RouteKind, StepNotifies
from storage import events, references, usages
from storage.models import Escalation, RoutingRule, Schedule, Team
from storage.references import Lock

MOST_OF_A_NAME = 100
DEFAULT_RULE = "Default Routing Rule"


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a team came with; None: it is gone."""

    schedule: Schedule | None
    escalation: Escalation | None


async def make_defaults(unit: Unit, team: Team) -> dict[str, str]:
    """Make them; answers their ids as the event of the team's making keeps them, for `defaults_of`.

    The schedule has no rotations yet, and the zone most people live in. The escalation notifies whoever is on call by
    it at once, who is next after five minutes, and the whole team after ten, as long as nobody acknowledges.
    """
    schedule_id = await _schedule(unit, team)
    escalation = await _escalation(unit, team, schedule_id)
    unit.session.add(
        RoutingRule(
            team_id=team.id,
            name=DEFAULT_RULE,
            position=0,
            is_default=True,
            criteria={"type": CriteriaKind.MATCH_ALL.value},
            notify_type=RouteKind.ESCALATION,
            notify_id=escalation.id,
        )
    )
    return {"schedule_id": schedule_id, "escalation_id": escalation.id}


async def unused_defaults_of(unit: Unit, team: Team) -> Defaults:
    """What a team came with, as far as it is as it was and nothing but the team stands on it: it goes with the team."""
    made = await events.latest(unit.session, team.id, "create-team")
    ids = [made.after[key] for key in ("schedule_id", "escalation_id") if key in made.after] if made else []
    escalation = next(iter(await references.identified(unit.session, Escalation, ids=ids, lock=Lock.CHANGE)), None)
    schedule = next(iter(await references.identified(unit.session, Schedule, ids=ids, lock=Lock.CHANGE)), None)
    if escalation is not None and not await _is_unused(unit, team, escalation, ids):
        escalation = None
    if schedule is not None and not await _is_empty(unit, team, schedule, escalation):
        schedule = None
    return Defaults(schedule, escalation)


async def _schedule(unit: Unit, team: Team) -> str:
    taken = await references.identified(unit.session, Schedule, names=_candidates(team.name, "schedule"))
    name = _free(team.name, "schedule", {each.name for each in taken})
    return await create_schedule(unit, WantedSchedule(name, UNSAID, ExistingTeam(id=team.id), UNSAID))


async def _escalation(unit: Unit, team: Team, schedule_id: str) -> Escalation:
    taken = await references.identified(unit.session, Escalation, names=_candidates(team.name, "escalation"))
    name = _free(team.name, "escalation", {each.name for each in taken})
    row = Escalation(name=name, team_id=team.id, rules=_rules(team.id, schedule_id), created_at=unit.now)
    try:
        async with unit.session.begin_nested():
            unit.session.add(row)
    except IntegrityError as error:  # somebody took the name since we looked
        raise Taken({"name": f"What this team comes with would be called {name}, and that is taken."}) from error
    await unit.event("create-escalation", row.id, after=described(row))
    return row


def _rules(team_id: str, schedule_id: str) -> list[dict[str, Any]]:
    on_call = {"type": RecipientKind.SCHEDULE.value, "id": schedule_id}
    everybody = {"type": RecipientKind.TEAM.value, "id": team_id}
    steps = ((0, StepNotifies.DEFAULT, on_call), (5, StepNotifies.NEXT, on_call), (10, StepNotifies.ALL, everybody))
    return [
        {
            "condition": EscalationCondition.NOT_ACKNOWLEDGED.value,
            "notify_type": notifies.value,
            "delay_minutes": minutes,
            "recipient": recipient,
        }
        for minutes, notifies, recipient in steps
    ]


def _candidates(team: str, kind: str) -> list[str]:
    """`web_schedule`, and where that is taken, as after a team was renamed, `web_schedule_2` and so on."""
    endings = (f"_{kind}", *(f"_{kind}_{number}" for number in range(2, 100)))
    return [f"{team[: MOST_OF_A_NAME - len(ending)]}{ending}" for ending in endings]


def _free(team: str, kind: str, taken: Collection[str]) -> str:
    candidates = _candidates(team, kind)
    return next((name for name in candidates if name not in taken), candidates[-1])


async def _is_unused(unit: Unit, team: Team, escalation: Escalation, ids: Collection[str]) -> bool:
    """Whether it says what it said when it was made, and only the team's own rules lead to it."""
    as_made = any(escalation.rules == _rules(team.id, schedule_id) for schedule_id in ids)
    if not as_made or escalation.repeat or escalation.description or escalation.team_id != team.id:
        return False
    session = unit.session
    return not (
        await usages.routing_rules_with(session, escalation.id, but_of_team=team.id)
        or await usages.policies_with(session, escalation.id, but_of_team=team.id)
        or await usages.rosters_with(session, escalation.id, now=unit.now)
        or await usages.overrides_with(session, escalation.id)
    )


async def _is_empty(unit: Unit, team: Team, schedule: Schedule, escalation: Escalation | None) -> bool:
    """Whether nobody ever touched it, and only the escalation that it came with notifies it."""
    if schedule.version != 1 or schedule.team_id != team.id:
        return False
    session = unit.session
    return not (
        await usages.schedule_has_anything(session, schedule.id)
        or await usages.escalations_with(session, schedule.id, but=[escalation.id] if escalation else [])
        or await usages.routing_rules_with(session, schedule.id, but_of_team=team.id)
        or await usages.policies_with(session, schedule.id, but_of_team=team.id)
    )
