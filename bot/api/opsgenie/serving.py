"""From an aiohttp request to an endpoint of Opsgenie's API and back: admitted, read, carried out, enveloped."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from time import perf_counter
from typing import Any

from aiohttp import hdrs, web
from pydantic import ValidationError
from yarl import URL

from bot.api.admission import admitted
from bot.api.desk import ApiDesk
from bot.api.endpoints import Call, Endpoint, File, Nothing
from bot.api.opsgenie.envelope import enveloped, refused
from bot.api.opsgenie.translation import translated, unreadable_body
from bot.api.refusals import Refusal
from bot.errors import WatchbillError
from bot.logs import IDENTITY, REQUEST_ID

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def routes(endpoints: Iterable[Endpoint[Any, Any]], desk: ApiDesk) -> list[web.RouteDef]:
    """A route for each endpoint, with and without a slash at its end: clients send both."""
    made: list[web.RouteDef] = []
    for endpoint in endpoints:
        handler = _handler(endpoint, desk)
        made += [web.route(endpoint.method, path, handler) for path in (endpoint.path, f"{endpoint.path}/")]
    return made


def _handler(endpoint: Endpoint[Any, Any], desk: ApiDesk) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        began, identity = perf_counter(), request[IDENTITY]
        try:
            answer = await _carried_out(endpoint, request, desk)
        except Refusal as refusal:
            return refused(refusal, took=perf_counter() - began, request_id=identity)
        if isinstance(answer, File):
            return await _streamed(answer, request)
        return enveloped(answer, took=perf_counter() - began, request_id=identity)

    return handle


async def _carried_out(endpoint: Endpoint[Any, Any], request: web.Request, desk: ApiDesk) -> Any:
    try:
        key = await admitted(desk.reader, request.headers.get(hdrs.AUTHORIZATION, ""), endpoint)
        call = Call(
            key=key,
            parts=request.match_info,
            query=endpoint.query.model_validate(dict(request.query)),
            body=await _body(endpoint, request),
            desk=desk,
            url=request.url,
            base=_base(desk, request),
        )
        return await endpoint.handle(call)
    except ValidationError as error:
        raise unreadable_body(error) from error
    except WatchbillError as error:
        raise translated(error) from error


async def _body(endpoint: Endpoint[Any, Any], request: web.Request) -> Any:
    """Whatever the Content-Type says, the body is JSON: clients send that header empty, or not at all."""
    if endpoint.body is Nothing:
        return Nothing()
    return endpoint.body.model_validate_json(await request.read() or b"{}")


def _base(desk: ApiDesk, request: web.Request) -> URL:
    if desk.settings.public_url:
        return URL(desk.settings.public_url)
    scheme = request.headers.get(hdrs.X_FORWARDED_PROTO, request.scheme)
    return URL.build(scheme=scheme if scheme in {"http", "https"} else "http", authority=request.host)


async def _streamed(file: File, request: web.Request) -> web.StreamResponse:
    disposition = f"attachment; filename*=UTF-8''{URL.build(path=file.name).raw_path}"
    response = web.StreamResponse(headers={hdrs.CONTENT_TYPE: file.content_type, hdrs.CONTENT_DISPOSITION: disposition})
    response.headers[REQUEST_ID] = request[IDENTITY]
    await response.prepare(request)
    async for piece in file.pieces:
        await response.write(piece)
    await response.write_eof()
    return response
