"""Write a note to an incident."""

from __future__ import annotations

from bot.queries.incidents import IncidentRef
from bot.usecases.fields import Faults, wrong_line
from bot.usecases.incidents.held import hold, write_note
from bot.usecases.incidents.wanted import LONGEST_NOTE
from bot.usecases.unit import Unit
from storage.models import Incident


async def add_note(unit: Unit, ref: IncidentRef, note: str) -> Incident:
    """Keep what was written, by the name of who wrote it; answers the incident.

    Raises:
        NotFound: there is no such incident.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `note` says nothing, or too much.
    """
    incident = await hold(unit, ref)
    faults = Faults()
    faults.add("note", wrong_line(note, called="note", limit=LONGEST_NOTE))
    faults.refuse()
    await write_note(unit, incident, note)
    return incident
