"""The envelope around every answer of Opsgenie's API, and the headers beside it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from aiohttp import web
from pydantic_core import to_json

from bot.api.endpoints import Reply
from bot.api.refusals import Refusal

RESPONSE_TIME = "X-Response-Time"
LIMIT_STATE = "X-RateLimit-State"
LIMIT_REASON = "X-RateLimit-Reason"
LIMIT_PERIOD = "X-RateLimit-Period-In-Sec"
PERIOD_SECONDS = 60
"""Told where no limit is known: at a path that there is not, or with limits off."""
TOO_MANY = 429
MOST_FAULTS = 50
"""Told of one request: a body of a thousand faults is answered with the first of them."""


def enveloped(reply: Reply, *, took: float, request_id: str, period: int = PERIOD_SECONDS) -> web.Response:
    """The answer to a request that was carried out. Fields that are None are left out.

    `period` is that of the limit which the request counted against, in seconds.
    """
    body: dict[str, Any] = {"result": reply.result} if reply.result else {}
    if reply.data is not None:
        body["data"] = reply.data
    return _response({**body, **reply.more}, reply.status, took=took, request_id=request_id, period=period)


def refused(refusal: Refusal, *, took: float, request_id: str, period: int = PERIOD_SECONDS) -> web.Response:
    """The answer to one that was not: `errors` maps a field, its path written with `#`, to a sentence.

    Of more than MOST_FAULTS the first are told, and how many there are.
    """
    body: dict[str, Any] = {"message": refusal.message}
    faults = dict(islice(refusal.fields.items(), MOST_FAULTS))
    if len(faults) < len(refusal.fields):
        body["message"] += f" These are the first {len(faults)} of {len(refusal.fields):,}."
    if refusal.code is not None:
        body["code"] = refusal.code
    if faults:
        body["errors"] = {name.replace(".", "#"): sentence for name, sentence in faults.items()}
    more = refusal.headers
    return _response(body, refusal.status, took=took, request_id=request_id, period=period, headers=more)


def _response(
    body: Mapping[str, Any],
    status: int,
    *,
    took: float,
    request_id: str,
    period: int,
    headers: Mapping[str, str] | None = None,
) -> web.Response:
    seconds = round(took, 3)
    return web.Response(
        body=to_json({**body, "took": seconds, "requestId": request_id}, exclude_none=True, by_alias=True),
        status=status,
        content_type="application/json",
        headers={**told(seconds, period=period, is_throttled=status == TOO_MANY), **(headers or {})},
    )


def told(seconds: float, *, period: int, is_throttled: bool = False) -> dict[str, str]:
    """The headers beside every answer, a file's too."""
    return {
        RESPONSE_TIME: str(seconds),
        LIMIT_STATE: "THROTTLED" if is_throttled else "OK",
        LIMIT_REASON: "ACCOUNT",
        LIMIT_PERIOD: str(period),
    }
