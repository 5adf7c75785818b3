"""How Datadog's clients talk: two keys, and JSON:API with pointers to what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from aiohttp import hdrs, web
from pydantic_core import to_json

from bot.api.admission import as_key
from bot.api.bodies import LARGEST, TAKEN_FOR_JSON
from bot.api.dialects import Circumstances, Description, Dialect
from bot.api.endpoints import Reply
from bot.api.refusals import Refusal
from bot.api.schemas import an_object
from bot.logs import REQUEST_ID

API_KEY, APPLICATION_KEY = "DD-API-KEY", "DD-APPLICATION-KEY"
LIMIT_RESET = "X-RateLimit-Reset"
"""Its clients wait by this header alone."""
BODY = {"body", "data"}
"""What the first part of a field's path is called when it stands in the body; all else stands in the address."""
_TEXT: Mapping[str, Any] = {"type": "string"}
ERROR: Mapping[str, Any] = an_object(
    {
        "detail": _TEXT,
        "meta": {"type": "object"},
        "source": {"type": "object", "properties": {"pointer": _TEXT, "parameter": _TEXT}},
        "status": _TEXT,
        "title": _TEXT,
    },
    ("detail", "meta", "status", "title"),
)


class Datadog(Dialect):
    """Datadog's."""

    paths = ("/api/v2/incidents",)
    names = MappingProxyType({"incident": "incident_id", "title": "data.attributes.title"})
    kinds = TAKEN_FOR_JSON
    statuses = MappingProxyType({401: 403, 409: 400, 422: 400, 428: 400})
    description = Description(
        vendor="Datadog",
        schemes={
            "api-key": {
                "type": "apiKey",
                "in": "header",
                "name": API_KEY,
                "description": f"The key that acts. `{APPLICATION_KEY}` must count too where it is sent.",
            }
        },
        refusal=an_object({"errors": {"type": "array", "items": {"anyOf": [ERROR, _TEXT]}}}, ["errors"]),
        errors={
            400: "The body is no JSON object, or fields cannot be what was sent: an error for each, with its pointer.",
            403: "A key does not count, a right is missing, or the key acts for another team.",
            404: "There is no such incident.",
            413: f"The body is larger than {LARGEST:,} bytes.",
            415: "The body says that it is no JSON.",
            429: f"The key asks too often. `{LIMIT_RESET}` and `Retry-After` say for how many seconds to wait.",
            503: "The database does not answer at the moment. `Retry-After` says for how many seconds to wait.",
        },
        headers=(REQUEST_ID,),
        waiting_headers=(LIMIT_RESET, hdrs.RETRY_AFTER),
    )

    def keys_in(self, headers: Mapping[str, str]) -> tuple[str, ...]:
        """The API key, which acts, and the application key where there is one."""
        beside = headers.get(APPLICATION_KEY, "")
        shown = [headers.get(API_KEY, ""), *([beside] if beside.strip() else [])]
        texts = [text for each in shown if (text := as_key(each))]
        if len(texts) < len(shown):
            raise self.stranger()
        return tuple(texts)

    def stranger(self) -> Refusal:
        """The same for no key, one of another form, and one that nobody has."""
        return Refusal(403, "Forbidden: send a key that counts in DD-API-KEY, and none that does not beside it.")

    def answered(self, reply: Reply, _told: Circumstances, /) -> web.Response:
        """The document as it is; where there is only a result, as `meta`."""
        body = {"meta": {"result": reply.result}} if reply.data is None else reply.data
        return _response(body, reply.status)

    def refused(self, refusal: Refusal, _told: Circumstances, /) -> web.Response:
        """An error for each field, or else one; plain sentences for those who ask too often."""
        status = self.status_of(refusal.status)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            wait = {LIMIT_RESET: refusal.headers[hdrs.RETRY_AFTER]} if hdrs.RETRY_AFTER in refusal.headers else {}
            return _response({"errors": [refusal.message]}, status, headers={**refusal.headers, **wait})
        whole = {"body": refusal.message} if status == HTTPStatus.BAD_REQUEST else {}
        fields = refusal.told_fields or whole
        errors = [{**_error(status, detail), "source": _source(name)} for name, detail in fields.items()]
        return _response({"errors": errors or [_error(status, refusal.message)]}, status, headers=refusal.headers)

    def schema(self, data: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        """The document as it is."""
        return data


def _error(status: int, detail: str) -> dict[str, Any]:
    return {"detail": detail, "meta": {}, "status": str(status), "title": HTTPStatus(status).phrase}


def _source(name: str) -> dict[str, str]:
    """Where a field stands: in the body by a JSON pointer, in the address by its name."""
    first, *rest = name.split(".")
    if first not in BODY:
        return {"parameter": name}
    parts = [first, *rest] if first == "data" else rest
    return {"pointer": "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in parts)}


def _response(body: Any, status: int, *, headers: Mapping[str, str] | None = None) -> web.Response:
    return web.Response(body=to_json(body), status=status, content_type="application/json", headers=headers)


DATADOG = Datadog()
