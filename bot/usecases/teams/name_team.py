"""Name a team: the one that exists, or a new one led by whoever named it."""

from __future__ import annotations

from bot.usecases.teams.making import insert
from bot.usecases.unit import Unit
from bot.vocabulary import TeamRole
from storage import teams
from storage.models import Membership, Team


async def name_team(unit: Unit, name: str) -> Team:
    """The team of that name; where there is none it is made, and who named it leads it.

    Without the schedule, escalation and routing rule of a team that programs make: nobody asked for them.
    """
    existing = await teams.by_name(unit.session, name)
    if existing is None:  # somebody else may be naming it at this very moment, in other letters too
        await teams.claim_name(unit.session, name)
        existing = await teams.by_name(unit.session, name)
    if existing:
        return existing
    team = await insert(unit, " ".join(name.split()))
    if team is None:  # a program has made it just now
        return await name_team(unit, name)
    if unit.acting_person:
        unit.session.add(Membership(team_id=team.id, user_id=unit.acting_person.id, role=TeamRole.ADMIN))
    await unit.event("create-team", team.id, after={"name": team.name})
    return team
