"""Get a postmortem."""

from __future__ import annotations

from asyncio import to_thread
from typing import Any

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.postmortems.acting import no_such
from bot.api.opsgenie.postmortems.replies import PostmortemReply, as_reply
from bot.queries import whole_postmortems
from bot.usecases.reach import require_reach
from bot.vocabulary import Domain


async def _get(call: Call[Nothing, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        whole = await whole_postmortems.named(reading, call.parts["id"])
    if whole is None:
        raise no_such(call.parts["id"])
    require_reach(call.key, whole.team_id)
    return Reply(await to_thread(as_reply, whole))


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="GET",
        path="/v2/postmortem/{id}",
        summary="Get a postmortem",
        handle=_get,
        query=Nothing,
        body=Nothing,
        domain=Domain.INCIDENT,
        is_configuration=False,
        data=PostmortemReply,
    ),
)
