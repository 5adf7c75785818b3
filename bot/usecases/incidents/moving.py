"""Resolve an incident, close it, open it again.

    open ── resolve ──▶ resolved ── close ──▶ closed
      ▲ └───────────── close ───────────────────┘ │
      └──────────────── reopen ───────────────────┘

What an incident is already it stays, and nothing is written down but a note.

Its postmortems come before its cards: whoever holds a postmortem and has the card of its incident edited takes them in
the same order, and two at once never wait for each other in a circle.
"""

from __future__ import annotations

from bot.queries.incident_log import IncidentHappening
from bot.queries.incidents import IncidentRef
from bot.usecases.incidents.ending import end_postmortems, show_postmortems, take_end_back
from bot.usecases.incidents.held import changed, check_note, hold, write_note
from bot.usecases.incidents.showing import show_alerts
from bot.usecases.unit import Unit
from bot.vocabulary import IncidentStatus
from storage.models import Incident


async def resolve(unit: Unit, ref: IncidentRef, note: str = "") -> Incident:
    """It is over. Its postmortems that are not published end with it, where they have no end yet.

    One that is closed is over already, and stays closed: whoever asks again is not refused.

    Raises:
        NotFound: there is no such incident.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `note`.
    """
    incident = await _held(unit, ref, note)
    if incident.status == IncidentStatus.OPEN:
        incident.resolved_at = unit.now
        await end_postmortems(unit, incident)
        await _moved(unit, incident, IncidentHappening.RESOLVED, IncidentStatus.RESOLVED)
    await write_note(unit, incident, note)
    return incident


async def close(unit: Unit, ref: IncidentRef, note: str = "") -> Incident:
    """Nothing is left to be done. One that is still open is over with that, as if it were resolved.

    Raises:
        NotFound, NotAllowed, BadFields: as `resolve`.
    """
    incident = await _held(unit, ref, note)
    if incident.status != IncidentStatus.CLOSED:
        was_open = incident.status == IncidentStatus.OPEN
        incident.closed_at = unit.now
        incident.resolved_at = unit.now if was_open else incident.resolved_at
        if was_open:
            await end_postmortems(unit, incident)
        await _moved(unit, incident, IncidentHappening.CLOSED, IncidentStatus.CLOSED)
    await write_note(unit, incident, note)
    return incident


async def reopen(unit: Unit, ref: IncidentRef, note: str = "") -> Incident:
    """It goes on. Its postmortems that are not published have no end any more, where it was the incident's own.

    Raises:
        NotFound, NotAllowed, BadFields: as `resolve`.
    """
    incident = await _held(unit, ref, note)
    if incident.status != IncidentStatus.OPEN:
        ended_at = incident.resolved_at
        incident.resolved_at = incident.closed_at = None
        if ended_at:
            await take_end_back(unit, incident, ended_at)
        await _moved(unit, incident, IncidentHappening.REOPENED, IncidentStatus.OPEN)
    await write_note(unit, incident, note)
    return incident


async def _held(unit: Unit, ref: IncidentRef, note: str) -> Incident:
    incident = await hold(unit, ref)
    check_note(note)
    return incident


async def _moved(unit: Unit, incident: Incident, what: IncidentHappening, status: IncidentStatus) -> None:
    before = {"status": str(incident.status)}
    incident.status = status
    await show_alerts(unit, incident)
    await changed(unit, incident, what, before=before, after={"status": status.value})
    await show_postmortems(unit, incident)
