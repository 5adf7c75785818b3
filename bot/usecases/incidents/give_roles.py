"""Say who does what in an incident."""

from __future__ import annotations

from collections.abc import Mapping

from bot.queries import people
from bot.queries.incident_log import IncidentHappening
from bot.queries.incidents import IncidentRef
from bot.usecases.fields import Faults, unfit
from bot.usecases.incidents.held import changed, hold
from bot.usecases.unit import Unit
from bot.vocabulary import IncidentRole
from storage import incident_parts
from storage.models import Incident, IncidentPart

TASKS: Mapping[IncidentRole, str] = {
    IncidentRole.COMMANDER: "lead an incident",
    IncidentRole.COMMUNICATIONS: "speak for an incident",
    IncidentRole.SCRIBE: "take notes of an incident",
}


async def give_roles(unit: Unit, ref: IncidentRef, wanted: Mapping[IncidentRole, str | None]) -> Incident:
    """Give each of these roles to somebody, by their id, or to nobody; the others stay. Answers the incident.

    What is so already changes nothing.

    Raises:
        NotFound: there is no such incident.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: a role whose person cannot have it, under the role's name.
    """
    incident = await hold(unit, ref)
    parts = {IncidentRole(each.role): each for each in await incident_parts.roles_in(unit.session, incident.id)}
    held = {role: part.user_id for role, part in parts.items()}
    new = {role: user_id for role, user_id in wanted.items() if held.get(role) != user_id}
    await _check(unit, new)
    if not new:
        return incident
    before = {role.value: held[role] for role in new if role in held}
    for role, user_id in new.items():
        if role in parts:
            await unit.session.delete(parts[role])
            await unit.session.flush()
        if user_id:
            unit.session.add(IncidentPart(incident_id=incident.id, role=role, user_id=user_id))
            unit.concerned.add(user_id)
    await changed(
        unit,
        incident,
        IncidentHappening.ROLES,
        before=before,
        after={role.value: user_id for role, user_id in new.items()},
    )
    return incident


async def _check(unit: Unit, new: Mapping[IncidentRole, str | None]) -> None:
    known = await people.by_ids(unit.reading, [user_id for user_id in new.values() if user_id])
    faults = Faults()
    for role, user_id in new.items():
        if user_id:
            faults.add(role.value, unfit(known.get(user_id), task=TASKS[role]))
    faults.refuse()
