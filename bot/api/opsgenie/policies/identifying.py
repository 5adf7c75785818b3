"""Which policy a path speaks of, and whose policies a query does."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call
from bot.api.opsgenie.wire import Given, Sent
from bot.errors import BadFields
from bot.queries import policies, teams
from bot.queries.policies import PolicyView
from bot.queries.reading import Reading
from bot.usecases.policies.held import absent
from bot.usecases.reach import require_reach
from bot.usecases.references import Ref, missing


class OfTeam(Sent):
    """The query of a request about policies of a team; without one, of those of everybody."""

    team_id: Given = None


async def policy_of(call: Call[Any, Any], *, team_id: str | None = None) -> PolicyView:
    """The policy that the path names; with `team_id` it has to be that team's.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team.
    """
    if team_id is not None:
        require_reach(call.key, team_id)
    async with call.desk.reader() as reading:
        policy = await policies.by_id(reading, call.parts["id"])
    if policy is None:
        raise absent(call.parts["id"])
    require_reach(call.key, policy.team_id)
    if team_id not in {None, policy.team_id}:
        raise absent(policy.id)
    return policy


async def scope_of(reading: Reading, call: Call[OfTeam, Any]) -> str | None:
    """The id of the team whose policies are asked for: a team's key asks for its own. None means everybody's.

    Raises:
        NotAllowed: the key acts for another team.
        BadFields: there is no such team.
    """
    team_id = call.query.team_id
    if team_id is None:
        return call.key.team_id
    require_reach(call.key, team_id)
    if await teams.identified(reading, id_=team_id) is None:
        raise BadFields({"teamId": missing("team", Ref(id=team_id))})
    return team_id
