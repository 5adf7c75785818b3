"""Endpoints that stand for any: one that answers what it was sent, and one that breaks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from pydantic import Field

from bot.api.admission import Gate
from bot.api.desk import ApiDesk
from bot.api.endpoints import Call, Endpoint, File, Nothing, Reply
from bot.api.opsgenie.dialect import OPSGENIE
from bot.api.opsgenie.wire import Wire
from bot.api.serving import routes
from bot.api.throttle import Throttle
from bot.usecases.calendars.telling import Calendars
from bot.usecases.keys.uses import KeyUses
from bot.wiring import House


class Echo(Wire):
    """What is sent and answered."""

    name: str = ""
    length: int = 1
    more: dict[str, str] = Field(default={})
    inner: tuple[Echo, ...] = ()


class Asked(Wire):
    """The query."""

    name: str = ""


async def _echo(call: Call[Asked, Echo]) -> Reply:
    return Reply(call.body)


async def _look(call: Call[Asked, Nothing]) -> Reply:
    return Reply(Echo(name=call.query.name or call.parts["identifier"]))


async def _break(call: Call[Nothing, Nothing]) -> Reply:
    raise ZeroDivisionError(call.key.name)


async def _file(call: Call[Nothing, Nothing]) -> File:
    async def pieces() -> AsyncIterator[bytes]:
        yield call.parts["identifier"].encode()
        if call.parts["identifier"] == "half":
            raise ZeroDivisionError

    return File("text/plain", "echo.txt", pieces())


def _endpoint(method: str, path: str, handle: Any, query: Any = Nothing, body: Any = Nothing) -> Endpoint[Any, Any]:
    return Endpoint(
        method=method, path=path, summary="For a test", handle=handle, query=query, body=body, data=Echo, status=200
    )


ENDPOINTS = (
    _endpoint("POST", "/v2/echo", _echo, Asked, Echo),
    _endpoint("GET", "/v2/echo/{identifier}", _look, Asked),
    _endpoint("DELETE", "/v2/echo/{identifier}", _look, Asked),
    _endpoint("GET", "/v2/echo/{identifier}.txt", _file),
    _endpoint("GET", "/v2/crash", _break),
)


def add_echo(house: House) -> None:
    """Have the house answer these endpoints too."""
    gate = Gate(
        house.reader,
        Throttle(house.units, house.clock, house.settings.rate_limits),
        KeyUses(house.units, house.clock),
    )
    desk = ApiDesk(
        house.reader, house.units, house.settings, Calendars(house.reader, house.units), house.desk.rulebooks
    )
    house.web.add_routes(routes(OPSGENIE, ENDPOINTS, desk, gate))
