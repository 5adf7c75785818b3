"""Change a team: its name, its description, who is in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.exc import IntegrityError

from bot.usecases.fields import Faults
from bot.usecases.references import Ref
from bot.usecases.teams.create import taken
from bot.usecases.teams.held import hold
from bot.usecases.teams.members import described, looked_at, put_in
from bot.usecases.teams.wanted import WantedTeam, look_at
from bot.usecases.unit import Unit
from storage import teams
from storage.models import Team
from storage.models.base import name_key


async def edit(unit: Unit, ref: Ref, wanted: WantedTeam) -> Team:
    """Change what is said and leave what is not; what the team came with keeps its names. Answers the team.

    Raises:
        NotFound: there is no such team.
        NotAllowed: the key acts for another team.
        BadFields: with every field that is wrong.
        Taken: another team has that name.
    """
    team = await hold(unit, ref)
    faults = Faults()
    look_at(replace(wanted, name=None) if wanted.name == team.name else wanted, faults)  # a name of Slack's may stay
    own_roles = [row.name for row in await teams.own_roles(unit.session, team.id)]
    there = [row.user_id for row in await teams.memberships(unit.session, team.id)] if wanted.members else []
    members = await looked_at(unit, wanted.members or (), own_roles, faults, there=there)
    faults.refuse()
    before = {"name": team.name, "description": team.description}
    try:
        async with unit.session.begin_nested():
            team.name = wanted.name or team.name
            team.name_key = name_key(team.name)
            team.description = team.description if wanted.description is None else wanted.description
    except IntegrityError as error:
        raise taken(wanted.name or "") from error
    after: dict[str, Any] = {"name": team.name, "description": team.description}
    if wanted.members is not None:
        await put_in(unit, team, members)
        after["members"] = described(members)
    await unit.event("edit-team", team.id, before=before, after=after)
    return team
