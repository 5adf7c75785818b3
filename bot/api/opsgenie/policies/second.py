"""The Policy API, version 2: alert policies, of everybody or of a team, and notification policies of teams."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.policies.identifying import OfTeam, policy_of, scope_of
from bot.api.opsgenie.policies.parts import AS_SENT, MoveBody
from bot.api.opsgenie.policies.replies import ListedPolicy, MadePolicy, SecondPolicy, as_second, second_type
from bot.api.opsgenie.policies.second_bodies import LISTED_WITH, SecondPolicyBody, SecondPolicyType
from bot.errors import BadFields
from bot.queries import policies
from bot.queries.policies import PolicyView
from bot.usecases.policies.create import NEEDS_TEAM, create
from bot.usecases.policies.delete import delete
from bot.usecases.policies.edit import edit
from bot.usecases.policies.move import move
from bot.usecases.policies.switch import switch


async def _create(call: Call[OfTeam, SecondPolicyBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        row = await create(unit, call.body.wanted, team_id=call.query.team_id, needs_team=call.body.is_notification)
        policy = policies.view(row)
    made = MadePolicy(id=policy.id, name=policy.name, type=second_type(policy), enabled=policy.enabled)
    return Reply(made, status=201, result="Created")


async def _list_alert(call: Call[OfTeam, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        team_id = await scope_of(reading, call)
        found = await policies.listed(reading, team_id, LISTED_WITH[SecondPolicyType.ALERT])
    return Reply(_numbered(found))


async def _list_notification(call: Call[OfTeam, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        team_id = await scope_of(reading, call)
        if team_id is None:
            raise BadFields({"teamId": NEEDS_TEAM})
        found = await policies.listed(reading, team_id, LISTED_WITH[SecondPolicyType.NOTIFICATION])
    return Reply(_numbered(found))


def _numbered(found: Iterable[PolicyView]) -> list[ListedPolicy]:
    """Policies of the first version stand in groups of their own, which follow: the numbers run on over them."""
    return [
        ListedPolicy(id=each.id, name=each.name, type=second_type(each), order=place, enabled=each.enabled)
        for place, each in enumerate(found)
    ]


async def _get(call: Call[OfTeam, Nothing]) -> Reply:
    return Reply(as_second(await policy_of(call, team_id=call.query.team_id)))


async def _edit(call: Call[OfTeam, SecondPolicyBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        wanted, needs_team = call.body.wanted, call.body.is_notification
        await edit(unit, call.parts["id"], wanted, team_id=call.query.team_id, needs_team=needs_team)
    return Reply(result="Updated")


async def _delete(call: Call[OfTeam, Nothing]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        await delete(unit, call.parts["id"], team_id=call.query.team_id)
    return Reply(result="Deleted")


async def _enable(call: Call[OfTeam, Nothing]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        await switch(unit, call.parts["id"], enabled=True, team_id=call.query.team_id)
    return Reply(result="Enabled")


async def _disable(call: Call[OfTeam, Nothing]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        await switch(unit, call.parts["id"], enabled=False, team_id=call.query.team_id)
    return Reply(result="Disabled")


async def _move(call: Call[OfTeam, MoveBody]) -> Reply:
    listed_with = LISTED_WITH[SecondPolicyType.NOTIFICATION]
    async with call.desk.units.begin(call.key) as unit:
        place = call.body.target_index
        await move(unit, call.parts["id"], place, listed_with=listed_with, team_id=call.query.team_id)
    return Reply(result="Order Changed")


_ALL = "/v2/policies"
_ONE = f"{_ALL}/{{id}}"
ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="POST",
        path=_ALL,
        summary="Create an alert policy, or a notification policy of a team",
        handle=_create,
        query=OfTeam,
        body=SecondPolicyBody,
        names=AS_SENT,
        status=201,
        data=MadePolicy,
    ),
    Endpoint(
        method="GET",
        path=f"{_ALL}/alert",
        summary="List alert policies",
        handle=_list_alert,
        query=OfTeam,
        body=Nothing,
        data=list[ListedPolicy],
    ),
    Endpoint(
        method="GET",
        path=f"{_ALL}/notification",
        summary="List the notification policies of a team",
        handle=_list_notification,
        query=OfTeam,
        body=Nothing,
        data=list[ListedPolicy],
    ),
    Endpoint(
        method="GET",
        path=_ONE,
        summary="Get a policy",
        handle=_get,
        query=OfTeam,
        body=Nothing,
        data=SecondPolicy,
    ),
    Endpoint(
        method="PUT",
        path=_ONE,
        summary="Replace a policy",
        handle=_edit,
        query=OfTeam,
        body=SecondPolicyBody,
        names=AS_SENT,
    ),
    Endpoint(
        method="DELETE",
        path=_ONE,
        summary="Delete a policy",
        handle=_delete,
        query=OfTeam,
        body=Nothing,
    ),
    Endpoint(
        method="POST",
        path=f"{_ONE}/enable",
        summary="Enable a policy",
        handle=_enable,
        query=OfTeam,
        body=Nothing,
    ),
    Endpoint(
        method="POST",
        path=f"{_ONE}/disable",
        summary="Disable a policy",
        handle=_disable,
        query=OfTeam,
        body=Nothing,
    ),
    Endpoint(
        method="POST",
        path=f"{_ONE}/change-order",
        summary="Move a policy within its list",
        handle=_move,
        query=OfTeam,
        body=MoveBody,
    ),
)
