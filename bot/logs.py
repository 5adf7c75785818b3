"""Logs: JSON lines with a request id; plain lines while a person watches a terminal."""

from __future__ import annotations

import logging
import sys
from collections.abc import Awaitable, Callable
from uuid import uuid4

import structlog
from aiohttp import web

log = structlog.get_logger(__name__)
REQUEST_ID = "X-Request-Id"
IDENTITY = web.RequestKey("request_id", str)
"""Where a request carries its id."""


def configure_logging(*, plain: bool) -> None:
    """Send everything, the libraries' own lines too, to standard error in one form."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    renderer = structlog.dev.ConsoleRenderer() if plain else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=renderer, foreign_pre_chain=shared))
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for chatty in ("aiohttp.access", "apscheduler", "alembic", "slack_sdk", "slack_bolt", "bolt"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


@web.middleware
async def request_id(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Give each request an id, its own where it brings a short plain one; it stands in the reply and in every line.

    What nobody foresaw is logged under that id and answered with 500.
    """
    given = request.headers.get(REQUEST_ID, "")
    plain = given.isascii() and given.replace("-", "").isalnum() and len(given) <= 64
    identity = given if plain else str(uuid4())
    request[IDENTITY] = identity
    with structlog.contextvars.bound_contextvars(request_id=identity):
        try:
            response = await handler(request)
        except web.HTTPException as answer:
            answer.headers[REQUEST_ID] = identity
            raise
        except Exception:  # the last stop: whoever asked gets the id under which the log tells of it
            log.exception("request failed", method=request.method, path=request.path)
            response = web.json_response({"error": "internal error", "request_id": identity}, status=500)
    if not response.prepared:
        response.headers[REQUEST_ID] = identity
    return response
