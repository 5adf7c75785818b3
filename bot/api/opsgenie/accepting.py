"""Changes of incidents and alerts are answered as if they were done later; they are done before the answer leaves.

What became of one is kept, so that a program that asks for the request learns it; a body or a query that cannot be read
is told of in its own answer alone, since nothing was asked for yet.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.api.endpoints import Call, Reply
from bot.errors import Mistake, NotFound
from bot.queries.finished_requests import Finished, finished
from bot.usecases.finishing import finish
from bot.usecases.unit import Unit

ACCEPTED = "Request will be processed"
"""Clients compare it letter by letter."""
WHAT_IS_KNOWN = (
    "Each key is told of its own requests, for some days. One whose body or query cannot be read is not kept: its "
    "answer says what is wrong with it."
)


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: to which incident or alert, and what the request's status says of it."""

    subject_id: str
    status: str
    alias: str = ""


def _refused_at_once(_mistake: Mistake) -> str | None:
    return None


async def carried_out(
    call: Call[Any, Any],
    action: str,
    do: Callable[[Unit], Awaitable[Done]],
    *,
    told_later: Callable[[Mistake], str | None] = _refused_at_once,
) -> Reply:
    """Do it, keep what became of it, answer that it will be done.

    `told_later` has the status of a mistake that only the request's status tells; None where it is refused at once.

    Raises:
        Mistake: whatever `do` raises and is refused at once; that is kept too.
    """
    try:
        async with call.desk.units.begin(call.key) as unit:
            done = await do(unit)
            await finish(
                unit, call.identity, action=action, subject_id=done.subject_id, alias=done.alias, status=done.status
            )
    except Mistake as mistake:
        later = told_later(mistake)
        async with call.desk.units.begin(call.key) as unit:
            status = later or mistake.sentence
            await finish(unit, call.identity, action=action, subject_id="", status=status, is_success=False)
        if later is None:
            raise
    return Reply(result=ACCEPTED, status=202)


async def what_became(call: Call[Any, Any]) -> Finished:
    """What became of the request whose id is in the path.

    Raises:
        NotFound: nothing is known of it.
    """
    request_id = call.parts["requestId"]
    async with call.desk.reader() as reading:
        found = await finished(reading, request_id, call.key)
    if found is None:
        raise NotFound(f"Nothing is known of a request with id [{request_id}]. {WHAT_IS_KNOWN}")
    return found
