"""Create, update and delete schedules."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.schedules.identifying import ByIdentifier, schedule_of
from bot.api.opsgenie.schedules.replies import BriefSchedule, as_brief
from bot.api.opsgenie.schedules.requests import ScheduleBody, SchedulePatch
from bot.usecases.schedules.create import create
from bot.usecases.schedules.delete import delete
from bot.usecases.schedules.edit import edit


async def _create(call: Call[Nothing, ScheduleBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        schedule_id = await create(unit, call.body.wanted)
    made = BriefSchedule(id=schedule_id, name=call.body.name, enabled=call.body.enabled is not False)
    return Reply(made, status=201)


async def _update(call: Call[ByIdentifier, SchedulePatch]) -> Reply:
    schedule_id = await _identified(call)
    async with call.desk.units.begin(call.key) as unit:
        schedule = await edit(unit, schedule_id, call.body.wanted)
    return Reply(as_brief(schedule))


async def _delete(call: Call[ByIdentifier, Nothing]) -> Reply:
    schedule_id = await _identified(call)
    async with call.desk.units.begin(call.key) as unit:
        await delete(unit, schedule_id)
    return Reply(result="Deleted")


async def _identified(call: Call[ByIdentifier, Any]) -> str:
    async with call.desk.reader() as reading:
        return (await schedule_of(reading, call)).schedule.id


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="POST",
        path="/v2/schedules",
        summary="Create a schedule",
        handle=_create,
        query=Nothing,
        body=ScheduleBody,
        status=201,
        data=BriefSchedule,
    ),
    Endpoint(
        method="PATCH",
        path="/v2/schedules/{identifier}",
        summary="Update a part of a schedule",
        handle=_update,
        query=ByIdentifier,
        body=SchedulePatch,
        data=BriefSchedule,
    ),
    Endpoint(
        method="DELETE",
        path="/v2/schedules/{identifier}",
        summary="Delete a schedule with all that hangs on it",
        handle=_delete,
        query=ByIdentifier,
        body=Nothing,
    ),
)
