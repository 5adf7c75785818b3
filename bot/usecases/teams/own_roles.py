"""The roles that a team makes up for its members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import Locked, NotFound, Taken
from bot.usecases.fields import Faults, wrong_name
from bot.usecases.in_use import require_unused
from bot.usecases.references import Ref
from bot.usecases.teams.held import hold
from bot.usecases.unit import Unit
from bot.vocabulary import TeamRole
from storage import teams
from storage.models import Team, TeamOwnRole
from storage.usages import Use

LONGEST_NAME = 100
MOST_ROLES = 100
MOST_RIGHTS = 200
"""Of one role. The surface refuses more."""


@dataclass(frozen=True, slots=True)
class WantedRole:
    """None: nothing was said. The rights are kept as they were sent: `{"right", "granted"}`."""

    name: str | None
    rights: Sequence[dict[str, Any]] | None


async def create(unit: Unit, ref: Ref, wanted: WantedRole) -> TeamOwnRole:
    """Make a role; answers it.

    Raises:
        NotFound: there is no such team.
        NotAllowed: the key acts for another team.
        BadFields: with every field that is wrong.
        Taken: the team has a role of that name.
        Locked: the team has MOST_ROLES already.
    """
    team = await hold(unit, ref)
    faults = Faults()
    faults.add("name", None if wanted.name else "name is mandatory.")
    faults.add("rights", None if wanted.rights else "rights: name at least one right.")
    await _look_at(unit, team, wanted, faults)
    if len(await teams.own_roles(unit.session, team.id)) >= MOST_ROLES:
        raise Locked(f"A team has at most {MOST_ROLES} roles of its own. Delete one of {team.name} first.")
    role = TeamOwnRole(team_id=team.id, name=wanted.name or "", rights=list(wanted.rights or ()))
    unit.session.add(role)
    await unit.event("create-team-role", team.id, after={"role": role.name, "rights": role.rights})
    return role


async def edit(unit: Unit, team_ref: Ref, ref: Ref, wanted: WantedRole) -> TeamOwnRole:
    """Change what is said of a role and leave what is not; its members keep it under its new name. Answers it.

    Raises:
        NotFound, NotAllowed, BadFields, Taken: as `create`; NotFound also where there is no such role.
    """
    team = await hold(unit, team_ref)
    role = await _role(unit, team, ref)
    await _look_at(unit, team, wanted, Faults(), but=role)
    before = {"role": role.name, "rights": role.rights}
    for member in await teams.memberships(unit.session, team.id):
        if member.title == role.name:
            member.title = wanted.name or role.name
    role.name = wanted.name or role.name
    role.rights = list(wanted.rights) if wanted.rights is not None else role.rights
    await unit.event("edit-team-role", team.id, before=before, after={"role": role.name, "rights": role.rights})
    return role


async def delete(unit: Unit, team_ref: Ref, ref: Ref) -> None:
    """Delete a role that nobody has.

    Raises:
        NotFound: there is no such team, or no such role in it.
        NotAllowed: the key acts for another team.
        InUse: members have it.
    """
    team = await hold(unit, team_ref)
    role = await _role(unit, team, ref)
    holders = [row for row in await teams.memberships(unit.session, team.id) if row.title == role.name]
    uses = {"members of": [Use(team.name, team.id)]} if holders else {}
    require_unused(unit.actor, f"The role {role.name}", uses)
    await unit.event("delete-team-role", team.id, before={"role": role.name, "rights": role.rights})
    await unit.session.delete(role)


async def _role(unit: Unit, team: Team, ref: Ref) -> TeamOwnRole:
    roles = await teams.own_roles(unit.session, team.id)
    found = next((role for role in roles if (role.id == ref.id if ref.id else role.name == ref.name)), None)
    if found is None:
        raise NotFound(f"No role of the team {team.name} exists with {ref}.")
    return found


async def _look_at(
    unit: Unit, team: Team, wanted: WantedRole, faults: Faults, *, but: TeamOwnRole | None = None
) -> None:
    name = wanted.name
    if name:
        faults.add("name", wrong_name(name, called="name", limit=LONGEST_NAME))
        if name.strip().lower() in set(TeamRole):
            faults.add("name", f"Every team has a role {name} already. Choose another name.")
    faults.refuse()
    if name and any(role.name == name and role is not but for role in await teams.own_roles(unit.session, team.id)):
        raise Taken({"name": f"Team role with name [{name}] already exists."})
