"""Delete an incident."""

from __future__ import annotations

from bot.errors import InUse
from bot.queries.actors import KeyHolder
from bot.queries.incident_log import IncidentHappening
from bot.queries.incidents import IncidentRef
from bot.usecases.in_use import OF_ANOTHER_TEAM
from bot.usecases.incidents.held import hold, label
from bot.usecases.incidents.showing import show, show_alerts
from bot.usecases.unit import Unit
from storage import incidents
from storage.models import Incident


async def delete(unit: Unit, ref: IncidentRef) -> Incident:
    """Delete an incident on which no postmortem stands, with its notes; answers what it was.

    Raises:
        NotFound: there is no such incident.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        InUse: a postmortem stands on it or names it; one that was deleted counts until it is gone for good, a day
            later.
    """
    incident = await hold(unit, ref)
    standing = await incidents.postmortems_with(unit.session, incident.id)
    if standing:
        raise InUse(_still_there(unit, incident, standing))
    before = {
        "number": incident.number,
        "message": incident.message,
        "priority": str(incident.priority),
        "status": str(incident.status),
    }
    await show_alerts(unit, incident)
    await incidents.remove(unit.session, incident)
    await unit.event(IncidentHappening.DELETED, incident.id, before=before)
    await show(unit, incident)
    return incident


def _still_there(unit: Unit, incident: Incident, standing: list[tuple[int, str | None]]) -> str:
    actor = unit.actor
    told = [f"PM-{number}" for number, team in standing if not isinstance(actor, KeyHolder) or actor.reaches(team)] or [
        OF_ANOTHER_TEAM
    ]
    back = "One that was deleted counts until it is gone for good, a day later."
    return f"{label(incident)} cannot be deleted while {', '.join(told)} tells of it. {back}"
