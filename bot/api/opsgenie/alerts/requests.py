"""What became of a change that a program asked for."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.accepting import what_became
from bot.api.opsgenie.alerts.identifying import ALL
from bot.api.opsgenie.wire import Instant, Wire
from bot.vocabulary import Domain


class RequestStatus(Wire):
    """What became of it; `status` says it in words. Of what was not done `alertId` and `alias` are empty."""

    success: bool
    action: str
    processed_at: Instant
    integration_id: str
    is_success: bool
    status: str
    alert_id: str
    alias: str


async def _status(call: Call[Nothing, Nothing]) -> Reply:
    found = await what_became(call)
    return Reply(
        RequestStatus(
            success=found.is_success,
            action=found.action,
            processed_at=found.at,
            integration_id=found.key_id,
            is_success=found.is_success,
            status=found.status,
            alert_id=found.subject_id,
            alias=found.alias,
        )
    )


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="GET",
        path=f"{ALL}/requests/{{requestId}}",
        summary="Ask what became of a request about an alert",
        handle=_status,
        query=Nothing,
        body=Nothing,
        domain=Domain.ALERT,
        is_configuration=False,
        data=RequestStatus,
    ),
)
