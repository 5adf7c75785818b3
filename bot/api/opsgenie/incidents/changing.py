"""Change an incident's priority, message or description."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Endpoint, Reply
from bot.api.opsgenie.incidents.accepting import Action, accepted
from bot.api.opsgenie.incidents.identifying import ONE, ByIncident, incident_ref
from bot.api.opsgenie.wire import Sent
from bot.usecases.incidents.edit import edit
from bot.vocabulary import Domain, Severity


class PriorityBody(Sent):
    """How bad it is."""

    priority: Severity


class MessageBody(Sent):
    """What it is called."""

    MAY_BE_EMPTY = frozenset({"message"})

    message: str


class DescriptionBody(Sent):
    """What there is to know of it; an empty one empties it."""

    MAY_BE_EMPTY = frozenset({"description"})

    description: str


async def _priority(call: Call[ByIncident, PriorityBody]) -> Reply:
    wanted = call.body.priority
    return await accepted(call, Action.UPDATE_PRIORITY, lambda unit: edit(unit, incident_ref(call), priority=wanted))


async def _message(call: Call[ByIncident, MessageBody]) -> Reply:
    wanted = call.body.message
    return await accepted(call, Action.UPDATE_MESSAGE, lambda unit: edit(unit, incident_ref(call), message=wanted))


async def _description(call: Call[ByIncident, DescriptionBody]) -> Reply:
    wanted = call.body.description
    return await accepted(
        call, Action.UPDATE_DESCRIPTION, lambda unit: edit(unit, incident_ref(call), description=wanted)
    )


def _endpoints(field: str, handle: Any, body: Any) -> list[Endpoint[Any, Any]]:
    """Some clients send a POST, others a PUT."""
    return [
        Endpoint(
            method=method,
            path=f"{ONE}/{field}",
            summary=f"Update the {field} of an incident",
            handle=handle,
            query=ByIncident,
            body=body,
            domain=Domain.INCIDENT,
            is_configuration=False,
            status=202,
        )
        for method in ("PUT", "POST")
    ]


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    *_endpoints("priority", _priority, PriorityBody),
    *_endpoints("message", _message, MessageBody),
    *_endpoints("description", _description, DescriptionBody),
)
