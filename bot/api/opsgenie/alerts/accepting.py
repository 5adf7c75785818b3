"""What programs ask to be done to alerts, and what the status of such a request says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Any, Protocol

from bot.api.endpoints import Call, Reply
from bot.api.opsgenie.accepting import Done, carried_out
from bot.errors import Locked, Mistake, NotFound
from bot.usecases.unit import Unit

MISSING = "Alert does not exist"


class Action(StrEnum):
    """What was asked for, as the request's status tells it."""

    CREATE = "Create"
    DELETE = "Delete"
    ACKNOWLEDGE = "Acknowledge"
    UNACKNOWLEDGE = "UnAcknowledge"
    CLOSE = "Close"
    SNOOZE = "Snooze"
    ESCALATE = "EscalateToNext"
    ASSIGN = "Assign"
    CUSTOM = "CustomAction"
    ADD_NOTE = "AddNote"
    ADD_RESPONDER = "AddResponder"
    ADD_TEAM = "AddTeam"
    ADD_TAGS = "AddTags"
    REMOVE_TAGS = "RemoveTags"
    ADD_DETAILS = "AddDetails"
    REMOVE_DETAILS = "RemoveDetails"
    UPDATE_PRIORITY = "UpdatePriority"
    UPDATE_MESSAGE = "UpdateMessage"
    UPDATE_DESCRIPTION = "UpdateDescription"


DONE: Mapping[Action, str] = {
    Action.CREATE: "Created alert",
    Action.DELETE: "Deleted alert",
    Action.ACKNOWLEDGE: "Acknowledged alert",
    Action.UNACKNOWLEDGE: "Unacknowledged alert",
    Action.CLOSE: "Closed alert",
    Action.SNOOZE: "Snoozed alert",
    Action.ESCALATE: "Escalated alert to next",
    Action.ASSIGN: "Assigned alert",
    Action.CUSTOM: "Executed custom action",
    Action.ADD_NOTE: "Added note",
    Action.ADD_RESPONDER: "Added responder",
    Action.ADD_TEAM: "Added team",
    Action.ADD_TAGS: "Added tags",
    Action.REMOVE_TAGS: "Removed tags",
    Action.ADD_DETAILS: "Added details",
    Action.REMOVE_DETAILS: "Removed details",
    Action.UPDATE_PRIORITY: "Updated priority",
    Action.UPDATE_MESSAGE: "Updated message",
    Action.UPDATE_DESCRIPTION: "Updated description",
}


class _Identified(Protocol):
    """An alert, of which nothing but the id and the alias is wanted."""

    id: str
    alias: str


async def accepted(call: Call[Any, Any], action: Action, do: Callable[[Unit], Awaitable[_Identified]]) -> Reply:
    """Do it, keep what became of it, answer that it will be done.

    Where there is no such alert, or it cannot be changed so, it is answered alike, and only the request's status tells
    what is wrong: programs that close what is closed already do not take that for a fault. Where `unit.outcome` says
    something, that is what became of it: somebody else was first.

    Raises:
        Mistake: a field is wrong, or the key may not; that is kept too.
    """

    async def done(unit: Unit) -> Done:
        alert = await do(unit)
        return Done(alert.id, unit.outcome or DONE[action], alert.alias)

    return await carried_out(call, action, done, told_later=_told_later)


def _told_later(mistake: Mistake) -> str | None:
    if isinstance(mistake, NotFound):
        return MISSING
    return mistake.sentence if isinstance(mistake, Locked) else None
