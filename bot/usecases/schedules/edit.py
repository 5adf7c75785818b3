"""Edit a schedule without changing its past."""

from __future__ import annotations

from bot.engines.rotation import Schedule
from bot.errors import Conflict, NotFound
from bot.usecases.schedules.kept_rows import rows_of
from bot.usecases.schedules.meaning import meant
from bot.usecases.schedules.planning import GONE, plan_edit
from bot.usecases.schedules.rows import closings, described, store_rotations
from bot.usecases.schedules.saving import save_row
from bot.usecases.schedules.wanted import TakesEffect, WantedSchedule
from bot.usecases.unit import Unit
from storage import schedules


async def edit(
    unit: Unit,
    schedule_id: str,
    wanted: WantedSchedule,
    *,
    version: int | None = None,
    effect: TakesEffect = TakesEffect.NOW,
) -> Schedule:
    """Make the schedule what is wanted, now or rotation by rotation at the next hand-off; answers it as it is then.

    Its id is the unit's outcome. `version` is that of the row which a person saw; None where what is wanted does not
    rest on anything seen. Rotations that are not wanted any more are closed. Nothing is written down where nothing
    changes.

    Raises:
        NotFound: it is gone.
        NotAllowed: they may not edit it.
        Conflict: somebody else edited it since; `theirs` is the schedule as it is now, a `queries.schedules.Watched`.
        Taken: another schedule has its new name; nothing else is wrong.
        BadFields: something in it is wrong; everything is named at once.
    """
    row = await schedules.by_id(unit.session, schedule_id, lock=True)
    if row is None:
        raise NotFound(GONE)
    named = await meant(unit, wanted)
    plan = await plan_edit(unit.reading, unit.actor, schedule_id, wanted, effect, meant=named)
    before = plan.before
    if version is not None and row.version != version:
        raise Conflict(f"Somebody else changed {row.name} meanwhile.", theirs=before, version=row.version)
    unit.outcome = row.id
    if plan.changes_nothing:
        return before.schedule
    rows = await rows_of(unit, row)
    await save_row(unit, row, plan)
    stored = await store_rotations(unit, plan.after, row.id)
    await unit.event(
        "edit-schedule",
        row.id,
        before={**described(before.schedule, plan.team_before, before.description), "rows": rows},
        after={
            **described(stored, plan.team, plan.description),
            "closed": closings(before.schedule, stored),
            "version": row.version,
        },
    )
    return stored
