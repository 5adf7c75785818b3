"""Change an alert's priority, message or description."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Endpoint, Reply
from bot.api.opsgenie.alerts.accepting import Action, accepted
from bot.api.opsgenie.alerts.bodies import SaidBody
from bot.api.opsgenie.alerts.endpoint import changing
from bot.api.opsgenie.alerts.identifying import ByAlert, alert_ref
from bot.usecases.alerts.edit import edit
from bot.vocabulary import Severity


class PriorityBody(SaidBody):
    """How bad it is."""

    priority: Severity


class MessageBody(SaidBody):
    """What it says."""

    MAY_BE_EMPTY = frozenset({"message"})

    message: str


class DescriptionBody(SaidBody):
    """What there is to know of it; an empty one empties it."""

    MAY_BE_EMPTY = frozenset({"description"})

    description: str


async def _priority(call: Call[ByAlert, PriorityBody]) -> Reply:
    body = call.body
    return await accepted(
        call, Action.UPDATE_PRIORITY, lambda unit: edit(unit, alert_ref(call), priority=body.priority, **body.said)
    )


async def _message(call: Call[ByAlert, MessageBody]) -> Reply:
    body = call.body
    return await accepted(
        call, Action.UPDATE_MESSAGE, lambda unit: edit(unit, alert_ref(call), message=body.message, **body.said)
    )


async def _description(call: Call[ByAlert, DescriptionBody]) -> Reply:
    body = call.body
    return await accepted(
        call,
        Action.UPDATE_DESCRIPTION,
        lambda unit: edit(unit, alert_ref(call), description=body.description, **body.said),
    )


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = tuple(
    changing(method, field, f"Update the {field} of an alert", handle, body=body)
    for field, handle, body in (
        ("priority", _priority, PriorityBody),
        ("message", _message, MessageBody),
        ("description", _description, DescriptionBody),
    )
    for method in ("PUT", "POST")
)
"""Some clients send a POST, others a PUT."""
