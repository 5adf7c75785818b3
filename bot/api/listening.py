"""The server under the application: what is no request at all is answered as JSON too, not as aiohttp's plain text."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError, LineTooLong
from aiohttp.web_protocol import RequestPayloadError
from aiohttp.web_request import BaseRequest

from bot.api.dialects import Circumstances, Dialect
from bot.api.opsgenie.dialect import OPSGENIE
from bot.api.refusals import Refusal
from bot.api.refusing import as_refusal
from bot.api.rooms import dialect_of
from bot.logs import REQUEST_ID

log = structlog.get_logger(__name__)


class Runner(web.AppRunner):
    """Runs an application as `web.AppRunner` does. Takes the same arguments."""

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        return _Server(made.request_handler, made.request_factory, self._kwargs)


class _Server(web.Server):
    """Makes a protocol of ours for each connection."""

    def __init__(self, handler: Any, factory: Any, options: dict[str, Any]) -> None:
        async def handle(request: BaseRequest) -> web.StreamResponse:
            try:
                answer: web.StreamResponse = await handler(request)
            except web.HTTPException as error:  # raised before any middleware was asked: a wrong `Expect`
                dialect = dialect_of(request.path)
                if dialect is None:
                    raise
                return _answer(dialect, as_refusal(error))
            return answer

        super().__init__(handle, request_factory=factory, **options)
        self._options = options

    def __call__(self) -> web.RequestHandler:
        return _Protocol(self, loop=self._loop, **self._options)


class _Protocol(web.RequestHandler):
    """One connection."""

    __slots__ = ()

    def handle_error(
        self,
        request: BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002  aiohttp's own sentence; ours is another
    ) -> web.StreamResponse:
        """Answer what could not be read, or what broke outside the application; then the connection is closed.

        A request that cannot be read has no path: whoever sent it is taken for a program, and one of Opsgenie's.
        """
        if request.writer.output_size > 0:
            raise ConnectionError("An answer is on its way already.")
        if isinstance(exc, HttpProcessingError):
            log.info("not a request", remote=request.remote, problem=type(exc).__name__)
            response = _answer(OPSGENIE, _unreadable(exc))
        else:
            response = _answer(
                dialect_of(request.path) or OPSGENIE,
                Refusal(status, "This went wrong inside. The log tells of it under the id of this request."),
            )
            log.error("request failed", exc_info=exc, request_id=response.headers[REQUEST_ID])
        response.force_close()
        return response

    def log_exception(self, *args: Any, **more: Any) -> None:
        """A body that cannot be unpacked or ends early is no fault of ours, and was answered already."""
        if isinstance(more.get("exc_info"), HttpProcessingError | RequestPayloadError):
            log.info("not a body", problem=type(more["exc_info"]).__name__)
        else:
            super().log_exception(*args, **more)


def _unreadable(error: HttpProcessingError) -> Refusal:
    if isinstance(error, LineTooLong):
        return Refusal(400, "The address or a header of the request is too long.")
    return Refusal(400, "This is no HTTP request that can be read.")


def _answer(dialect: Dialect, refusal: Refusal) -> web.Response:
    identity = str(uuid4())
    response = dialect.refused(refusal, Circumstances(0.0, identity))
    response.headers[REQUEST_ID] = identity
    return response
