"""From an aiohttp request to an endpoint of Opsgenie's API and back: admitted, read, carried out, enveloped."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from time import perf_counter
from typing import Any
from urllib.parse import quote

import structlog
from aiohttp import hdrs, web
from pydantic import ValidationError
from yarl import URL

from bot.api.admission import Gate
from bot.api.bodies import body_of, check_texts
from bot.api.desk import ApiDesk
from bot.api.endpoints import Call, Endpoint, File, Nothing, Reply
from bot.api.opsgenie.envelope import PERIOD_SECONDS, enveloped, refused, told
from bot.api.opsgenie.translation import translated, unreadable_body
from bot.api.refusals import Refusal
from bot.errors import WatchbillError
from bot.logs import IDENTITY, REQUEST_ID

log = structlog.get_logger(__name__)
NO_HOST = "The header Host is no address."
_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
"""A name, or an address, and a port. Containers' names have underscores."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def routes(endpoints: Iterable[Endpoint[Any, Any]], desk: ApiDesk, gate: Gate) -> list[web.RouteDef]:
    """A route for each endpoint, with and without a slash at its end: clients send both.

    A HEAD goes with each GET, as aiohttp has it, and OPTIONS tells anybody which methods a path has.
    """
    of_path: dict[str, list[Endpoint[Any, Any]]] = {}
    for endpoint in sorted(endpoints, key=_vagueness):
        of_path.setdefault(endpoint.path, []).append(endpoint)
    made: list[web.RouteDef] = []
    for path, group in of_path.items():
        for address in (path, f"{path}/"):
            made += [web.route(each.method, address, _handler(each, desk, gate)) for each in group]
            made.append(web.options(address, _telling(each.method for each in group)))
    return made


def _vagueness(endpoint: Endpoint[Any, Any]) -> int:
    """Of two paths that fit, the one with fewer parts that may be anything is meant, such as `{identifier}.ics`."""
    return sum(part.startswith("{") and part.endswith("}") for part in endpoint.path.split("/"))


def _telling(methods: Iterable[str]) -> Handler:
    found = {*methods, hdrs.METH_OPTIONS}
    allowed = ", ".join(sorted(found | {hdrs.METH_HEAD} if hdrs.METH_GET in found else found))

    async def handle(request: web.Request) -> web.StreamResponse:
        response = enveloped(Reply(result=f"Allowed: {allowed}"), took=0.0, request_id=request[IDENTITY])
        response.headers[hdrs.ALLOW] = allowed
        return response

    return handle


def _handler(endpoint: Endpoint[Any, Any], desk: ApiDesk, gate: Gate) -> Handler:
    limit = gate.throttle.limit_of(endpoint.domain)
    period = limit.seconds if limit else PERIOD_SECONDS

    async def handle(request: web.Request) -> web.StreamResponse:
        began, identity = perf_counter(), request[IDENTITY]
        try:
            answer = await _carried_out(endpoint, request, desk, gate)
        except Refusal as refusal:
            return refused(refusal, took=perf_counter() - began, request_id=identity, period=period)
        took = perf_counter() - began
        if isinstance(answer, File):
            return await _streamed(answer, request, told(round(took, 3), period=period))
        return enveloped(answer, took=took, request_id=identity, period=period)

    return handle


async def _carried_out(endpoint: Endpoint[Any, Any], request: web.Request, desk: ApiDesk, gate: Gate) -> Any:
    try:
        key = await gate.admit(request.headers.get(hdrs.AUTHORIZATION, ""), endpoint)
        return await endpoint.handle(await _call(endpoint, request, desk, key=key))
    except WatchbillError as error:
        raise translated(error) from error


async def _call(endpoint: Endpoint[Any, Any], request: web.Request, desk: ApiDesk, *, key: Any) -> Call[Any, Any]:
    query = dict(request.query)
    check_texts({**request.match_info, **query})
    url, base = _addresses(desk, request)
    try:
        asked, body = endpoint.query.model_validate(query), await _body(endpoint, request)
    except ValidationError as error:
        raise unreadable_body(error) from error
    return Call(key=key, parts=request.match_info, query=asked, body=body, desk=desk, url=url, base=base)


async def _body(endpoint: Endpoint[Any, Any], request: web.Request) -> Any:
    if endpoint.body is Nothing:
        return Nothing()
    return endpoint.body.model_validate_json(await body_of(request) or b"{}")


def _addresses(desk: ApiDesk, request: web.Request) -> tuple[URL, URL]:
    """What was asked for, and our own address as the program sees it.

    Raises:
        Refusal: 400 where the header Host is no address.
    """
    if not _HOST.fullmatch(request.host):
        raise Refusal(400, NO_HOST)
    scheme = request.headers.get(hdrs.X_FORWARDED_PROTO, request.scheme)
    try:
        seen = URL.build(scheme=scheme if scheme in {"http", "https"} else "http", authority=request.host)
        return request.url, URL(desk.settings.public_url) if desk.settings.public_url else seen
    except ValueError as error:
        raise Refusal(400, NO_HOST) from error


async def _streamed(file: File, request: web.Request, headers: Mapping[str, str]) -> web.StreamResponse:
    """Send the file. Where that breaks off, so does the connection: nobody takes half a file for a whole one."""
    response = web.StreamResponse(headers=headers)
    response.headers[hdrs.CONTENT_TYPE] = file.content_type
    response.headers[hdrs.CONTENT_DISPOSITION] = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    response.headers[REQUEST_ID] = request[IDENTITY]
    await response.prepare(request)
    try:
        if request.method != hdrs.METH_HEAD:
            async for piece in file.pieces:
                await response.write(piece)
        await response.write_eof()
    except ConnectionError:
        log.info("nobody waits for the file any more", path=request.path)
    except Exception:  # the status is sent already: only a broken connection tells that it is not whole
        log.exception("file not finished", path=request.path)
        if request.transport:
            request.transport.abort()
    return response
