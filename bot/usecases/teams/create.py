"""Make a team, with all that a program expects it to come with."""

from __future__ import annotations

from bot.errors import Taken
from bot.usecases.fields import Faults
from bot.usecases.reach import require_account
from bot.usecases.teams.defaults import make_defaults
from bot.usecases.teams.making import insert
from bot.usecases.teams.members import described, looked_at, put_in
from bot.usecases.teams.wanted import WantedTeam, look_at
from bot.usecases.unit import Unit
from storage.models import Team


async def create(unit: Unit, wanted: WantedTeam) -> Team:
    """The new team, with its schedule, its escalation and its default routing rule (usecases/teams/defaults.py).

    Raises:
        NotAllowed: the key acts for one team.
        BadFields: with every field that is wrong.
        Taken: there is a team of that name.
    """
    require_account(unit, doing="make teams")
    faults = Faults()
    faults.add("name", None if wanted.name else "name is mandatory.")
    look_at(wanted, faults)
    members = await looked_at(unit, wanted.members or (), (), faults)
    faults.refuse()
    name = wanted.name or ""
    team = await insert(unit, name, description=wanted.description or "")
    if team is None:
        raise taken(name)
    await put_in(unit, team, members)
    made = await make_defaults(unit, team)
    after = {"name": name, "description": team.description, "members": described(members), **made}
    await unit.event("create-team", team.id, after=after)
    return team


def taken(name: str) -> Taken:
    """What is said where a team has that name already."""
    return Taken({"name": f"Team with name [{name}] already exists."})
