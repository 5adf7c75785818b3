"""Teams as they are answered."""

from __future__ import annotations

from collections.abc import Iterable

from yarl import URL

from bot.api.addresses import address
from bot.api.opsgenie.users.replies import BriefUser
from bot.api.opsgenie.wire import Wire
from bot.queries.members import Member
from bot.queries.teams import TeamView


class Links(Wire):
    """Where a thing is found."""

    api: str


class ListedTeam(Wire):
    """A team without its members."""

    id: str
    name: str
    description: str
    links: Links


class MemberReply(Wire):
    """Somebody in a team."""

    user: BriefUser
    role: str


class TeamReply(ListedTeam):
    """A team."""

    members: tuple[MemberReply, ...]


def as_listed(team: TeamView, base: URL) -> ListedTeam:
    """A team without its members."""
    return ListedTeam(id=team.id, name=team.name, description=team.description, links=_links(team, base))


def as_team(team: TeamView, members: Iterable[Member], base: URL) -> TeamReply:
    """A team with its members."""
    return TeamReply(
        id=team.id,
        name=team.name,
        description=team.description,
        links=_links(team, base),
        members=tuple(
            MemberReply(user=BriefUser(id=each.user_id, username=each.username), role=each.role) for each in members
        ),
    )


def _links(team: TeamView, base: URL) -> Links:
    return Links(api=str(address(base, f"/v2/teams/{team.id}")))
