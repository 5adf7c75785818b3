"""Close, resolve and reopen incidents."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.api.endpoints import Call, Endpoint, Reply
from bot.api.opsgenie.incidents.accepting import Action, accepted
from bot.api.opsgenie.incidents.identifying import ONE, ByIncident, incident_ref
from bot.api.opsgenie.wire import Sent
from bot.usecases.incidents.moving import close, reopen, resolve
from bot.vocabulary import Domain


class MoveBody(Sent):
    """What is written to the incident along with it; there may be no body at all."""

    note: str | None = None


def _moving(action: Action, verb: Callable[..., Awaitable[Any]]) -> Endpoint[ByIncident, MoveBody]:
    async def handle(call: Call[ByIncident, MoveBody]) -> Reply:
        return await accepted(call, action, lambda unit: verb(unit, incident_ref(call), call.body.note or ""))

    return Endpoint(
        method="POST",
        path=f"{ONE}/{action.lower()}",
        summary=f"{action} an incident",
        handle=handle,
        query=ByIncident,
        body=MoveBody,
        domain=Domain.INCIDENT,
        is_configuration=False,
        status=202,
    )


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    _moving(Action.CLOSE, close),
    _moving(Action.RESOLVE, resolve),
    _moving(Action.REOPEN, reopen),
)
