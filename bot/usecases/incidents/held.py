"""An incident that a verb is about: looked up, locked, within reach of who acts; and what is written down of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.errors import NotFound
from bot.queries.incident_log import IncidentHappening
from bot.queries.incidents import IncidentRef, row_of
from bot.usecases.authors import author_name
from bot.usecases.fields import Faults
from bot.usecases.incidents.showing import show
from bot.usecases.incidents.wanted import wrong_note
from bot.usecases.reach import require_reach
from bot.usecases.roles import authorise_member
from bot.usecases.unit import Unit
from bot.vocabulary import Verb
from storage.models import Incident, IncidentNote

TOLD = frozenset(IncidentHappening) - {
    *(IncidentHappening.OPENED, IncidentHappening.DELETED),
    *(IncidentHappening.TAGGED, IncidentHappening.UNTAGGED),
    *(IncidentHappening.DETAILED, IncidentHappening.UNDETAILED),
}
"""What the thread of a card tells; the rest is in the card, or for programs."""
CHANGING_THE_CHANNEL = frozenset(
    {
        *(IncidentHappening.RESOLVED, IncidentHappening.CLOSED, IncidentHappening.REOPENED),
        *(IncidentHappening.EDITED, IncidentHappening.CALLED, IncidentHappening.ROLES),
    }
)
"""What a channel of its own shows in its topic, or by who is in it."""


async def hold(unit: Unit, ref: IncidentRef) -> Incident:
    """The incident, which nobody else changes before this transaction ends.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
    """
    await authorise_member(unit, Verb.DECLARE_INCIDENT)
    incident = await row_of(unit.reading, ref, lock=True)
    if incident is None:
        raise no_incident(ref)
    require_reach(unit.actor, incident.owner_team_id)
    return incident


def no_incident(ref: IncidentRef) -> NotFound:
    """What is said where there is no such incident."""
    return NotFound(f"No incident exists with {ref}.")


def label(incident: Incident) -> str:
    """What people call it: `INC-7`."""
    return f"INC-{incident.number}"


async def changed(
    unit: Unit,
    incident: Incident,
    what: IncidentHappening,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write down a change of an incident, and have its cards and their threads tell it."""
    incident.updated_at = unit.now
    event_id = await unit.event(what, incident.id, before=before, after=after)
    await show(
        unit, incident, event_id=event_id if what in TOLD else None, besides_channel=what in CHANGING_THE_CHANNEL
    )


async def relabel(unit: Unit, incident: Incident, what: IncidentHappening, field: str, value: Any) -> None:
    """Give its `tags` or its `details` another value, and write that down; the same value again changes nothing."""
    before = getattr(incident, field)
    if value != before:
        setattr(incident, field, value)
        await changed(unit, incident, what, before={field: before}, after={field: value})


async def write_note(unit: Unit, incident: Incident, text: str) -> None:
    """Keep a note, by the name of who wrote it; an empty one is none. It was looked at already."""
    if not text.strip():
        return
    note = IncidentNote(incident_id=incident.id, text=text, author=author_name(unit), at=unit.now)
    unit.session.add(note)
    await unit.session.flush()
    await changed(unit, incident, IncidentHappening.NOTED, after={"note_id": note.id})


def check_note(note: str) -> None:
    """Refuse a note that cannot be kept.

    Raises:
        BadFields: `note`.
    """
    faults = Faults()
    faults.add("note", wrong_note(note))
    faults.refuse()
