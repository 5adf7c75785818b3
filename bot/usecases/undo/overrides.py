"""An override taken back. What was true meanwhile stays true: nobody's past shift is wiped out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.errors import Locked
from bot.queries import people
from bot.queries.changes import Change
from bot.usecases.messages import MessageKind
from bot.usecases.unit import Unit
from storage import models, overrides


async def take_back(unit: Unit, change: Change) -> Mapping[str, Any]:
    """What has not begun, and what only corrected the past, is gone; what is running ends now.

    Of one that is running and began before it was made, the part before its making is a correction and is gone too.

    Raises:
        Locked: it is over, or gone.
    """
    row = await overrides.by_id(unit.session, change.after["override_id"])
    if row is None:
        raise Locked("That override is gone already; there is nothing to take back.")
    facts = await _ended(unit, row)
    await _tell(unit, change)
    return facts


async def _ended(unit: Unit, row: models.Override) -> Mapping[str, Any]:
    since = max(row.start, row.created_at)
    if row.end <= row.created_at or since >= unit.now:
        await unit.session.delete(row)
        return {}
    if row.end <= unit.now:
        raise Locked("That override is over, so it stays on record. To correct it, put on who was on call then.")
    row.start, row.end = since, unit.now
    return {"ended_at": unit.now.isoformat()}


async def _tell(unit: Unit, change: Change) -> None:
    """Have the messages of the override edited; who had put themselves on call hears of it if somebody else undid it.

    Who undid it needs no message, but theirs is brought up to date where they have one.
    """
    replaced = change.after["replaced"]
    maker, me = change.actor.id if change.actor else None, unit.person.id
    known = await people.by_ids(unit.reading, [change.after["user_id"], *replaced])
    for kind, ids in ((MessageKind.PUT_ON_CALL, [change.after["user_id"]]), (MessageKind.REPLACED, replaced)):
        for person in (known[id_] for id_ in ids if id_ in known):
            if person.slack_id and not person.has_left and not person.id == maker == me:
                await unit.tell(kind, str(change.id), person.slack_id)
