"""What is not built of Opsgenie's alerts, which clients are told in the form they know: attachments."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import NOT_BUILT, Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.alerts.identifying import ONE, route_of
from bot.api.refusals import Refusal
from bot.vocabulary import Domain

ATTACHMENTS = f"{ONE}/attachments"
WHAT_TO_DO = (
    "Watchbill keeps no attachments of alerts. Keep the file where your team can open it, and put its address into a "
    "note (POST /v2/alerts/{id}/notes) or a detail (POST /v2/alerts/{id}/details)."
)


async def _no_attachments(call: Call[Nothing, Nothing]) -> Reply:  # noqa: ARG001  whoever asks, there is none
    raise Refusal(NOT_BUILT, WHAT_TO_DO)


def _endpoints(path: str, methods: tuple[str, ...]) -> list[Endpoint[Any, Any]]:
    return [
        Endpoint(
            method=method,
            path=path,
            route=route_of(path),
            summary="Attachments are not kept",
            handle=_no_attachments,
            query=Nothing,
            body=Nothing,
            domain=Domain.ALERT,
            is_configuration=False,
            status=NOT_BUILT,
        )
        for method in methods
    ]


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    *_endpoints(ATTACHMENTS, ("GET", "POST")),
    *_endpoints(f"{ATTACHMENTS}/{{attachmentId}}", ("GET", "DELETE")),
)
