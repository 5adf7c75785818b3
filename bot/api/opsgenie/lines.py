"""Notes, and what happened, as they are listed: a page of lines, and the way on from it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from bot.api.addresses import address
from bot.api.endpoints import Call
from bot.api.opsgenie.paging import FURTHEST, UNSAID, Few, NewestFirst, Order
from bot.api.opsgenie.wire import Instant, Wire
from bot.queries.lines import Lines


class Direction(StrEnum):
    """Which way a list is read on from a place in it."""

    NEXT = "next"
    PREV = "prev"


class LineListing(Wire):
    """How much of what was written, and from where: `offset` is that of a line, which is not told again."""

    limit: Few = UNSAID
    offset: Annotated[int | None, BeforeValidator(lambda value: value or None), Field(ge=0, le=FURTHEST)] = None
    order: NewestFirst = Order.DESC
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


def as_notes(found: Lines) -> list[NoteReply]:
    """Notes."""
    return [
        NoteReply(note=each.words, owner=each.by, created_at=each.at, offset=str(each.place)) for each in found.lines
    ]


def as_logs(found: Lines) -> list[LogReply]:
    """What happened."""
    return [
        LogReply(log=each.words, type=each.kind, owner=each.by, created_at=each.at, offset=str(each.place))
        for each in found.lines
    ]


def line_paging(call: Call[Any, Any], asked: LineListing, found: Lines, more: Mapping[str, str | None]) -> LinePaging:
    """The way on. A page that is read backwards goes on before its first line. `more` is what else was asked."""
    place = found.lines[0 if asked.direction is Direction.PREV else -1].place if found.goes_on else None

    def page(**further: str) -> str:
        query = {"limit": str(asked.limit), "order": asked.order.value, **further}
        given = {name: value for name, value in more.items() if value}
        return str(address(call.base, call.url.path.rstrip("/")).with_query({**given, **query}))

    following = page(offset=str(place), direction=asked.direction.value) if place is not None else None
    return LinePaging(first=page(), next=following)
