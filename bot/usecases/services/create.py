"""Make a service."""

from __future__ import annotations

from bot.errors import Taken
from bot.usecases.fields import Faults
from bot.usecases.reach import own_team
from bot.usecases.references import Ref, missing, named
from bot.usecases.services.making import insert
from bot.usecases.services.wanted import WantedService, look_at
from bot.usecases.unit import Unit
from bot.vocabulary import Visibility
from storage.models import Service, Team


async def create(unit: Unit, wanted: WantedService) -> Service:
    """The new service. A key that acts for a team makes it that team's, whatever is said.

    Raises:
        BadFields: with every field that is wrong, a team that there is not included.
        Taken: there is a service of that name; case and blanks do not count, since people name services too.
    """
    faults = Faults()
    faults.add("name", None if wanted.name else "name is mandatory.")
    look_at(wanted, faults)
    team_id = own_team(unit) or await team_named(unit, wanted.team_id, faults)
    faults.add("teamId", None if team_id else "teamId is mandatory.")
    faults.refuse()
    name = wanted.name or ""
    service = await insert(
        unit,
        name,
        team_id=team_id,
        description=wanted.description or "",
        tags=list(wanted.tags or ()),
        visibility=(wanted.visibility or Visibility.EVERYBODY).value,
    )
    if service is None:
        raise taken(name)
    return service


async def team_named(unit: Unit, team_id: str | None, faults: Faults) -> str | None:
    """The id of the team that is meant, where there is such a team; else that is noted as a fault."""
    if not team_id:
        return None
    ref = Ref(id=team_id)
    team = (await named(unit, Team, [ref])).of(ref)
    faults.add("teamId", None if team else missing("team", ref))
    return team.id if team else None


def taken(name: str) -> Taken:
    """What is said where a service has that name already."""
    return Taken({"name": f"Service with name [{name}] already exists."})
