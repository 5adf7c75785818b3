"""Put somebody on call for a time: by a person, who was shown what it changes, or by a program."""

from __future__ import annotations

from bot.errors import Conflict, NotFound
from bot.queries.naming import Naming, naming
from bot.usecases.overrides.asked import AskedOverride, understood
from bot.usecases.overrides.effects import effect_of
from bot.usecases.overrides.held import held_schedule
from bot.usecases.overrides.laying import lay, new_row
from bot.usecases.overrides.planning import WantedOverride, plan
from bot.usecases.unit import Unit
from storage import schedules


async def put_on(unit: Unit, wanted: WantedOverride, *, shown: str) -> int:
    """Lay the override over its schedule; answers the id of the event, also as the unit's outcome.

    `shown` is the fingerprint of the plan that the actor saw. Who is put on call and who is replaced are told, but not
    who did it themselves.

    Raises:
        NotFound: the schedule is gone.
        NotAllowed: the actor may not put this person on call.
        Locked: the schedule is switched off.
        BadFields: something in it is wrong; everything is named at once.
        Conflict: whom it replaces is not what was shown; `theirs` is the OverridePlan as it is now.
    """
    row = await schedules.by_id(unit.session, wanted.schedule_id, lock=True)
    if row is None:
        raise NotFound("That schedule is gone. `/oncall schedules` lists those there are.")
    planned = await plan(unit.reading, unit.person, wanted)
    if planned.fingerprint != shown:
        raise Conflict(
            f"What this changes in {row.name} is no longer what was shown to you. This is how it is now:",
            theirs=planned,
            version=row.version,
        )
    made = await new_row(unit, wanted.schedule_id, planned.laid)
    known = Naming({planned.person.id: planned.person}, {}, {})
    event_id = await lay(unit, made, planned.laid, planned.effect, known=known)
    unit.outcome = str(event_id)
    return event_id


async def put_on_as_asked(unit: Unit, schedule_id: str, asked: AskedOverride) -> str:
    """Lay an override over a schedule, for a program; answers its alias.

    A schedule that is off takes one too: it counts from when it is switched on.

    Raises:
        NotFound: the schedule is gone.
        NotAllowed: the key is another team's.
        BadFields: something in it is wrong; everything is named at once.
        Taken: another override of the schedule has that alias.
    """
    watched = await held_schedule(unit, schedule_id, since=asked.start)
    laid = await understood(unit, watched, asked)
    effect, known = await effect_of(unit.reading, watched, laid), await naming(unit.reading, [laid.participant])
    made = await new_row(unit, schedule_id, laid, alias=asked.alias)
    await lay(unit, made, laid, effect, known=known)
    return made.alias
