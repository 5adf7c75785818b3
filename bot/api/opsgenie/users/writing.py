"""Create, update and delete users."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from bot.api.bounds import AtMost
from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.wire import Created, Given, Reference, Sent
from bot.usecases.users.create import create
from bot.usecases.users.delete import delete
from bot.usecases.users.edit import edit
from bot.usecases.users.wanted import MOST_SAID, WantedUser


class UserBody(Sent):
    """A user, or what is to change of one: what is left out or empty stays. Nobody is ever invited."""

    username: Given = None
    full_name: Given = None
    role: Reference | None = None
    skype_username: Given = None
    time_zone: Given = None
    locale: Given = None
    user_address: Annotated[dict[str, str | None], AtMost(MOST_SAID)] | None = None
    tags: Annotated[list[str], AtMost(MOST_SAID)] | None = None
    details: Annotated[dict[str, Annotated[list[str], AtMost(MOST_SAID)]], AtMost(MOST_SAID)] | None = None


async def _create(call: Call[Nothing, UserBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        user = await create(unit, _wanted(call.body))
        return Reply(Created(id=user.id, name=user.email or user.name), status=201, result="Created")


async def _edit(call: Call[Nothing, UserBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        user = await edit(unit, call.parts["identifier"], _wanted(call.body))
        return Reply(Created(id=user.id, name=user.email or user.name), result="Updated")


async def _delete(call: Call[Nothing, Nothing]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        await delete(unit, call.parts["identifier"])
    return Reply(result="Deleted")


def _wanted(body: UserBody) -> WantedUser:
    address: Mapping[str, str] | None = None
    if body.user_address is not None:
        address = {name: value for name, value in body.user_address.items() if value}
    return WantedUser(
        username=body.username,
        full_name=body.full_name,
        role=(body.role.name or body.role.id) if body.role else None,
        skype_username=body.skype_username,
        timezone=body.time_zone,
        locale=body.locale,
        address=address,
        tags=body.tags,
        details=body.details,
    )


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="POST",
        path="/v2/users",
        summary="Create a user",
        handle=_create,
        query=Nothing,
        body=UserBody,
        status=201,
        data=Created,
    ),
    Endpoint(
        method="PATCH",
        path="/v2/users/{identifier}",
        summary="Update a user",
        handle=_edit,
        query=Nothing,
        body=UserBody,
        data=Created,
    ),
    Endpoint(
        method="DELETE",
        path="/v2/users/{identifier}",
        summary="Delete a user",
        handle=_delete,
        query=Nothing,
        body=Nothing,
    ),
)
