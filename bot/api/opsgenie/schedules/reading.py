"""Get and list schedules."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.schedules.identifying import ByIdentifier, schedule_of
from bot.api.opsgenie.schedules.replies import ScheduleReply, as_schedule
from bot.api.opsgenie.wire import Wire
from bot.queries import schedules
from bot.queries.naming import naming_of
from bot.queries.reading import Reading
from bot.queries.schedules import Watched

EXPANDABLE = "rotation"


async def _get(call: Call[ByIdentifier, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        return await told(reading, await schedule_of(reading, call))


async def told(reading: Reading, watched: Watched) -> Reply:
    """A schedule, whole."""
    return Reply(as_schedule(watched, await naming_of(reading, [watched])))


class Expanded(Wire):
    """What is told besides; `rotation` tells rotations whole."""

    expand: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether rotations are told whole."""
        return EXPANDABLE in {part.strip() for part in self.expand.split(",")}


async def _list(call: Call[Expanded, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        team_id = call.key.team_id
        watched = await (schedules.of_teams(reading, [team_id]) if team_id else schedules.every(reading))
        naming = await naming_of(reading, watched)
    listed = [as_schedule(each, naming, is_whole=call.query.is_whole) for each in watched]
    return Reply(listed, more={"expandable": [EXPANDABLE]})


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="GET",
        path="/v2/schedules",
        summary="List schedules; with expand=rotation their rotations whole",
        handle=_list,
        query=Expanded,
        body=Nothing,
        data=list[ScheduleReply],
    ),
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
