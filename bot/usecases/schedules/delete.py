"""Delete a schedule with all that hangs on it."""

from __future__ import annotations

from bot.errors import NotFound
from bot.queries import schedules
from bot.queries.changes import DELETED
from bot.usecases.in_use import require_unused
from bot.usecases.schedules.kept_rows import rows_hanging_on, rows_of
from bot.usecases.schedules.owning import owner_by_id
from bot.usecases.schedules.permission import require_delete
from bot.usecases.schedules.planning import GONE
from bot.usecases.schedules.rows import described
from bot.usecases.unit import Unit
from storage import schedules as rows
from storage import usages


async def delete(unit: Unit, schedule_id: str) -> None:
    """Delete the schedule: its rotations and their past, overrides, links to channels, what calendars were told of it.

    All that it was is written down, but for the secrets of its feeds.

    Raises:
        NotFound: it is gone already.
        NotAllowed: they may not delete it.
        InUse: an escalation, a routing rule or a policy sends alerts to it.
    """
    row = await rows.by_id(unit.session, schedule_id, lock=True)
    watched = await schedules.by_id(unit.reading, schedule_id) if row else None
    if row is None or watched is None:
        raise NotFound(GONE)
    await require_delete(unit.reading, unit.actor, watched)
    await require_no_use(unit, row.id, row.name)
    owner = await owner_by_id(unit.reading, row.team_id)
    before = {
        **described(watched.schedule, owner.name if owner else None, watched.description),
        "rows": await rows_of(unit, row) | await rows_hanging_on(unit, row),
    }
    await rows.wipe(unit.session, row)
    await unit.event(DELETED, schedule_id, before=before)
    unit.outcome = schedule_id


async def require_no_use(unit: Unit, schedule_id: str, name: str) -> None:
    """Go on only when no alert is sent to the schedule.

    Raises:
        InUse: an escalation, a routing rule or a policy names it.
    """
    escalations, rules = await rows.uses_of(unit.session, schedule_id)
    policies = await usages.policies_with(unit.session, schedule_id)
    uses = {"escalations": escalations, "routing rules": rules, "policies": policies}
    require_unused(unit.actor, f"The schedule {name}", uses)
