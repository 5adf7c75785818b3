"""Put somebody into a team, and take them out."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.teams.identifying import ByTeam, team_ref
from bot.api.opsgenie.teams.writing import MemberBody
from bot.api.opsgenie.wire import Created
from bot.usecases.teams.members import join, leave


async def _add(call: Call[ByTeam, MemberBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        team = await join(unit, team_ref(call), call.body.wanted)
    return Reply(Created(id=team.id, name=team.name), result="Added")


async def _remove(call: Call[ByTeam, Nothing]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        team = await leave(unit, team_ref(call), call.parts["member"])
    return Reply(Created(id=team.id, name=team.name), result="Removed")


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="POST",
        path="/v2/teams/{identifier}/members",
        summary="Add a member to a team, or give them another role",
        handle=_add,
        query=ByTeam,
        body=MemberBody,
        data=Created,
    ),
    Endpoint(
        method="DELETE",
        path="/v2/teams/{identifier}/members/{member}",
        summary="Remove a member from a team",
        handle=_remove,
        query=ByTeam,
        body=Nothing,
        data=Created,
    ),
)
