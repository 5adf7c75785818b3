"""What became of a change that a program asked for."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.accepting import what_became
from bot.api.opsgenie.incidents.identifying import ALL
from bot.api.opsgenie.wire import Instant, Wire
from bot.vocabulary import Domain


class RequestStatus(Wire):
    """What became of it; `status` says it in words. Of what was not done `incidentId` is empty."""

    success: bool
    action: str
    processed_at: Instant
    is_success: bool
    status: str
    incident_id: str


async def _status(call: Call[Nothing, Nothing]) -> Reply:
    found = await what_became(call)
    return Reply(
        RequestStatus(
            success=found.is_success,
            action=found.action,
            processed_at=found.at,
            is_success=found.is_success,
            status=found.status,
            incident_id=found.subject_id,
        )
    )


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="GET",
        path=f"{ALL}/requests/{{requestId}}",
        summary="Ask what became of a request about an incident",
        handle=_status,
        query=Nothing,
        body=Nothing,
        domain=Domain.INCIDENT,
        is_configuration=False,
        data=RequestStatus,
    ),
)
