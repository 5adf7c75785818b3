"""An override laid over its schedule, whoever wants it: the row, what is written down of it, and who is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.queries.changes import Changing
from bot.queries.naming import Naming
from bot.usecases.overrides.effects import Effect, Laid, Stretch
from bot.usecases.overrides.telling import tell_of
from bot.usecases.unit import Unit
from bot.vocabulary import ParticipantKind
from storage import overrides
from storage.models import Override
from storage.models.base import new_id

MOST_TIMES = 8
"""Of one person, in the event: what their message lists."""


async def new_row(unit: Unit, schedule_id: str, laid: Laid, *, alias: str | None = None) -> Override:
    """An override that lies above all there are. Hold the schedule's row meanwhile."""
    row = Override(
        schedule_id=schedule_id,
        alias=alias or new_id(),
        start=laid.start,
        end=laid.end,
        rotation_ids=[],
        sequence=await overrides.next_sequence(unit.session, schedule_id),
        created_at=unit.now,
    )
    unit.session.add(row)
    return row


async def lay(unit: Unit, row: Override, laid: Laid, effect: Effect, *, known: Naming) -> int:
    """Have the row say this, and those told whom it concerns; answers the id of the event.

    `known` has the name of whom it puts on call.
    A program that corrects the past tells nobody: it may be bringing over the records of years.
    """
    who = laid.participant
    row.kind = who.kind
    row.user_id = who.id if who.kind is ParticipantKind.USER else None
    row.team_id = who.id if who.kind is ParticipantKind.TEAM else None
    row.escalation_id = who.id if who.kind is ParticipantKind.ESCALATION else None
    row.start, row.end, row.rotation_ids = laid.start, laid.end, list(laid.rotation_ids)
    row.created_by = unit.acting_person.id if unit.acting_person else None
    after: dict[str, Any] = {
        "override_id": row.id,
        "user_id": row.user_id,
        "start": laid.start.isoformat(),
        "end": laid.end.isoformat(),
        "rotation_ids": list(laid.rotation_ids),
        "replaced": [each.id for each in effect.replaced],
        "times": _times(effect.stretches),
    }
    if row.user_id is None:
        after["participant"] = {"type": who.kind.value, "id": who.id, "name": known.of(who)}
    event_id = await unit.event(Changing.OVERRIDDEN, row.schedule_id, after=after)
    if unit.acting_person or laid.end > unit.now:
        await tell_of(unit, event_id, put_on=known.people.get(row.user_id or ""), replaced=effect.replaced)
    return event_id


def _times(stretches: Iterable[Stretch]) -> dict[str, list[list[str]]]:
    """For each of those replaced, by id, the first times in which they are."""
    times: dict[str, list[list[str]]] = {}
    for each in stretches:
        pair = [each.start.isoformat(), each.end.isoformat()]
        known = times.setdefault(each.person.id, []) if each.person else []
        if pair not in known and len(known) < MOST_TIMES:
            known.append(pair)
    return times
