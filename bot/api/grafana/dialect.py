"""How Grafana OnCall's clients talk: a bare key, answers without an envelope, and `detail` or the fields at fault."""

from __future__ import annotations

from collections.abc import Mapping
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

WHOLE = "body"
DETAIL: Mapping[str, Any] = an_object({"detail": {"type": "string"}}, ["detail"])
FIELDS: Mapping[str, Any] = {
    "type": "object",
    "description": "Each field at fault, and what is wrong with it.",
    "additionalProperties": {"type": "array", "items": {"type": "string"}},
}


class Grafana(Dialect):
    """Grafana OnCall's."""

    paths = ("/api/v1/postmortems",)
    names = MappingProxyType({"incident": "alert_group_id"})
    kinds = TAKEN_FOR_JSON
    statuses = MappingProxyType({401: 403, 409: 400, 422: 400, 428: 400})
    description = Description(
        vendor="Grafana",
        schemes={
            "bare-key": {
                "type": "apiKey",
                "in": "header",
                "name": hdrs.AUTHORIZATION,
                "description": "The key alone, without a word before it.",
            }
        },
        refusal={"anyOf": [DETAIL, FIELDS]},
        errors={
            400: "The body is no JSON object, fields cannot be what was sent, or the postmortem is published.",
            403: "No key that counts, a right is missing, or the key acts for another team.",
            404: "There is no such postmortem, or no such page of the list.",
            413: f"The body is larger than {LARGEST:,} bytes.",
            415: "The body says that it is no JSON.",
            429: "The key asks too often. `Retry-After` says for how many seconds to wait.",
            503: "The database does not answer at the moment. `Retry-After` says for how many seconds to wait.",
        },
        headers=(REQUEST_ID,),
        waiting_headers=(hdrs.RETRY_AFTER,),
    )

    def keys_in(self, headers: Mapping[str, str]) -> tuple[str, ...]:
        """The key, which is all that the header holds."""
        text = as_key(headers.get(hdrs.AUTHORIZATION, ""))
        if text is None:
            raise self.stranger()
        return (text,)

    def stranger(self) -> Refusal:
        """The same for no key, one of another form, and one that nobody has."""
        return Refusal(403, "Invalid token. Send a key that counts in the header Authorization, bare.")

    def answered(self, reply: Reply, _told: Circumstances, /) -> web.Response:
        """The data as it is; where there is only a result, as `detail`."""
        data = {"detail": reply.result} if reply.data is None and reply.result else reply.data
        return _response(data, reply.status)

    def refused(self, refusal: Refusal, _told: Circumstances, /) -> web.Response:
        """What is wrong with each field, or else `detail`."""
        fields = refusal.told_fields
        detail = fields.pop(WHOLE, refusal.message)
        body: dict[str, Any] = {name: [sentence] for name, sentence in fields.items()} or {"detail": detail}
        return _response(body, self.status_of(refusal.status), headers=refusal.headers)

    def schema(self, data: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        """The data as it is."""
        return data


def _response(data: Any, status: int, *, headers: Mapping[str, str] | None = None) -> web.Response:
    if data is None:
        return web.Response(status=status, headers=headers)
    return web.Response(body=to_json(data), status=status, content_type="application/json", headers=headers)


GRAFANA = Grafana()
