"""Create, update and delete teams."""

from __future__ import annotations

from typing import Annotated, Any

from bot.api.bounds import AtMost
from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.references import UserReference
from bot.api.opsgenie.teams.identifying import ByTeam, team_ref
from bot.api.opsgenie.wire import Created, Given, Sent
from bot.usecases.teams.create import create
from bot.usecases.teams.delete import delete
from bot.usecases.teams.edit import edit
from bot.usecases.teams.wanted import MOST_MEMBERS, WantedMember, WantedTeam
from bot.vocabulary import TeamRole


class MemberBody(Sent):
    """Somebody for a team, and what they are in it: user where nothing is said, admin, or one of its own roles."""

    user: UserReference
    role: Given = None

    @property
    def wanted(self) -> WantedMember:
        """Who is meant."""
        return WantedMember(self.user.ref, self.role or TeamRole.USER)


class TeamBody(Sent):
    """A team, or what is to change of one. `members` are all of them; an empty description empties it."""

    MAY_BE_EMPTY = frozenset({"description"})

    name: Given = None
    description: str | None = None
    members: Annotated[list[MemberBody], AtMost(MOST_MEMBERS)] | None = None

    @property
    def wanted(self) -> WantedTeam:
        """What is said of the team."""
        members = None if self.members is None else [each.wanted for each in self.members]
        return WantedTeam(self.name, self.description, members)


async def _create(call: Call[Nothing, TeamBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        team = await create(unit, call.body.wanted)
    return Reply(Created(id=team.id, name=team.name), status=201, result="Created")


async def _edit(call: Call[ByTeam, TeamBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        team = await edit(unit, team_ref(call), call.body.wanted)
    return Reply(Created(id=team.id, name=team.name), result="Updated")


async def _delete(call: Call[ByTeam, Nothing]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        await delete(unit, team_ref(call))
    return Reply(result="Deleted")


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="POST",
        path="/v2/teams",
        summary="Create a team",
        handle=_create,
        query=Nothing,
        body=TeamBody,
        status=201,
        data=Created,
    ),
    Endpoint(
        method="PATCH",
        path="/v2/teams/{identifier}",
        summary="Update a team",
        handle=_edit,
        query=ByTeam,
        body=TeamBody,
        data=Created,
    ),
    Endpoint(
        method="DELETE",
        path="/v2/teams/{identifier}",
        summary="Delete a team",
        handle=_delete,
        query=ByTeam,
        body=Nothing,
    ),
)
