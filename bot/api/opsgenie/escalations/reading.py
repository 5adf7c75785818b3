"""Get and list escalations."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.escalations.replies import EscalationReply, as_escalation
from bot.api.opsgenie.references import Identified
from bot.errors import NotFound
from bot.queries import steps
from bot.usecases.reach import require_reach


async def _get(call: Call[Identified, Nothing]) -> Reply:
    ref = call.query.ref(call.parts["identifier"])
    async with call.desk.reader() as reading:
        found = await steps.identified(reading, id_=ref.id, name=ref.name)
    if found is None:
        raise NotFound(f"No escalation exists with {ref}.")
    require_reach(call.key, found.team_id)
    return Reply(as_escalation(found))


async def _list(call: Call[Nothing, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        found = await steps.listed(reading, team_id=call.key.team_id)
    return Reply([as_escalation(each) for each in found])


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="GET",
        path="/v2/escalations",
        summary="List escalations",
        handle=_list,
        query=Nothing,
        body=Nothing,
        data=list[EscalationReply],
    ),
    Endpoint(
        method="GET",
        path="/v2/escalations/{identifier}",
        summary="Get an escalation",
        handle=_get,
        query=Identified,
        body=Nothing,
        data=EscalationReply,
    ),
)
