"""Give an incident details, names with texts, and take them away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.queries.incident_log import IncidentHappening
from bot.queries.incidents import IncidentRef
from bot.usecases.fields import Faults
from bot.usecases.incidents.held import check_note, hold, relabel, write_note
from bot.usecases.incidents.wanted import wrong_details, wrong_note
from bot.usecases.unit import Unit
from storage.models import Incident


async def add_details(unit: Unit, ref: IncidentRef, details: Mapping[str, str], note: str = "") -> Incident:
    """Give it details, in the place of those of the same name; answers the incident.

    Raises:
        NotFound: there is no such incident.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `details`, `note`.
    """
    incident = await hold(unit, ref)
    wanted = {**incident.details, **details}
    faults = Faults()
    faults.add("details", wrong_details(wanted) if details else "details: name at least one.")
    faults.add("note", wrong_note(note))
    faults.refuse()
    await relabel(unit, incident, IncidentHappening.DETAILED, "details", wanted)
    await write_note(unit, incident, note)
    return incident


async def remove_details(unit: Unit, ref: IncidentRef, keys: Sequence[str], note: str = "") -> Incident:
    """Take details of these names away; one that it has not is let be. Answers the incident.

    Raises:
        NotFound: there is no such incident.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `note`.
    """
    incident = await hold(unit, ref)
    check_note(note)
    kept = {key: text for key, text in incident.details.items() if key not in keys}
    await relabel(unit, incident, IncidentHappening.UNDETAILED, "details", kept)
    await write_note(unit, incident, note)
    return incident
