"""Notes of incidents, and what happened to them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from bot.api.addresses import address
from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.incidents.accepting import Action, accepted
from bot.api.opsgenie.incidents.identifying import ONE, ByIncident, incident_of, incident_ref
from bot.api.opsgenie.incidents.reading import UNSAID, as_many, newest_first
from bot.api.opsgenie.paging import FURTHEST, Order
from bot.api.opsgenie.wire import Instant, Sent, Wire
from bot.queries import incident_log
from bot.queries.incident_log import Lines
from bot.usecases.incidents.add_note import add_note
from bot.vocabulary import Domain


class Direction(StrEnum):
    """Which way a list is read on from a place in it."""

    NEXT = "next"
    PREV = "prev"


class LineListing(ByIncident):
    """How much of what was written, and from where: `offset` is that of a line, which is not told again."""

    limit: Annotated[int, BeforeValidator(as_many), Field(ge=1)] = UNSAID
    offset: Annotated[int | None, BeforeValidator(lambda value: value or None), Field(ge=0, le=FURTHEST)] = None
    order: Annotated[Order, BeforeValidator(newest_first)] = Order.DESC
    direction: Annotated[Direction, BeforeValidator(lambda value: value or Direction.NEXT)] = Direction.NEXT

    @property
    def stretch(self) -> dict[str, Any]:
        """The same as a query takes it."""
        return {
            "limit": self.limit,
            "newest_first": self.order is Order.DESC,
            "beyond": self.offset or None,
            "backwards": self.direction is Direction.PREV,
        }


class LinePaging(Wire):
    """Absolute addresses of the first page, and of the next where there is one."""

    first: str
    next: str | None = None


class NoteReply(Wire):
    """A note."""

    note: str
    owner: str
    created_at: Instant
    offset: str


class LogReply(Wire):
    """Something that happened."""

    log: str
    type: str
    owner: str
    created_at: Instant
    offset: str


class NoteBody(Sent):
    """A note."""

    MAY_BE_EMPTY = frozenset({"note"})

    note: str


async def _add_note(call: Call[ByIncident, NoteBody]) -> Reply:
    return await accepted(call, Action.ADD_NOTE, lambda unit: add_note(unit, incident_ref(call), call.body.note))


async def _notes(call: Call[LineListing, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        incident = await incident_of(reading, call)
        found = await incident_log.notes(reading, incident.id, **call.query.stretch)
    notes = [
        NoteReply(note=each.words, owner=each.by, created_at=each.at, offset=str(each.place)) for each in found.lines
    ]
    return Reply(notes, more={"paging": _paging(call, found)})


async def _logs(call: Call[LineListing, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        incident = await incident_of(reading, call)
        found = await incident_log.happenings(reading, incident.id, **call.query.stretch)
    logs = [
        LogReply(log=each.words, type=each.kind, owner=each.by, created_at=each.at, offset=str(each.place))
        for each in found.lines
    ]
    return Reply(logs, more={"paging": _paging(call, found)})


def _paging(call: Call[LineListing, Nothing], found: Lines) -> LinePaging:
    """A page that is read backwards goes on before its first line."""
    asked = call.query
    place = found.lines[0 if asked.direction is Direction.PREV else -1].place if found.goes_on else None

    def page(**more: str) -> str:
        query = {"limit": str(asked.limit), "order": asked.order.value, **more}
        kind = {"identifierType": asked.identifier_type.value} if asked.identifier_type else {}
        return str(address(call.base, call.url.path.rstrip("/")).with_query({**kind, **query}))

    following = page(offset=str(place), direction=asked.direction.value) if place is not None else None
    return LinePaging(first=page(), next=following)


def _listing(path: str, summary: str, handle: Any, data: Any) -> Endpoint[Any, Any]:
    return Endpoint(
        method="GET",
        path=path,
        summary=summary,
        handle=handle,
        query=LineListing,
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
