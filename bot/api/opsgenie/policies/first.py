"""The Policy API, version 1: policies of one type each, in groups with an order of their own."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.policies.first_bodies import FirstPolicyBody
from bot.api.opsgenie.policies.identifying import policy_of
from bot.api.opsgenie.policies.parts import AS_SENT, MoveBody
from bot.api.opsgenie.policies.replies import FirstPolicy, ListedPolicy, MadePolicy, as_first
from bot.queries import policies
from bot.usecases.policies.create import create
from bot.usecases.policies.delete import delete
from bot.usecases.policies.edit import edit
from bot.usecases.policies.move import move
from bot.usecases.policies.switch import switch


async def _create(call: Call[Nothing, FirstPolicyBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        row = await create(unit, call.body.wanted)
        policy = policies.view(row)
    return Reply(MadePolicy(id=policy.id, name=policy.name, type=policy.type, enabled=policy.enabled), status=201)


async def _list(call: Call[Nothing, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        found = await policies.listed(reading, call.key.team_id)
    return Reply(
        [
            ListedPolicy(id=each.id, name=each.name, type=each.type, order=each.place, enabled=each.enabled)
            for each in found
        ]
    )


async def _get(call: Call[Nothing, Nothing]) -> Reply:
    return Reply(as_first(await policy_of(call)))


async def _edit(call: Call[Nothing, FirstPolicyBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        await edit(unit, call.parts["id"], call.body.wanted)
    return Reply(result="Updated")


async def _delete(call: Call[Nothing, Nothing]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        await delete(unit, call.parts["id"])
    return Reply(result="Deleted")


async def _enable(call: Call[Nothing, Nothing]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        await switch(unit, call.parts["id"], enabled=True)
    return Reply(result="Enabled")


async def _disable(call: Call[Nothing, Nothing]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        await switch(unit, call.parts["id"], enabled=False)
    return Reply(result="Disabled")


async def _move(call: Call[Nothing, MoveBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        await move(unit, call.parts["id"], call.body.target_index)
    return Reply(result="Order Changed")


_ALL = "/v1/policies"
_ONE = f"{_ALL}/{{id}}"
ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="POST",
        path=_ALL,
        summary="Create a policy",
        handle=_create,
        query=Nothing,
        body=FirstPolicyBody,
        names=AS_SENT,
        status=201,
        data=MadePolicy,
    ),
    Endpoint(
        method="GET",
        path=_ALL,
        summary="List policies",
        handle=_list,
        query=Nothing,
        body=Nothing,
        data=list[ListedPolicy],
    ),
    Endpoint(
        method="GET",
        path=_ONE,
        summary="Get a policy",
        handle=_get,
        query=Nothing,
        body=Nothing,
        data=FirstPolicy,
    ),
    Endpoint(
        method="PUT",
        path=_ONE,
        summary="Replace a policy",
        handle=_edit,
        query=Nothing,
        body=FirstPolicyBody,
        names=AS_SENT,
    ),
    Endpoint(
        method="DELETE",
        path=_ONE,
        summary="Delete a policy",
        handle=_delete,
        query=Nothing,
        body=Nothing,
    ),
    Endpoint(
        method="POST",
        path=f"{_ONE}/enable",
        summary="Enable a policy",
        handle=_enable,
        query=Nothing,
        body=Nothing,
    ),
    Endpoint(
        method="POST",
        path=f"{_ONE}/disable",
        summary="Disable a policy",
        handle=_disable,
        query=Nothing,
        body=Nothing,
    ),
    Endpoint(
        method="POST",
        path=f"{_ONE}/change-order",
        summary="Move a policy within its group",
        handle=_move,
        query=Nothing,
        body=MoveBody,
    ),
)
