"""Overrides of a schedule: create, list, get, replace and delete. Programs name each by its alias."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from bot.api.bounds import AtMost
from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.schedules.identifying import ByIdentifier, schedule_of
from bot.api.opsgenie.schedules.replies import BriefSchedule, ParticipantReply, as_brief, as_participant
from bot.api.opsgenie.schedules.requests import ParticipantBody
from bot.api.opsgenie.wire import Given, Instant, Reference, Sent, Wire
from bot.errors import NotFound
from bot.queries import overrides
from bot.queries.naming import Naming, naming
from bot.queries.overrides import OverrideView
from bot.usecases.overrides.asked import AskedOverride
from bot.usecases.overrides.put_on import put_on_as_asked
from bot.usecases.overrides.remove import remove
from bot.usecases.overrides.replace import replace
from bot.usecases.references import Ref
from bot.usecases.schedules.wanted import Named
from bot.vocabulary import ParticipantKind

_PATH = "/v2/schedules/{identifier}/overrides"
MOST_ROTATIONS = 500
"""That one override names: more than a schedule can have."""


def _spelt_out(value: Any) -> Any:
    """Nobody may be written as the word alone."""
    return {"type": value} if value == ParticipantKind.NONE.value else value


class OverrideRequest(Sent):
    """An override: who, from when until when, and in which rotations; absent or empty, in all."""

    user: Annotated[ParticipantBody, BeforeValidator(_spelt_out)]
    start_date: Instant
    end_date: Instant
    rotations: Annotated[tuple[Reference, ...], AtMost(MOST_ROTATIONS)] | None = None

    def asked(self, alias: str | None = None) -> AskedOverride:
        """What is asked for, under this alias."""
        wanted = self.user.wanted
        return AskedOverride(
            kind=wanted.kind,
            who=wanted.ref if isinstance(wanted, Named) else Ref(),
            start=self.start_date,
            end=self.end_date,
            rotations=tuple(Ref(each.id, each.name) for each in self.rotations or ()),
            alias=alias,
        )


class NewOverrideRequest(OverrideRequest):
    """The same; without an alias one is made up."""

    alias: Given = None


class OverrideMade(Wire):
    """What is answered of an override that was made or replaced."""

    alias: str


class OverrideReply(Wire):
    """An override. Without rotations it lies over all of them."""

    alias: str
    user: ParticipantReply
    start_date: Instant
    end_date: Instant
    rotations: tuple[Reference, ...]


class OverrideOfSchedule(OverrideReply):
    """An override that was asked for by itself, with the schedule it belongs to."""

    parent: BriefSchedule = Field(serialization_alias="_parent")


async def _create(call: Call[ByIdentifier, NewOverrideRequest]) -> Reply:
    schedule_id = await _schedule_id(call)
    async with call.desk.units.begin(call.key) as unit:
        alias = await put_on_as_asked(unit, schedule_id, call.body.asked(call.body.alias))
    return Reply(OverrideMade(alias=alias), status=201)


async def _list(call: Call[ByIdentifier, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        found = await overrides.of_schedule(reading, await schedule_of(reading, call))
        names = await naming(reading, [each.participant for each in found])
    return Reply([OverrideReply(**_told(each, names)) for each in found])


async def _get(call: Call[ByIdentifier, Nothing]) -> Reply:
    alias = call.parts["alias"]
    async with call.desk.reader() as reading:
        watched = await schedule_of(reading, call)
        found = await overrides.by_alias(reading, watched, alias)
        if found is None:
            raise NotFound(f"No override of {watched.schedule.name} exists with alias [{alias}].")
        names = await naming(reading, [found.participant])
    return Reply(OverrideOfSchedule(parent=as_brief(watched.schedule), **_told(found, names)))


async def _replace(call: Call[ByIdentifier, OverrideRequest]) -> Reply:
    schedule_id = await _schedule_id(call)
    async with call.desk.units.begin(call.key) as unit:
        alias = await replace(unit, schedule_id, call.parts["alias"], call.body.asked())
    return Reply(OverrideMade(alias=alias))


async def _delete(call: Call[ByIdentifier, Nothing]) -> Reply:
    schedule_id = await _schedule_id(call)
    async with call.desk.units.begin(call.key) as unit:
        await remove(unit, schedule_id, call.parts["alias"])
    return Reply(result="Deleted")


async def _schedule_id(call: Call[ByIdentifier, Any]) -> str:
    async with call.desk.reader() as reading:
        return (await schedule_of(reading, call)).schedule.id


def _told(override: OverrideView, names: Naming) -> dict[str, Any]:
    return {
        "alias": override.alias,
        "user": as_participant(override.participant, names),
        "start_date": override.start,
        "end_date": override.end,
        "rotations": tuple(Reference(id=each.id, name=each.name) for each in override.rotations),
    }


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="POST",
        path=_PATH,
        summary="Create an override of a schedule",
        handle=_create,
        query=ByIdentifier,
        body=NewOverrideRequest,
        status=201,
        data=OverrideMade,
    ),
    Endpoint(
        method="GET",
        path=_PATH,
        summary="List the overrides of a schedule",
        handle=_list,
        query=ByIdentifier,
        body=Nothing,
        data=list[OverrideReply],
    ),
    Endpoint(
        method="GET",
        path=f"{_PATH}/{{alias}}",
        summary="Get an override of a schedule",
        handle=_get,
        query=ByIdentifier,
        body=Nothing,
        data=OverrideOfSchedule,
    ),
    Endpoint(
        method="PUT",
        path=f"{_PATH}/{{alias}}",
        summary="Replace an override of a schedule",
        handle=_replace,
        query=ByIdentifier,
        body=OverrideRequest,
        data=OverrideMade,
    ),
    Endpoint(
        method="DELETE",
        path=f"{_PATH}/{{alias}}",
        summary="Delete an override of a schedule",
        handle=_delete,
        query=ByIdentifier,
        body=Nothing,
    ),
)
