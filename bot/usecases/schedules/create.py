"""Make a schedule."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from bot.errors import BadFields
from bot.usecases.schedules.checking import name_taken
from bot.usecases.schedules.planning import Plan, plan_new
from bot.usecases.schedules.rows import described, store_rotations
from bot.usecases.schedules.wanted import WantedSchedule
from bot.usecases.teams.name_team import name_team
from bot.usecases.unit import Unit
from storage.models import Schedule
from storage.models.base import name_key


async def create(unit: Unit, wanted: WantedSchedule) -> str:
    """Make the schedule, switched on, and its team where that is new; answers its id, also as the unit's outcome.

    Raises:
        NotAllowed: an outsider asks.
        BadFields: something in it is wrong; everything is named at once.
    """
    plan = await plan_new(unit.reading, unit.person, wanted)
    row = await _insert(unit, plan)
    stored = await store_rotations(unit, plan.after, row.id)
    after = {**described(stored, plan.team), "version": row.version}
    await unit.event("create-schedule", row.id, after=after)
    unit.outcome = row.id
    return row.id


async def _insert(unit: Unit, plan: Plan) -> Schedule:
    team = await name_team(unit, plan.team) if plan.team else None
    row = Schedule(
        name=plan.after.name,
        name_key=name_key(plan.after.name),
        timezone=plan.after.zone.key,
        team_id=team.id if team else None,
        created_at=unit.now,
    )
    try:
        async with unit.session.begin_nested():
            unit.session.add(row)
    except IntegrityError as error:
        raise BadFields({"name": name_taken(row.name)}) from error
    return row
