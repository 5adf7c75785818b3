"""The envelope around every answer of Opsgenie's API, and the headers beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from pydantic_core import to_json

from bot.api.dialects import Circumstances
from bot.api.endpoints import Reply
from bot.api.refusals import Refusal

RESPONSE_TIME = "X-Response-Time"
LIMIT_STATE = "X-RateLimit-State"
LIMIT_REASON = "X-RateLimit-Reason"
LIMIT_PERIOD = "X-RateLimit-Period-In-Sec"
TOO_MANY = 429


def enveloped(reply: Reply, told: Circumstances) -> web.Response:
    """The answer to a request that was carried out. Fields that are None are left out."""
    body: dict[str, Any] = {"result": reply.result} if reply.result else {}
    if reply.data is not None:
        body["data"] = reply.data
    return _response({**body, **reply.more}, reply.status, told)


def refused(refusal: Refusal, told: Circumstances) -> web.Response:
    """The answer to one that was not: `errors` maps a field, its path written with `#`, to a sentence.

    Of very many the first are told, and how many there are.
    """
    body: dict[str, Any] = {"message": refusal.message}
    faults = refusal.told_fields
    if len(faults) < len(refusal.fields):
        body["message"] += f" These are the first {len(faults)} of {len(refusal.fields):,}."
    if refusal.code is not None:
        body["code"] = refusal.code
    if faults:
        body["errors"] = {name.replace(".", "#"): sentence for name, sentence in faults.items()}
    return _response(body, refusal.status, told, headers=refusal.headers)


def headers_of(told: Circumstances, *, is_throttled: bool = False) -> dict[str, str]:
    """The headers beside every answer, a file's too."""
    return {
        RESPONSE_TIME: str(round(told.took, 3)),
        LIMIT_STATE: "THROTTLED" if is_throttled else "OK",
        LIMIT_REASON: "ACCOUNT",
        LIMIT_PERIOD: str(told.period),
    }


def _response(
    body: Mapping[str, Any], status: int, told: Circumstances, *, headers: Mapping[str, str] | None = None
) -> web.Response:
    whole = {**body, "took": round(told.took, 3), "requestId": told.request_id}
    return web.Response(
        body=to_json(whole, exclude_none=True, by_alias=True),
        status=status,
        content_type="application/json",
        headers={**headers_of(told, is_throttled=status == TOO_MANY), **(headers or {})},
    )
