"""Make a schedule."""

from __future__ import annotations

from bot.usecases.schedules.meaning import meant
from bot.usecases.schedules.planning import plan_new
from bot.usecases.schedules.rows import described, store_rotations
from bot.usecases.schedules.saving import save_row
from bot.usecases.schedules.wanted import WantedSchedule
from bot.usecases.unit import Unit


async def create(unit: Unit, wanted: WantedSchedule) -> str:
    """Make the schedule, and its team where that is new; answers its id, also as the unit's outcome.

    Raises:
        NotAllowed: an outsider asks.
        Taken: another schedule has that name; nothing else is wrong.
        BadFields: something in it is wrong; everything is named at once.
    """
    plan = await plan_new(unit.reading, unit.actor, wanted, meant=await meant(unit, wanted))
    row = await save_row(unit, None, plan)
    stored = await store_rotations(unit, plan.after, row.id)
    after = {**described(stored, plan.team, plan.description), "version": row.version}
    await unit.event("create-schedule", row.id, after=after)
    unit.outcome = row.id
    return row.id
