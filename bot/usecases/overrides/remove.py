"""Remove an override, for a program: what lay under it is uncovered, the past too."""

from __future__ import annotations

from bot.queries import changes
from bot.queries.changes import UNDONE, Changing
from bot.queries.history import people_in
from bot.usecases.overrides.held import held_override, held_schedule
from bot.usecases.overrides.telling import tell_taken_back
from bot.usecases.unit import Unit
from storage import events
from storage.models import Override


async def remove(unit: Unit, schedule_id: str, alias: str) -> None:
    """The override is gone, as if it had never been made. Whom it concerned hears of it, unless it was over.

    Raises:
        NotFound: the schedule has none of that alias, or is gone itself.
        NotAllowed: the key is another team's.
    """
    watched = await held_schedule(unit, schedule_id)
    row = await held_override(unit, watched, alias)
    await taken_back(unit, row, schedule=watched.schedule.name)
    await unit.session.delete(row)


async def taken_back(unit: Unit, row: Override, *, schedule: str) -> None:
    """Write down that what the override says holds no longer, as the taking back of what put it there."""
    made = await events.latest_with(unit.session, row.schedule_id, "override_id", row.id)
    if made is None or made.id is None:
        return
    after = {"event": made.id, "verb": Changing.OVERRIDDEN.value, "name": schedule}
    await unit.event(UNDONE, row.schedule_id, after=after)
    unit.concerned |= set(people_in(made.after))
    change = await changes.by_id(unit.reading, made.id)
    if change is not None and row.end > unit.now:
        await tell_taken_back(unit, change)
