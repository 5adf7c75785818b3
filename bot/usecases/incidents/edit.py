"""Change what is said of an incident."""

from __future__ import annotations

from bot.queries.incident_log import IncidentHappening
from bot.queries.incidents import IncidentRef
from bot.usecases.fields import Faults
from bot.usecases.incidents.held import changed, hold
from bot.usecases.incidents.wanted import wrong_description, wrong_message
from bot.usecases.postmortems.indexing import index_incident
from bot.usecases.unit import Unit
from bot.vocabulary import Severity
from storage.models import Incident
from storage.models.base import name_key


async def edit(
    unit: Unit,
    ref: IncidentRef,
    *,
    message: str | None = None,
    description: str | None = None,
    priority: Severity | None = None,
) -> Incident:
    """Change what is said and leave what is not; answers the incident. The same again changes nothing.

    Raises:
        NotFound: there is no such incident.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `message`, `description`.
    """
    incident = await hold(unit, ref)
    faults = Faults()
    faults.add("message", None if message is None else wrong_message(message))
    faults.add("description", wrong_description(description or ""))
    faults.refuse()
    before = _said(incident)
    if message is not None:
        incident.message, incident.message_key = message.strip(), name_key(message)
    if description is not None:
        incident.description = description
    if priority is not None:
        incident.priority = priority
    after = {name: text for name, text in _said(incident).items() if before[name] != text}
    if after:
        known = {name: before[name] for name in after}
        await index_incident(unit, incident.id)
        await changed(unit, incident, IncidentHappening.EDITED, before=known, after=after)
    return incident


def _said(incident: Incident) -> dict[str, str]:
    return {
        "message": incident.message,
        "description": incident.description,
        "priority": Severity(incident.priority).value,
    }
