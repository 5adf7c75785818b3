"""Which team a path speaks of, and whether the key may look at it."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call
from bot.api.opsgenie.references import Identified, Kind, ref_of
from bot.api.opsgenie.wire import Wire
from bot.errors import NotFound
from bot.queries import teams
from bot.queries.reading import Reading
from bot.queries.teams import TeamView
from bot.usecases.reach import require_reach
from bot.usecases.references import Ref


class OfTeam(Wire):
    """The query of a request about something of a team."""

    team_identifier_type: Kind = None

    def team(self, identifier: str) -> Ref:
        """The team that the part of the path names."""
        return ref_of(self.team_identifier_type, identifier)


class ByTeam(Identified, OfTeam):
    """The query of a request about a team, or about what has no name of its own: either word is understood."""

    def team(self, identifier: str) -> Ref:
        """The team that the part of the path names."""
        return ref_of(self.team_identifier_type or self.identifier_type, identifier)


def team_ref(call: Call[Any, Any]) -> Ref:
    """The team that the path names."""
    query: OfTeam = call.query
    return query.team(call.parts["identifier"])


async def team_of(reading: Reading, call: Call[Any, Any]) -> TeamView:
    """The team that the path names.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team.
    """
    ref = team_ref(call)
    found = await teams.identified(reading, id_=ref.id, name=ref.name)
    if found is None:
        raise NotFound(f"No team exists with {ref}.")
    require_reach(call.key, found.id)
    return found
