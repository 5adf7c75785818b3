"""What is not built of Opsgenie's alerts, which clients are told in the form they know: attachments, saved searches."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import NOT_BUILT, Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.alerts.identifying import ALL, ONE, route_of
from bot.api.refusals import Refusal
from bot.vocabulary import Domain

ATTACHMENTS = f"{ONE}/attachments"
SEARCHES = f"{ALL}/saved-searches"


async def _no_attachments(call: Call[Nothing, Nothing]) -> Reply:  # noqa: ARG001  whoever asks, there is none
    raise Refusal(NOT_BUILT, "Watchbill keeps no attachments of alerts. Put a link into a note or a detail instead.")


async def _no_searches(call: Call[Nothing, Nothing]) -> Reply:  # noqa: ARG001  whoever asks, there is none
    raise Refusal(NOT_BUILT, "Watchbill keeps no saved searches. Send the query itself with the request for a list.")


def _endpoints(path: str, methods: tuple[str, ...], handle: Any, what: str) -> list[Endpoint[Any, Any]]:
    return [
        Endpoint(
            method=method,
            path=path,
            route=route_of(path) if path.startswith(ONE) else "",
            summary=f"{what} are not kept",
            handle=handle,
            query=Nothing,
            body=Nothing,
            domain=Domain.ALERT,
            is_configuration=False,
            status=NOT_BUILT,
        )
        for method in methods
    ]


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    *_endpoints(ATTACHMENTS, ("GET", "POST"), _no_attachments, "Attachments"),
    *_endpoints(f"{ATTACHMENTS}/{{attachmentId}}", ("GET", "DELETE"), _no_attachments, "Attachments"),
    *_endpoints(SEARCHES, ("GET", "POST"), _no_searches, "Saved searches"),
    *_endpoints(f"{SEARCHES}/{{id}}", ("GET", "PATCH", "DELETE"), _no_searches, "Saved searches"),
)
