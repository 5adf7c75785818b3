"""A team's routing rules."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.teams.identifying import ByTeam, team_of, team_ref
from bot.api.opsgenie.teams.routing_wire import OrderBody, RoutingRuleBody, RoutingRuleReply, as_rule
from bot.api.opsgenie.wire import Created
from bot.errors import NotFound
from bot.queries import routing
from bot.usecases.teams import routing_rules


async def _create(call: Call[ByTeam, RoutingRuleBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        rule = await routing_rules.create(unit, team_ref(call), call.body.wanted)
    return Reply(Created(id=rule.id, name=rule.name), status=201, result="Created")


async def _list(call: Call[ByTeam, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        team = await team_of(reading, call)
        rules = await routing.of_team(reading, team.id)
    return Reply([as_rule(rule) for rule in rules])


async def _get(call: Call[ByTeam, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        team = await team_of(reading, call)
        rules = await routing.of_team(reading, team.id)
    for rule in rules:
        if rule.id == call.parts["rule"]:
            return Reply(as_rule(rule))
    raise NotFound(f"No routing rule of the team {team.name} exists with id [{call.parts['rule']}].")


async def _edit(call: Call[ByTeam, RoutingRuleBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        rule = await routing_rules.edit(unit, team_ref(call), call.parts["rule"], call.body.wanted)
    return Reply(Created(id=rule.id, name=rule.name), result="Updated")


async def _move(call: Call[ByTeam, OrderBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        rule = await routing_rules.move(unit, team_ref(call), call.parts["rule"], to=call.body.order)
    return Reply(Created(id=rule.id, name=rule.name), result="Order Changed")


async def _delete(call: Call[ByTeam, Nothing]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        await routing_rules.delete(unit, team_ref(call), call.parts["rule"])
    return Reply(result="Deleted")


_ALL = "/v2/teams/{identifier}/routing-rules"
_ONE = f"{_ALL}/{{rule}}"
ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="POST",
        path=_ALL,
        summary="Create a routing rule of a team",
        handle=_create,
        query=ByTeam,
        body=RoutingRuleBody,
        status=201,
        data=Created,
    ),
    Endpoint(
        method="GET",
        path=_ALL,
        summary="List the routing rules of a team",
        handle=_list,
        query=ByTeam,
        body=Nothing,
        data=list[RoutingRuleReply],
    ),
    Endpoint(
        method="GET",
        path=_ONE,
        summary="Get a routing rule of a team",
        handle=_get,
        query=ByTeam,
        body=Nothing,
        data=RoutingRuleReply,
    ),
    Endpoint(
        method="PATCH",
        path=_ONE,
        summary="Update a routing rule of a team",
        handle=_edit,
        query=ByTeam,
        body=RoutingRuleBody,
        data=Created,
    ),
    Endpoint(
        method="POST",
        path=f"{_ONE}/change-order",
        summary="Move a routing rule of a team",
        handle=_move,
        query=ByTeam,
        body=OrderBody,
        data=Created,
    ),
    Endpoint(
        method="DELETE",
        path=_ONE,
        summary="Delete a routing rule of a team",
        handle=_delete,
        query=ByTeam,
        body=Nothing,
    ),
)
