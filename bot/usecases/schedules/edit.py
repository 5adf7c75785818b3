"""Edit a schedule without changing its past."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified

from bot.errors import BadFields, Conflict, NotFound
from bot.usecases.schedules.checking import name_taken
from bot.usecases.schedules.kept_rows import rows_of
from bot.usecases.schedules.planning import EditPlan, plan_edit
from bot.usecases.schedules.rows import closings, described, store_rotations
from bot.usecases.schedules.wanted import TakesEffect, WantedSchedule
from bot.usecases.teams.name_team import name_team
from bot.usecases.unit import Unit
from storage import schedules
from storage.models import Schedule
from storage.models.base import name_key


async def edit(unit: Unit, schedule_id: str, wanted: WantedSchedule, *, version: int, effect: TakesEffect) -> str:
    """Make the schedule what is wanted, now or rotation by rotation at the next hand-off; answers its id.

    `version` is that of the row which the person saw. Rotations that are not wanted any more are closed. Nothing is
    written down where nothing changes.

    Raises:
        NotFound: it is gone.
        NotAllowed: they may not edit it.
        Conflict: somebody else edited it since; `theirs` is the schedule as it is now, a `queries.schedules.Watched`.
        BadFields: something in it is wrong; everything is named at once.
    """
    row = await schedules.by_id(unit.session, schedule_id, lock=True)
    if row is None:
        raise NotFound("That schedule is gone. `/oncall schedules` lists those there are.")
    plan = await plan_edit(unit.reading, unit.person, schedule_id, wanted, effect)
    before = plan.before
    if row.version != version:
        raise Conflict(f"Somebody else changed {row.name} meanwhile.", theirs=before, version=row.version)
    unit.outcome = row.id
    if plan.after == before.schedule and plan.team == plan.team_before:
        return row.id
    rows = await rows_of(unit, row)
    await _update(unit, row, plan)
    stored = await store_rotations(unit, plan.after, row.id)
    await unit.event(
        "edit-schedule",
        row.id,
        before={**described(before.schedule, plan.team_before), "rows": rows},
        after={
            **described(stored, plan.team),
            "closed": closings(before.schedule, stored),
            "version": row.version,
        },
    )
    return row.id


async def _update(unit: Unit, row: Schedule, plan: EditPlan) -> None:
    team = await name_team(unit, plan.team) if plan.team else None
    try:
        async with unit.session.begin_nested():
            row.name = plan.after.name
            row.name_key = name_key(plan.after.name)
            row.timezone = plan.after.zone.key
            row.team_id = team.id if team else None
            flag_modified(row, "name")  # a changed rotation alone must raise the version of the schedule too
    except IntegrityError as error:
        raise BadFields({"name": name_taken(plan.after.name)}) from error
