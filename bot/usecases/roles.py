"""What somebody is to a noun, judged anew for every verb, and the gate that each verb of a postmortem passes.

A program has no role: what it may do its key's rights say, which are judged before any verb, and the key's team.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.engines.lifecycle.permissions import OF_PEOPLE, PERMISSIONS, may, require
from bot.errors import NotAllowed
from bot.queries import people
from bot.queries.actors import KeyHolder
from bot.queries.people import Person
from bot.usecases.reach import require_reach
from bot.usecases.unit import Unit
from bot.vocabulary import Role, TeamRole, Verb
from storage import roles, teams


async def authorise_member(unit: Unit, verb: Verb, *, subject: str = "") -> None:
    """Let the actor pass to a verb on nothing in particular: making a postmortem, naming a service.

    Raises:
        NotAllowed: the actor may not; the sentence says who may.
    """
    if not isinstance(unit.actor, KeyHolder):
        require(verb, roles_in(unit.person), subject=subject)


async def authorise(
    unit: Unit, verb: Verb, *, subject: str, owner_id: str, reviewer_ids: Sequence[str], team_id: str | None
) -> None:
    """Let the actor pass to a verb on one postmortem, `subject` being its name, `PM-12`.

    Raises:
        NotAllowed: the actor may not; the sentence says who may, by name. A key acts for another team, or wants to do
            what only people do.
    """
    if isinstance(unit.actor, KeyHolder):
        if verb in OF_PEOPLE:
            raise NotAllowed(f"Only a person can {PERMISSIONS[verb].doing.format(subject=subject)}, no API key.")
        require_reach(unit.actor, team_id)
        return
    self_approval, has_team = unit.settings.self_approval, team_id is not None
    held = _roles_on(unit.person, owner_id=owner_id, reviewer_ids=reviewer_ids)
    if may(verb, held, has_team=has_team, self_approval=self_approval):
        return
    if team_id:  # read only where it decides: being in the team takes nothing away
        membership = await teams.membership(unit.session, team_id, unit.person.id)
        held |= roles_in(unit.person, TeamRole(membership.role) if membership else None)
    if may(verb, held, has_team=has_team, self_approval=self_approval):
        return
    leads = (await roles.leads(unit.session, [team_id])).get(team_id, []) if team_id else []
    holders = {Role.OWNER: [owner_id], Role.REVIEWER: list(reviewer_ids), Role.LEAD: leads}
    known = await people.by_ids(unit.reading, [each for ids in holders.values() for each in ids])
    names = {role: [known[each].name for each in ids if each in known] for role, ids in holders.items()}
    require(verb, held, subject=subject, names=names, has_team=has_team, self_approval=self_approval)


def _roles_on(person: Person, *, owner_id: str, reviewer_ids: Sequence[str]) -> frozenset[Role]:
    held = set(roles_in(person))
    if person.id == owner_id:
        held.add(Role.OWNER)
    if person.id in reviewer_ids:
        held.add(Role.REVIEWER)
    return frozenset(held)


def roles_in(person: Person, in_team: TeamRole | None = None) -> frozenset[Role]:
    """What somebody is in the workspace, and in the team of a noun where they are in it."""
    if person.is_outsider:
        return frozenset({Role.OUTSIDER})
    held = {Role.MEMBER}
    if in_team is not None:
        held.add(Role.LEAD if in_team is TeamRole.ADMIN else Role.TEAMMATE)
    if person.is_admin:
        held.add(Role.ADMIN)
    return frozenset(held)
