"""The teams there are, and who is what in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.queries import people
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.vocabulary import TeamRole
from storage import teams


@dataclass(frozen=True, slots=True)
class TeamName:
    """A team as a menu shows it."""

    id: str
    name: str


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
