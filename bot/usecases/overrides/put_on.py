"""Put somebody on call for a time."""

from __future__ import annotations

from bot.errors import Conflict, NotFound
from bot.queries.changes import Changing
from bot.queries.people import Person
from bot.usecases.messages import MessageKind
from bot.usecases.overrides.planning import OverridePlan, WantedOverride, plan
from bot.usecases.unit import Unit
from storage import overrides, schedules
from storage.models import Override

MOST_TIMES = 8
"""Of one person, in the event: what their message lists."""


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
    event_id = await _stored(unit, planned)
    await _tell(unit, planned, event_id)
    unit.outcome = str(event_id)
    return event_id


async def _stored(unit: Unit, planned: OverridePlan) -> int:
    schedule_id = planned.schedule.schedule.id
    row = Override(
        schedule_id=schedule_id,
        user_id=planned.person.id,
        start=planned.start,
        end=planned.end,
        rotation_ids=list(planned.rotation_ids),
        sequence=await overrides.next_sequence(unit.session, schedule_id),
        created_by=unit.person.id,
        created_at=unit.now,
    )
    unit.session.add(row)
    after = {
        "override_id": row.id,
        "user_id": planned.person.id,
        "start": planned.start.isoformat(),
        "end": planned.end.isoformat(),
        "rotation_ids": list(planned.rotation_ids),
        "replaced": [each.id for each in planned.replaced],
        "times": _times(planned),
    }
    return await unit.event(Changing.OVERRIDDEN, schedule_id, after=after)


def _times(planned: OverridePlan) -> dict[str, list[list[str]]]:
    """For each of those replaced, by id, the first times in which they are."""
    times: dict[str, list[list[str]]] = {}
    for each in planned.stretches:
        pair = [each.start.isoformat(), each.end.isoformat()]
        known = times.setdefault(each.person.id, []) if each.person else []
        if pair not in known and len(known) < MOST_TIMES:
            known.append(pair)
    return times


async def _tell(unit: Unit, planned: OverridePlan, event_id: int) -> None:
    await _tell_one(unit, MessageKind.PUT_ON_CALL, event_id, planned.person)
    for person in planned.replaced:
        await _tell_one(unit, MessageKind.REPLACED, event_id, person)


async def _tell_one(unit: Unit, kind: MessageKind, event_id: int, person: Person) -> None:
    if person.slack_id and not person.has_left and not person.is_bot and person.id != unit.person.id:
        await unit.tell(kind, str(event_id), person.slack_id)
