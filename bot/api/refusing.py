"""What aiohttp refuses before an endpoint is reached, and what breaks within one, in the form that programs read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from time import perf_counter

import structlog
from aiohttp import hdrs, web

from bot.api.bodies import too_large
from bot.api.dialects import Circumstances
from bot.api.refusals import Refusal
from bot.api.rooms import dialect_of
from bot.logs import IDENTITY

log = structlog.get_logger(__name__)
SENTENCES = {
    404: "There is nothing at this path.",
    417: "The header Expect can only ask for 100-continue.",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def in_their_form(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer programs in their dialect whatever happens; a crash is logged under the id that it is answered with."""
    dialect = dialect_of(request.path)
    if dialect is None:
        return await handler(request)
    began = perf_counter()
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        refusal = as_refusal(error)
    except Exception:  # a program is answered in its own form, whatever was not foreseen
        log.exception("request failed", method=request.method, path=request.path)
        refusal = Refusal(500, "This went wrong inside. The log tells of it under the id of this request.")
    return dialect.refused(refusal, Circumstances(perf_counter() - began, request[IDENTITY]))


def as_refusal(error: web.HTTPException) -> Refusal:
    """A refusal of aiohttp's own."""
    if isinstance(error, web.HTTPRequestEntityTooLarge):
        return too_large()
    if isinstance(error, web.HTTPMethodNotAllowed):
        allowed = ", ".join(sorted(error.allowed_methods))
        message = f"The method {error.method} is not allowed here. Allowed are: {allowed}."
        return Refusal(405, message, headers={hdrs.ALLOW: allowed})
    return Refusal(error.status, SENTENCES.get(error.status, f"{error.reason}."))
