"""The alerts of an incident: there are none yet."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.incidents.identifying import ONE, ByIncident, incident_of
from bot.vocabulary import Domain


async def _none(call: Call[ByIncident, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        await incident_of(reading, call)
    return Reply([])


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = tuple(
    Endpoint(
        method="GET",
        path=f"{ONE}/{kind}-alert-ids",
        summary=f"List the {kind} alerts of an incident: there are none",
        handle=_none,
        query=ByIncident,
        body=Nothing,
        domain=Domain.INCIDENT,
        is_configuration=False,
        data=list[str],
    )
    for kind in ("responder", "associated")
)
