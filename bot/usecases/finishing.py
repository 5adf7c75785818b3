"""Keep what became of a change that a program asked for: it may ask about it later."""

from __future__ import annotations

from bot.queries.actors import KeyHolder
from bot.usecases.unit import Unit
from storage import finished_requests

LONGEST_STATUS = 1_000


async def finish(
    unit: Unit,
    request_id: str,
    *,
    action: str,
    subject_id: str,
    status: str,
    alias: str = "",
    is_success: bool = True,
) -> None:
    """Keep it under the key and the id of the request; `subject_id` is the incident or the alert, empty for none.

    A program may choose that id itself: the last of several of one key is told of.
    """
    assert isinstance(unit.actor, KeyHolder), "requests are made by programs"  # noqa: S101  a caller's mistake
    values = {
        "key_id": unit.actor.id,
        "id": request_id,
        "action": action,
        "subject_id": subject_id,
        "alias": alias,
        "is_success": is_success,
        "status": status[:LONGEST_STATUS],
        "at": unit.now,
    }
    await finished_requests.keep(unit.session, values)
