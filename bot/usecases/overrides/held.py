"""What a program is to change: the schedule, the override by its alias, both held until the unit ends."""

from __future__ import annotations

from datetime import datetime

from bot.errors import NotFound
from bot.queries import schedules
from bot.queries.schedules import Watched
from bot.usecases.overrides.asked import is_imaginable
from bot.usecases.reach import require_reach
from bot.usecases.unit import Unit
from storage import models, overrides
from storage import schedules as schedule_rows


async def held_schedule(unit: Unit, schedule_id: str, *, since: datetime | None = None) -> Watched:
    """The schedule as it is, for what happens from `since` on (now, when left out); nobody else changes it meanwhile.

    Raises:
        NotFound: it is gone.
        NotAllowed: the key is another team's.
    """
    assert not unit.acting_person, "people are shown what they do: put_on"  # noqa: S101  a caller's mistake
    await schedule_rows.by_id(unit.session, schedule_id, lock=True)
    earliest = min(since, unit.now) if since and is_imaginable(since) else None
    watched = await schedules.by_id(unit.reading, schedule_id, since=earliest)
    if watched is None:
        raise NotFound(f"No schedule exists with id [{schedule_id}].")
    require_reach(unit.actor, watched.team_id)
    return watched


async def held_override(unit: Unit, watched: Watched, alias: str) -> models.Override:
    """The override that a program calls so. Hold the schedule first.

    Raises:
        NotFound: there is none.
    """
    row = await overrides.by_alias(unit.session, watched.schedule.id, alias)
    if row is None:
        raise NotFound(f"No override of {watched.schedule.name} exists with alias [{alias}].")
    return row
