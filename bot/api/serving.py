"""From an aiohttp request to an endpoint and back: admitted, read, carried out, answered in the vendor's dialect."""

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
from bot.api.dialects import PERIOD_SECONDS, Circumstances, Dialect
from bot.api.endpoints import Call, Endpoint, File, Nothing, Reply
from bot.api.refusals import Refusal
from bot.api.translation import translated, unreadable_body, unreadable_query
from bot.errors import WatchbillError
from bot.logs import IDENTITY, REQUEST_ID
from bot.queries.actors import KeyHolder

log = structlog.get_logger(__name__)
NO_HOST = "The header Host is no address."
_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
"""A name, or an address, and a port. Containers' names have underscores."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def routes(dialect: Dialect, endpoints: Iterable[Endpoint[Any, Any]], desk: ApiDesk, gate: Gate) -> list[web.RouteDef]:
    """A route for each endpoint of a vendor's API, with and without a slash at its end: clients send both.

    A HEAD goes with each GET, as aiohttp has it, and OPTIONS tells anybody which methods a path has.
    """
    of_path: dict[str, list[Endpoint[Any, Any]]] = {}
    for endpoint in sorted(endpoints, key=_vagueness):
        of_path.setdefault(endpoint.route or endpoint.path, []).append(endpoint)
    made: list[web.RouteDef] = []
    for path, group in of_path.items():
        bare = path.removesuffix("/")
        for address in (bare, f"{bare}/"):
            made += [web.route(each.method, address, _handler(dialect, each, desk, gate)) for each in group]
            made.append(web.options(address, _telling(dialect, (each.method for each in group))))
    return made


def _vagueness(endpoint: Endpoint[Any, Any]) -> int:
    """Of two paths that fit, the one with fewer parts that may be anything is meant, such as `{identifier}.ics`."""
    return sum(part.startswith("{") and part.endswith("}") for part in endpoint.path.split("/"))


def _telling(dialect: Dialect, methods: Iterable[str]) -> Handler:
    found = {*methods, hdrs.METH_OPTIONS}
    allowed = ", ".join(sorted(found | {hdrs.METH_HEAD} if hdrs.METH_GET in found else found))

    async def handle(request: web.Request) -> web.StreamResponse:
        response = dialect.answered(Reply(result=f"Allowed: {allowed}"), Circumstances(0.0, request[IDENTITY]))
        response.headers[hdrs.ALLOW] = allowed
        return response

    return handle


def _handler(dialect: Dialect, endpoint: Endpoint[Any, Any], desk: ApiDesk, gate: Gate) -> Handler:
    limit = gate.throttle.limit_of(endpoint.domain)
    period = limit.seconds if limit else PERIOD_SECONDS

    async def handle(request: web.Request) -> web.StreamResponse:
        began, identity = perf_counter(), request[IDENTITY]
        try:
            answer = await _carried_out(dialect, endpoint, request, desk, gate)
        except Refusal as refusal:
            return dialect.refused(refusal, Circumstances(perf_counter() - began, identity, period))
        told = Circumstances(perf_counter() - began, identity, period)
        if isinstance(answer, File):
            return await _streamed(answer, request, dialect.beside_a_file(told))
        return dialect.answered(answer, told)

    return handle


async def _carried_out(
    dialect: Dialect, endpoint: Endpoint[Any, Any], request: web.Request, desk: ApiDesk, gate: Gate
) -> Any:
    try:
        key = await gate.admit(dialect, request.headers, endpoint)
        return await endpoint.handle(await _call(dialect, endpoint, request, desk, key=key))
    except WatchbillError as error:
        raise translated(error, {**dialect.names, **endpoint.names}, has_body=endpoint.body is not Nothing) from error


async def _call(
    dialect: Dialect, endpoint: Endpoint[Any, Any], request: web.Request, desk: ApiDesk, *, key: KeyHolder
) -> Call[Any, Any]:
    query = dict(request.query)
    check_texts({**request.match_info, **query})
    url, base = _addresses(desk, request)
    try:
        asked = endpoint.query.model_validate(query)
    except ValidationError as error:
        raise unreadable_query(error) from error
    try:
        body = await _body(dialect, endpoint, request)
    except ValidationError as error:
        raise unreadable_body(error) from error
    return Call(
        key=key,
        parts=request.match_info,
        query=asked,
        body=body,
        desk=desk,
        url=url,
        base=base,
        identity=request[IDENTITY],
        remote=request.remote or "",
    )


async def _body(dialect: Dialect, endpoint: Endpoint[Any, Any], request: web.Request) -> Any:
    if endpoint.body is Nothing:
        return Nothing()
    return endpoint.body.model_validate_json(await body_of(request, dialect.kinds, largest=endpoint.largest) or b"{}")


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
