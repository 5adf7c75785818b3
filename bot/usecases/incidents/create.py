"""Open an incident as programs do: with all that is known of it."""

from __future__ import annotations

from dataclasses import asdict

from bot.queries.actors import KeyHolder
from bot.usecases.fields import Faults
from bot.usecases.incidents.held import write_note
from bot.usecases.incidents.open_incident import add_incident
from bot.usecases.incidents.responders import call, looked_up
from bot.usecases.incidents.wanted import MOST_SERVICES, WantedIncident, look_at
from bot.usecases.labels import tidied
from bot.usecases.references import Ref, missing
from bot.usecases.roles import authorise_member
from bot.usecases.unit import Unit
from bot.vocabulary import Verb
from storage import services
from storage.models import ImpactedService, Incident, Service


async def create(unit: Unit, wanted: WantedIncident) -> Incident:
    """The new incident, which began now. It is of the team of a key that acts for one, else of its service's.

    Raises:
        NotAllowed: the actor is no member of the workspace.
        BadFields: with every field that is wrong, services and responders that there are not included.
    """
    await authorise_member(unit, Verb.DECLARE_INCIDENT)
    faults = Faults()
    look_at(wanted, faults)
    struck = await _services(unit, wanted, faults)
    responders = await looked_up(unit, wanted.responders, faults)
    faults.refuse()
    incident = await add_incident(
        unit,
        message=wanted.message,
        priority=wanted.priority,
        started_at=unit.now,
        description=wanted.description,
        tags=tidied(wanted.tags),
        details=wanted.details,
        status_page=asdict(wanted.status_page) if wanted.status_page else None,
        owner_team_id=next((each.team_id for each in struck if each.team_id), None),
    )
    unit.session.add_all(ImpactedService(incident_id=incident.id, service_id=each.id) for each in struck)
    await call(unit, incident, responders)
    await write_note(unit, incident, wanted.note)
    unit.outcome = f"INC-{incident.number}"
    return incident


async def _services(unit: Unit, wanted: WantedIncident, faults: Faults) -> list[Service]:
    """The services that it strikes, each once; for a key that acts for a team there are none but that team's."""
    if len(wanted.impacted_services) > MOST_SERVICES:
        faults.add("impactedServices", f"At most {MOST_SERVICES} are taken.")
        return []
    named = {
        "serviceId": [wanted.service_id] if wanted.service_id else [],
        "impactedServices": wanted.impacted_services,
    }
    known = {
        each.id: each for each in await services.kept(unit.session, [id_ for ids in named.values() for id_ in ids])
    }
    found: dict[str, Service] = {}
    for field, ids in named.items():
        for id_ in ids:
            service = known.get(id_)
            if service is None or not _is_within_reach(unit, service):
                faults.add(field, missing("service", Ref(id=id_)))
            else:
                found[id_] = service
    return list(found.values())


def _is_within_reach(unit: Unit, service: Service) -> bool:
    return not isinstance(unit.actor, KeyHolder) or unit.actor.reaches(service.team_id)
