"""Name a team: the one that exists, or a new one led by whoever named it."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from bot.usecases.unit import Unit
from bot.vocabulary import TeamRole
from storage import teams
from storage.models import Membership, Team
from storage.models.base import name_key


async def name_team(unit: Unit, name: str) -> Team:
    """The team of that name; where there is none it is made, and who named it leads it."""
    existing = await teams.by_name(unit.session, name)
    if existing:
        return existing
    team = Team(name=" ".join(name.split()), name_key=name_key(name), created_at=unit.now)
    try:
        async with unit.session.begin_nested():
            unit.session.add(team)
    except IntegrityError:  # somebody else named it at this very moment, and leads it
        return await teams.by_name(unit.session, name) or await name_team(unit, name)
    if unit.acting_person:
        unit.session.add(Membership(team_id=team.id, user_id=unit.acting_person.id, role=TeamRole.ADMIN))
    await unit.event("create-team", team.id, after={"name": team.name})
    return team
