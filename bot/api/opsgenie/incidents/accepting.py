"""Changes of incidents are answered as if they were done later; they are done before the answer leaves.

What cannot be done is refused at once. Both are kept, so that a program that asks for the request learns the same;
a body or a query that cannot be read is told of in its own answer alone, since nothing was asked for yet.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Any, Protocol

from bot.api.endpoints import Call, Reply
from bot.errors import Mistake
from bot.usecases.incidents.finishing import finish
from bot.usecases.unit import Unit

ACCEPTED = "Request will be processed"
"""Clients compare it letter by letter."""


class Action(StrEnum):
    """What was asked for, as the request's status tells it."""

    CREATE = "Create"
    DELETE = "Delete"
    CLOSE = "Close"
    RESOLVE = "Resolve"
    REOPEN = "Reopen"
    ADD_NOTE = "AddNote"
    ADD_RESPONDER = "AddResponder"
    ADD_TAGS = "AddTags"
    REMOVE_TAGS = "RemoveTags"
    ADD_DETAILS = "AddDetails"
    REMOVE_DETAILS = "RemoveDetails"
    UPDATE_PRIORITY = "UpdatePriority"
    UPDATE_MESSAGE = "UpdateMessage"
    UPDATE_DESCRIPTION = "UpdateDescription"


DONE: Mapping[Action, str] = {
    Action.CREATE: "Created incident",
    Action.DELETE: "Deleted incident",
    Action.CLOSE: "Closed incident",
    Action.RESOLVE: "Resolved incident",
    Action.REOPEN: "Reopened incident",
    Action.ADD_NOTE: "Added note",
    Action.ADD_RESPONDER: "Added responders",
    Action.ADD_TAGS: "Added tags",
    Action.REMOVE_TAGS: "Removed tags",
    Action.ADD_DETAILS: "Added details",
    Action.REMOVE_DETAILS: "Removed details",
    Action.UPDATE_PRIORITY: "Updated priority",
    Action.UPDATE_MESSAGE: "Updated message",
    Action.UPDATE_DESCRIPTION: "Updated description",
}


class _Identified(Protocol):
    """An incident, of which nothing but the id is wanted."""

    id: str


async def accepted(call: Call[Any, Any], action: Action, do: Callable[[Unit], Awaitable[_Identified]]) -> Reply:
    """Do it, keep what became of it, answer that it will be done.

    Raises:
        Mistake: whatever `do` raises; that is kept too.
    """
    try:
        async with call.desk.units.begin(call.key) as unit:
            incident = await do(unit)
            await finish(unit, call.identity, action=action, incident_id=incident.id, status=DONE[action])
    except Mistake as refusal:
        async with call.desk.units.begin(call.key) as unit:
            why = refusal.sentence
            await finish(unit, call.identity, action=action, incident_id="", status=why, is_success=False)
        raise
    return Reply(result=ACCEPTED, status=202)
