"""The rotations of a schedule, one by one."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.schedules.identifying import ByIdentifier, schedule_of
from bot.api.opsgenie.schedules.replies import RotationOfSchedule, RotationReply, as_brief, as_rotation
from bot.api.opsgenie.schedules.requests import RotationBody, RotationPatch
from bot.api.opsgenie.wire import Created
from bot.errors import NotFound
from bot.queries.naming import naming_of
from bot.usecases.schedules.rotations import add_rotation, edit_rotation, remove_rotation, rotation_gone

ALL = "/v2/schedules/{identifier}/rotations"
ONE = f"{ALL}/{{rotation}}"


async def _create(call: Call[ByIdentifier, RotationBody]) -> Reply:
    schedule_id = await _identified(call)
    async with call.desk.units.begin(call.key) as unit:
        made = await add_rotation(unit, schedule_id, call.body.wanted)
    return Reply(Created(id=made.id, name=made.name), status=201, result="Created")


async def _list(call: Call[ByIdentifier, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        watched = await schedule_of(reading, call)
        naming = await naming_of(reading, [watched])
    return Reply([as_rotation(each, naming) for each in watched.schedule.rotations if each.closed_at is None])


async def _get(call: Call[ByIdentifier, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        watched = await schedule_of(reading, call)
        wanted = call.parts["rotation"]
        rotations = (each for each in watched.schedule.rotations if each.closed_at is None)
        found = next((each for each in rotations if each.id == wanted), None)
        if found is None:
            raise NotFound(rotation_gone(wanted))
        rotation = as_rotation(found, await naming_of(reading, [watched]))
    return Reply(RotationOfSchedule(**dict(rotation), parent=as_brief(watched.schedule)))


async def _update(call: Call[ByIdentifier, RotationPatch]) -> Reply:
    schedule_id = await _identified(call)
    async with call.desk.units.begin(call.key) as unit:
        rotation = await edit_rotation(unit, schedule_id, call.body.wanted(call.parts["rotation"]))
    return Reply(Created(id=rotation.id, name=rotation.name), result="Updated")


async def _delete(call: Call[ByIdentifier, Nothing]) -> Reply:
    schedule_id = await _identified(call)
    async with call.desk.units.begin(call.key) as unit:
        await remove_rotation(unit, schedule_id, call.parts["rotation"])
    return Reply(result="Deleted")


async def _identified(call: Call[ByIdentifier, Any]) -> str:
    async with call.desk.reader() as reading:
        return (await schedule_of(reading, call)).schedule.id


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="POST",
        path=ALL,
        summary="Add a rotation to a schedule",
        handle=_create,
        query=ByIdentifier,
        body=RotationBody,
        status=201,
        data=Created,
    ),
    Endpoint(
        method="GET",
        path=ALL,
        summary="List the rotations of a schedule",
        handle=_list,
        query=ByIdentifier,
        body=Nothing,
        data=list[RotationReply],
    ),
    Endpoint(
        method="GET",
        path=ONE,
        summary="Get a rotation",
        handle=_get,
        query=ByIdentifier,
        body=Nothing,
        data=RotationOfSchedule,
    ),
    Endpoint(
        method="PATCH",
        path=ONE,
        summary="Update a part of a rotation",
        handle=_update,
        query=ByIdentifier,
        body=RotationPatch,
        data=Created,
    ),
    Endpoint(
        method="DELETE",
        path=ONE,
        summary="Delete a rotation; its past stays",
        handle=_delete,
        query=ByIdentifier,
        body=Nothing,
    ),
)
