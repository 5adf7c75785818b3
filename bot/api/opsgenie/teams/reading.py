"""Get and list teams, and what happened to them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.paging import Order, Paged
from bot.api.opsgenie.teams.identifying import ByTeam, team_of
from bot.api.opsgenie.teams.replies import ListedTeam, TeamReply, as_listed, as_team
from bot.api.opsgenie.wire import Instant, Wire
from bot.queries import members, teams


class LogLineReply(Wire):
    """Something that happened to a team."""

    log: str
    owner: str
    created_date: Instant


class LogReply(Wire):
    """Some of what happened to a team; `offset` is where the next lines begin, absent at the end."""

    offset: str | None = None
    logs: tuple[LogLineReply, ...]


class LogQuery(Paged, ByTeam):
    """How much of a log, from where; the newest first where nothing else is said."""

    order: Annotated[Order, BeforeValidator(lambda value: value or Order.DESC)] = Order.DESC


async def _get(call: Call[ByTeam, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        team = await team_of(reading, call)
        return Reply(as_team(team, await members.of_team(reading, team.id), call.base))


async def _list(call: Call[Nothing, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        found = await teams.listed(reading)
    return Reply([as_listed(each, call.base) for each in found if call.key.reaches(each.id)])


async def _logs(call: Call[LogQuery, Nothing]) -> Reply:
    asked = call.query
    async with call.desk.reader() as reading:
        team = await team_of(reading, call)
        lines = await members.log(
            reading, team.id, limit=asked.limit, offset=asked.offset, newest_first=asked.order is Order.DESC
        )
    return Reply(
        LogReply(
            offset=str(asked.offset + asked.limit) if len(lines) == asked.limit else None,
            logs=tuple(LogLineReply(log=each.words, owner=each.by, created_date=each.at) for each in lines),
        )
    )


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="GET",
        path="/v2/teams",
        summary="List teams",
        handle=_list,
        query=Nothing,
        body=Nothing,
        data=list[ListedTeam],
    ),
    Endpoint(
        method="GET",
        path="/v2/teams/{identifier}",
        summary="Get a team",
        handle=_get,
        query=ByTeam,
        body=Nothing,
        data=TeamReply,
    ),
    Endpoint(
        method="GET",
        path="/v2/teams/{identifier}/logs",
        summary="List what happened to a team",
        handle=_logs,
        query=LogQuery,
        body=Nothing,
        data=LogReply,
    ),
)
