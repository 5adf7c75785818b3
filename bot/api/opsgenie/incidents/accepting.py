"""What programs ask to be done to incidents, and what the status of such a request says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Any, Protocol

from bot.api.endpoints import Call, Reply
from bot.api.opsgenie.accepting import Done, carried_out
from bot.usecases.unit import Unit


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

    async def done(unit: Unit) -> Done:
        return Done((await do(unit)).id, DONE[action])

    return await carried_out(call, action, done)
