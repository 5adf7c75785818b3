"""The alerts of an incident.

Those that were raised to call its responders are told apart from those that it was declared of: there are none, since
whoever is called to an incident is told of the incident itself.
"""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.incidents.identifying import ONE, ByIncident, incident_of
from bot.queries.incident_alerts import alert_ids
from bot.vocabulary import Domain


async def _none(call: Call[ByIncident, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        await incident_of(reading, call)
    return Reply([])


async def _associated(call: Call[ByIncident, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        incident = await incident_of(reading, call)
        return Reply(await alert_ids(reading, incident.id))


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = tuple(
    Endpoint(
        method="GET",
        path=f"{ONE}/{kind}-alert-ids",
        summary=summary,
        handle=handle,
        query=ByIncident,
        body=Nothing,
        domain=Domain.INCIDENT,
        is_configuration=False,
        data=list[str],
    )
    for kind, handle, summary in (
        ("responder", _none, "List the alerts that called the responders of an incident: there are none"),
        ("associated", _associated, "List the alerts that belong to an incident"),
    )
)
