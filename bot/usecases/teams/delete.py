"""Delete a team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.usecases.escalations.delete import delete as delete_escalation
from bot.usecases.in_use import MOST_NAMED, require_unused
from bot.usecases.references import Ref
from bot.usecases.schedules.delete import delete as delete_schedule
from bot.usecases.teams.defaults import Defaults, unused_defaults_of
from bot.usecases.teams.held import hold
from bot.usecases.unit import Unit
from storage import escalations, incidents, policies, saved_searches, services, teams, usages
from storage.models import Team
from storage.usages import Use


async def delete(unit: Unit, ref: Ref) -> None:
    """Delete a team with what is of it alone: members, own roles, routing rules, policies, saved searches, and what it
    came with if unused.

    Its other schedules, escalations and services, its postmortems and incidents, the keys that act for it, and whatever
    puts it on call (an override that is over too, since the past speaks of it) have to go first, or to another team.

    Raises:
        NotFound: there is no such team.
        NotAllowed: the key acts for another team.
        InUse: something still stands on it; all of it is named.
    """
    await policies.begin_change(unit.session)
    team = await hold(unit, ref)
    defaults = await unused_defaults_of(unit, team)
    require_unused(unit.actor, f"The team {team.name}", await _uses(unit, team, defaults))
    for key in await teams.keys_of(unit.session, team.id):
        key.team_id = None  # revoked long ago: it opens nothing
    await teams.delete_parts(unit.session, team.id)
    await policies.delete_of_team(unit.session, team.id)
    await saved_searches.delete_of_team(unit.session, team.id)
    if defaults.escalation is not None:
        await delete_escalation(unit, Ref(id=defaults.escalation.id))
    if defaults.schedule is not None:
        await delete_schedule(unit, defaults.schedule.id)
    await unit.event("delete-team", team.id, before={"name": team.name, "description": team.description})
    await unit.session.delete(team)
    await unit.session.flush()


async def _uses(unit: Unit, team: Team, defaults: Defaults) -> Mapping[str, Sequence[Use]]:
    session = unit.session
    going = {row.id for row in (defaults.schedule, defaults.escalation) if row}
    own_escalations = [each for each in await escalations.every(session, team_id=team.id) if each.id not in going]
    numbers = await teams.postmortem_numbers(session, team.id, limit=MOST_NAMED + 1)
    incident_numbers = await incidents.numbers_of_team(session, team.id, limit=MOST_NAMED + 1)
    keys = await teams.keys_of(session, team.id)
    own = {
        "schedules": [name for id_, name in await teams.schedules_of(session, team.id) if id_ not in going],
        "escalations": [each.name for each in own_escalations],
        "services": [each.name for each in await services.of_team(session, team.id)],
        "postmortems": [f"PM-{number}" for number in numbers],
        "incidents": [f"INC-{number}" for number in incident_numbers],
        "API keys": [key.name for key in keys if key.revoked_at is None],
    }
    notifying = await usages.escalations_with(session, team.id, but=going)
    return {
        **{kind: [Use(name, team.id) for name in names] for kind, names in own.items()},
        "rotations of": await usages.rosters_with(session, team.id, now=unit.now),
        "overrides of": await usages.overrides_with(session, team.id),
        "rules of the escalations": [Use(each.name, each.team_id) for each in notifying],
        "policies": await usages.policies_with(session, team.id, but_of_team=team.id),
    }
