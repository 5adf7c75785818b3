"""Put tags on an incident and take them off."""

from __future__ import annotations

from collections.abc import Sequence

from bot.queries.incident_log import IncidentHappening
from bot.queries.incidents import IncidentRef
from bot.usecases.fields import Faults
from bot.usecases.incidents.held import check_note, hold, relabel, write_note
from bot.usecases.incidents.wanted import wrong_note, wrong_tags
from bot.usecases.labels import tidied
from bot.usecases.unit import Unit
from storage.models import Incident


async def add_tags(unit: Unit, ref: IncidentRef, tags: Sequence[str], note: str = "") -> Incident:
    """Put tags on it, behind those it has; answers the incident.

    Raises:
        NotFound: there is no such incident.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `tags`, `note`.
    """
    incident = await hold(unit, ref)
    wanted = tidied([*incident.tags, *tags])
    faults = Faults()
    faults.add("tags", wrong_tags(wanted) if tidied(tags) else "tags: name at least one.")
    faults.add("note", wrong_note(note))
    faults.refuse()
    await relabel(unit, incident, IncidentHappening.TAGGED, "tags", wanted)
    await write_note(unit, incident, note)
    return incident


async def remove_tags(unit: Unit, ref: IncidentRef, tags: Sequence[str], note: str = "") -> Incident:
    """Take tags off it; one that it has not is let be. Answers the incident.

    Raises:
        NotFound: there is no such incident.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `note`.
    """
    incident = await hold(unit, ref)
    check_note(note)
    gone = set(tidied(tags))
    kept = [tag for tag in incident.tags if tag not in gone]
    await relabel(unit, incident, IncidentHappening.UNTAGGED, "tags", kept)
    await write_note(unit, incident, note)
    return incident
