"""Notes of incidents, and what happened to them."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.incidents.accepting import Action, accepted
from bot.api.opsgenie.incidents.identifying import ONE, ByIncident, incident_of, incident_ref
from bot.api.opsgenie.lines import LineListing, LinePaging, LogReply, NoteReply, as_logs, as_notes, line_paging
from bot.api.opsgenie.wire import Sent
from bot.queries import incident_log
from bot.queries.lines import Lines
from bot.usecases.incidents.add_note import add_note
from bot.vocabulary import Domain


class IncidentLines(LineListing, ByIncident):
    """Some of an incident's notes or of its log."""


class NoteBody(Sent):
    """A note."""

    MAY_BE_EMPTY = frozenset({"note"})

    note: str


async def _add_note(call: Call[ByIncident, NoteBody]) -> Reply:
    return await accepted(call, Action.ADD_NOTE, lambda unit: add_note(unit, incident_ref(call), call.body.note))


async def _notes(call: Call[IncidentLines, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        incident = await incident_of(reading, call)
        found = await incident_log.notes(reading, incident.id, **call.query.stretch)
    return Reply(as_notes(found), more={"paging": _paging(call, found)})


async def _logs(call: Call[IncidentLines, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        incident = await incident_of(reading, call)
        found = await incident_log.happenings(reading, incident.id, **call.query.stretch)
    return Reply(as_logs(found), more={"paging": _paging(call, found)})


def _paging(call: Call[IncidentLines, Nothing], found: Lines) -> LinePaging:
    return line_paging(call, call.query, found, {"identifierType": call.query.identifier_type})


def _listing(path: str, summary: str, handle: Any, data: Any) -> Endpoint[Any, Any]:
    return Endpoint(
        method="GET",
        path=path,
        summary=summary,
        handle=handle,
        query=IncidentLines,
        body=Nothing,
        domain=Domain.INCIDENT,
        is_configuration=False,
        data=data,
    )


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="POST",
        path=f"{ONE}/notes",
        summary="Add a note to an incident",
        handle=_add_note,
        query=ByIncident,
        body=NoteBody,
        domain=Domain.INCIDENT,
        is_configuration=False,
        status=202,
    ),
    _listing(f"{ONE}/notes", "List the notes of an incident", _notes, list[NoteReply]),
    _listing(f"{ONE}/logs", "List what happened to an incident", _logs, list[LogReply]),
)
