"""Lists in pages: what a request asks for, and the addresses of the pages around."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from bot.api.addresses import address
from bot.api.endpoints import Call
from bot.api.opsgenie.wire import Wire

MOST_AT_ONCE = 100
UNSAID = 20
"""Of what comes newest first, as many are listed where nothing is said."""
FURTHEST = 1_000_000_000


class Order(StrEnum):
    """Which end of a list comes first."""

    ASC = "asc"
    DESC = "desc"


def no_more_than_most(text: str) -> int | str:
    """A number, however long, is as much as may be asked for at most; what is no number stays as it is."""
    if not text.isdecimal():
        return text
    return min(int(text), MOST_AT_ONCE) if len(text) < 19 else MOST_AT_ONCE


def _clamped(value: Any) -> Any:
    """More than may be asked for is as much as may be; nothing at all is the default."""
    text = str(value).strip()
    return MOST_AT_ONCE if text in {"", "0"} else no_more_than_most(text)


def _from_the_start(value: Any) -> Any:
    return 0 if value == "" else value


def _lower(value: Any) -> Any:
    return (value.strip().lower() or Order.ASC) if isinstance(value, str) else value


class Paged(Wire):
    """The query of a list. Clients ask for a thousand at once: that is not refused, but cut."""

    limit: Annotated[int, BeforeValidator(_clamped), Field(ge=1)] = MOST_AT_ONCE
    offset: Annotated[int, BeforeValidator(_from_the_start), Field(ge=0, le=FURTHEST)] = 0
    order: Annotated[Order, BeforeValidator(_lower)] = Order.ASC


def _as_many(value: Any) -> Any:
    """More than may be asked for is as much as may be."""
    return no_more_than_most(str(value).strip() or str(UNSAID))


def _newest_first(value: Any) -> Any:
    """The order where nothing is said; case does not count."""
    return (value.strip().lower() or Order.DESC) if isinstance(value, str) else value


Few = Annotated[int, BeforeValidator(_as_many), Field(ge=1)]
"""How many are wanted of a list that is told a little at a time."""
NewestFirst = Annotated[Order, BeforeValidator(_newest_first)]
"""The order of a list whose newest come first."""


class Paging(Wire):
    """Absolute addresses of pages. On the last there is no `next`: clients follow it as long as it is there."""

    first: str
    prev: str | None = None
    next: str | None = None
    last: str


def paging(call: Call[Any, Any], asked: Paged, *, total: int, sort: str, more: Mapping[str, str | None]) -> Paging:
    """The pages of a list around that which was asked for.

    The offset stands third: Terraform takes the third parameter of `next` for it. `more` comes after the order.
    """
    last = max(total - 1, 0) // asked.limit * asked.limit

    def page(offset: int) -> str:
        query: dict[str, str | int] = {"limit": asked.limit, "sort": sort, "offset": offset, "order": asked.order.value}
        return str(address(call.base, call.url.path.rstrip("/")).with_query({**query, **_given(more)}))

    return Paging(
        first=page(0),
        prev=page(max(asked.offset - asked.limit, 0)) if asked.offset else None,
        next=page(asked.offset + asked.limit) if asked.offset + asked.limit < total else None,
        last=page(last),
    )


def _given(more: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in more.items() if value}
