"""Notes of alerts, and what happened to them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.alerts.accepting import Action, accepted
from bot.api.opsgenie.alerts.bodies import SaidBody
from bot.api.opsgenie.alerts.endpoint import changing
from bot.api.opsgenie.alerts.identifying import ONE, ByAlert, alert_of, alert_ref, route_of
from bot.api.opsgenie.lines import LineListing, LinePaging, LogReply, NoteReply, as_logs, as_notes, line_paging
from bot.api.opsgenie.paging import FURTHEST
from bot.queries import alert_lines
from bot.queries.alert_lines import PLACES
from bot.queries.lines import Lines
from bot.usecases.alerts.add_note import add_note
from bot.vocabulary import Domain


class AlertLines(LineListing, ByAlert):
    """Some of an alert's notes."""


class AlertLog(AlertLines):
    """Some of an alert's log. Of one thing that happened it may have several lines."""

    offset: Annotated[int | None, BeforeValidator(lambda value: value or None), Field(ge=0, le=FURTHEST * PLACES)] = (
        None
    )


class NoteBody(SaidBody):
    """A note."""

    MAY_BE_EMPTY = frozenset({"note"})

    note: str


async def _add_note(call: Call[ByAlert, NoteBody]) -> Reply:
    return await accepted(call, Action.ADD_NOTE, lambda unit: add_note(unit, alert_ref(call), **call.body.said))


async def _notes(call: Call[AlertLines, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        found = await alert_lines.notes(reading, await alert_of(reading, call), **call.query.stretch)
    return Reply(as_notes(found), more={"paging": _paging(call, found)})


async def _logs(call: Call[AlertLog, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        found = await alert_lines.happenings(reading, await alert_of(reading, call), **call.query.stretch)
    return Reply(as_logs(found), more={"paging": _paging(call, found)})


def _paging(call: Call[Any, Nothing], found: Lines) -> LinePaging:
    return line_paging(call, call.query, found, {"identifierType": call.query.identifier_type})


def _listing(end: str, summary: str, handle: Any, query: type[AlertLines], data: Any) -> Endpoint[Any, Any]:
    return Endpoint(
        method="GET",
        path=f"{ONE}/{end}",
        route=route_of(f"{ONE}/{end}"),
        summary=summary,
        handle=handle,
        query=query,
        body=Nothing,
        domain=Domain.ALERT,
        is_configuration=False,
        data=data,
    )


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    changing("POST", "notes", "Add a note to an alert", _add_note, body=NoteBody),
    _listing("notes", "List the notes of an alert", _notes, AlertLines, list[NoteReply]),
    _listing("logs", "List what happened to an alert", _logs, AlertLog, list[LogReply]),
)
