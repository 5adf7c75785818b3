"""The roles that a team makes up for its members."""

from __future__ import annotations

from typing import Annotated, Any

from bot.api.bounds import AtMost
from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.references import Identified
from bot.api.opsgenie.teams.identifying import OfTeam, team_of, team_ref
from bot.api.opsgenie.wire import Created, Flag, Given, Sent, Wire
from bot.errors import NotFound
from bot.queries import members
from bot.queries.members import OwnRole
from bot.usecases.references import Ref
from bot.usecases.teams import own_roles
from bot.usecases.teams.own_roles import MOST_RIGHTS, WantedRole


class RightBody(Sent):
    """A right that a role gives, or takes away."""

    MAY_BE_EMPTY = frozenset({"right"})

    right: str
    granted: Flag = False


class RoleBody(Sent):
    """A role, or what is to change of one. `rights` are all of them."""

    name: Given = None
    rights: Annotated[list[RightBody], AtMost(MOST_RIGHTS)] | None = None

    @property
    def wanted(self) -> WantedRole:
        """What is said of the role."""
        rights = None if self.rights is None else [right.model_dump() for right in self.rights]
        return WantedRole(self.name, rights)


class TeamRoleReply(Wire):
    """A role that a team has made up."""

    id: str
    name: str
    rights: tuple[RightBody, ...]


class RoleOfTeam(Identified, OfTeam):
    """The query of a request about one role of a team; each of the two may be named by id or by name."""


async def _create(call: Call[OfTeam, RoleBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        role = await own_roles.create(unit, team_ref(call), call.body.wanted)
    return Reply(Created(id=role.id, name=role.name), status=201, result="Created")


async def _list(call: Call[OfTeam, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        team = await team_of(reading, call)
        roles = await members.own_roles(reading, team.id)
    return Reply([_as_role(role) for role in roles])


async def _get(call: Call[RoleOfTeam, Nothing]) -> Reply:
    ref = _ref(call)
    async with call.desk.reader() as reading:
        team = await team_of(reading, call)
        roles = await members.own_roles(reading, team.id)
    for role in roles:
        if role.id == ref.id or role.name == ref.name:
            return Reply(_as_role(role))
    raise NotFound(f"No role of the team {team.name} exists with {ref}.")


async def _edit(call: Call[RoleOfTeam, RoleBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        role = await own_roles.edit(unit, team_ref(call), _ref(call), call.body.wanted)
    return Reply(Created(id=role.id, name=role.name), result="Updated")


async def _delete(call: Call[RoleOfTeam, Nothing]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        await own_roles.delete(unit, team_ref(call), _ref(call))
    return Reply(result="Deleted")


def _ref(call: Call[RoleOfTeam, Any]) -> Ref:
    return call.query.ref(call.parts["role"])


def _as_role(role: OwnRole) -> TeamRoleReply:
    return TeamRoleReply(
        id=role.id, name=role.name, rights=tuple(RightBody.model_validate(right) for right in role.rights)
    )


_ALL = "/v2/teams/{identifier}/roles"
_ONE = f"{_ALL}/{{role}}"
ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="POST",
        path=_ALL,
        summary="Create a role of a team",
        handle=_create,
        query=OfTeam,
        body=RoleBody,
        status=201,
        data=Created,
    ),
    Endpoint(
        method="GET",
        path=_ALL,
        summary="List the roles of a team",
        handle=_list,
        query=OfTeam,
        body=Nothing,
        data=list[TeamRoleReply],
    ),
    Endpoint(
        method="GET",
        path=_ONE,
        summary="Get a role of a team",
        handle=_get,
        query=RoleOfTeam,
        body=Nothing,
        data=TeamRoleReply,
    ),
    Endpoint(
        method="PATCH",
        path=_ONE,
        summary="Update a role of a team",
        handle=_edit,
        query=RoleOfTeam,
        body=RoleBody,
        data=Created,
    ),
    Endpoint(
        method="DELETE",
        path=_ONE,
        summary="Delete a role of a team",
        handle=_delete,
        query=RoleOfTeam,
        body=Nothing,
    ),
)
