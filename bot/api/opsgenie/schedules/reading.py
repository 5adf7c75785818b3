"""Get and list schedules."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.schedules.identifying import ByIdentifier, schedule_of
from bot.api.opsgenie.schedules.replies import ScheduleReply, as_schedule
from bot.queries.naming import naming_of


async def _get(call: Call[ByIdentifier, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        watched = await schedule_of(reading, call)
        return Reply(as_schedule(watched, await naming_of(reading, [watched])))


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="GET",
        path="/v2/schedules/{identifier}",
        summary="Get a schedule",
        handle=_get,
        query=ByIdentifier,
        body=Nothing,
        data=ScheduleReply,
    ),
)
