"""Keep what became of a change that a program asked for: it may ask about it later."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from bot.queries.actors import KeyHolder
from bot.usecases.unit import Unit
from storage import finished_requests
from storage.models import FinishedRequest

LONGEST_STATUS = 1_000


async def finish(
    unit: Unit, request_id: str, *, action: str, incident_id: str, status: str, is_success: bool = True
) -> None:
    """Keep it under the key and the id of the request.

    A program may choose that id itself: the last of several of one key is told of.
    """
    assert isinstance(unit.actor, KeyHolder), "requests are made by programs"  # noqa: S101  a caller's mistake
    row = FinishedRequest(
        key_id=unit.actor.id,
        id=request_id,
        action=action,
        incident_id=incident_id,
        is_success=is_success,
        status=status[:LONGEST_STATUS],
        at=unit.now,
    )
    earlier = await finished_requests.of_key(unit.session, row.key_id, request_id)
    if earlier is not None:
        await unit.session.merge(row)
        return
    try:
        async with unit.session.begin_nested():
            unit.session.add(row)
    except IntegrityError:  # of two requests under one id at this very moment, one is enough
        return
