"""The teams there are, and who is what in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.queries import people
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.vocabulary import TeamRole
from storage import references, teams
from storage.models import Team


@dataclass(frozen=True, slots=True)
class TeamName:
    """A team as a menu shows it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class TeamView:
    """A team as programs know it, without its members."""

    id: str
    name: str
    description: str


async def listed(reading: Reading) -> list[TeamView]:
    """Every team as programs know it, by name."""
    return [TeamView(team.id, team.name, team.description) for team in await teams.all_by_name(reading.session)]


async def identified(reading: Reading, *, id_: str | None = None, name: str | None = None) -> TeamView | None:
    """The team with that id, or whose name is that letter by letter."""
    found = await references.identified(reading.session, Team, ids=[id_] if id_ else [], names=[name] if name else [])
    return TeamView(found[0].id, found[0].name, found[0].description) if found else None


async def all_by_name(reading: Reading) -> list[TeamName]:
    """Every team, by name."""
    return [TeamName(team.id, team.name) for team in await teams.all_by_name(reading.session)]


async def names(reading: Reading, ids: Iterable[str]) -> dict[str, str]:
    """The names of the teams with these ids, by id; unknown ids are left out."""
    return {team.id: team.name for team in await teams.by_ids(reading.session, ids)}


async def roles_of(reading: Reading, person_id: str) -> dict[str, TeamRole]:
    """What a person is in each of their teams, by the team's id."""
    return {each.team_id: TeamRole(each.role) for each in await teams.memberships_of(reading.session, person_id)}


async def leads(reading: Reading, team_id: str) -> list[Person]:
    """Those who lead a team and have not left, in order of their names."""
    members = await teams.memberships(reading.session, team_id)
    found = await people.by_ids(reading, [each.user_id for each in members if each.role == TeamRole.ADMIN])
    return sorted((person for person in found.values() if not person.has_left), key=lambda person: person.name)
