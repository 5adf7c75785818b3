"""Call people and teams to an incident."""

from __future__ import annotations

from collections.abc import Sequence

from bot.queries.incident_log import IncidentHappening
from bot.queries.incidents import Called, IncidentRef
from bot.usecases.fields import Faults
from bot.usecases.incidents.held import changed, hold, write_note
from bot.usecases.incidents.wanted import MOST_RESPONDERS, WantedResponder, wrong_note
from bot.usecases.references import Found, missing, named, people_named
from bot.usecases.unit import Unit
from bot.vocabulary import ResponderKind
from storage import incidents
from storage.models import Incident, IncidentResponder, Team, User


async def add_responders(unit: Unit, ref: IncidentRef, wanted: Sequence[WantedResponder], note: str = "") -> Incident:
    """Call more people and teams; who was called already stays so. Answers the incident.

    Raises:
        NotFound: there is no such incident.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `responders`, `note`.
    """
    incident = await hold(unit, ref)
    faults = Faults()
    faults.add("responders", None if wanted else "responders: name at least one.")
    faults.add("note", wrong_note(note))
    called = await looked_up(unit, wanted, faults)
    there = (await incidents.responders_of(unit.session, [incident.id]))[incident.id]
    known = {Called(ResponderKind(row.kind), row.responder_id) for row in there}
    new = [each for each in called if each not in known]
    if len(known) + len(new) > MOST_RESPONDERS:
        faults.add("responders", f"responders: an incident has {MOST_RESPONDERS} at most, {len(known)} are there.")
    faults.refuse()
    if new:
        await call(unit, incident, new, after=len(known))
        told = [{"kind": each.kind.value, "id": each.id} for each in new]
        await changed(unit, incident, IncidentHappening.CALLED, after={"responders": told})
    await write_note(unit, incident, note)
    return incident


async def looked_up(unit: Unit, wanted: Sequence[WantedResponder], faults: Faults) -> list[Called]:
    """Who is meant, each once; everybody there is not is noted under `responders.0`."""
    if len(wanted) > MOST_RESPONDERS:
        faults.add("responders", f"responders: an incident has {MOST_RESPONDERS} at most.")
        return []
    users = await people_named(unit, [each.ref for each in wanted if each.kind is ResponderKind.USER])
    teams = await named(unit, Team, [each.ref for each in wanted if each.kind is ResponderKind.TEAM])
    found: dict[Called, None] = {}
    for place, each in enumerate(wanted):
        row = _of(each, users, teams)
        if row is None:
            faults.add(f"responders.{place}", missing(each.kind, each.ref))
        else:
            found[Called(each.kind, row.id)] = None
    return list(found)


async def call(unit: Unit, incident: Incident, called: Sequence[Called], *, after: int = 0) -> None:
    """Write down who was called, behind those who were before."""
    unit.session.add_all(
        IncidentResponder(incident_id=incident.id, kind=each.kind, responder_id=each.id, position=after + place)
        for place, each in enumerate(called)
    )
    await unit.session.flush()


def _of(each: WantedResponder, users: Found[User], teams: Found[Team]) -> User | Team | None:
    return users.of(each.ref) if each.kind is ResponderKind.USER else teams.of(each.ref)
