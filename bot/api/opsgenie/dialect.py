"""How Opsgenie's clients talk: `GenieKey`, an envelope around every answer, 422 with every field at fault."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import hdrs, web

from bot.api.admission import FORBIDDEN, as_key
from bot.api.bodies import FORGIVEN, LARGEST
from bot.api.dialects import Circumstances, Description, Dialect
from bot.api.endpoints import NOT_BUILT, Reply
from bot.api.opsgenie.envelope import LIMIT_PERIOD, LIMIT_STATE, enveloped, headers_of, refused
from bot.api.opsgenie.translation import WIRE_NAMES
from bot.api.refusals import Refusal
from bot.api.schemas import an_object
from bot.logs import REQUEST_ID

SCHEME = "GenieKey"
ENVELOPE: Mapping[str, Any] = {
    "took": {"type": "number", "description": "Seconds.", "minimum": 0},
    "requestId": {"type": "string"},
}


class Opsgenie(Dialect):
    """Opsgenie's."""

    paths = ("/v1/", "/v2/", "/api/")
    names = WIRE_NAMES
    kinds = FORGIVEN
    description = Description(
        vendor="Opsgenie",
        schemes={
            "key": {
                "type": "apiKey",
                "in": "header",
                "name": hdrs.AUTHORIZATION,
                "description": "`GenieKey` and the key, with a blank between them.",
            }
        },
        refusal=an_object(
            {
                "message": {"type": "string"},
                "code": {"type": "integer"},
                "errors": {
                    "type": "object",
                    "description": "Each field at fault, its path written with #, and what is wrong with it.",
                    "additionalProperties": {"type": "string"},
                },
                **ENVELOPE,
            },
            ("message", *ENVELOPE),
        ),
        errors={
            400: "The address or the body cannot be read: no UTF-8, no JSON, or packed wrongly.",
            401: "No key that counts.",
            403: f"A right is missing, or the key acts for another team: code {FORBIDDEN}.",
            404: "There is no such thing.",
            409: "The name or id is taken.",
            413: f"The body is larger than {LARGEST:,} bytes.",
            415: "The body says that it is no JSON.",
            422: "The key has not the form of a key; or fields cannot be what was sent, each named under `errors`.",
            428: "Something else still needs it.",
            429: "The key asks too often. `Retry-After` says for how many seconds to wait.",
            NOT_BUILT: "Watchbill has nothing of the kind.",
            503: "The database does not answer at the moment. `Retry-After` says for how many seconds to wait.",
        },
        headers=(REQUEST_ID, LIMIT_STATE, LIMIT_PERIOD),
        waiting_headers=(hdrs.RETRY_AFTER,),
    )

    def keys_in(self, headers: Mapping[str, str]) -> tuple[str, ...]:
        """The key after `GenieKey`; one of another shape than a UUID is 422, which real clients see before 401."""
        scheme, _, rest = headers.get(hdrs.AUTHORIZATION, "").partition(" ")
        if scheme != SCHEME or not rest.strip():
            raise self.stranger()
        text = as_key(rest)
        if text is None:
            raise Refusal(422, "Key format is not valid!")
        return (text,)

    def stranger(self) -> Refusal:
        """The sentence that its clients know."""
        return Refusal(401, "Could not authenticate")

    def answered(self, reply: Reply, told: Circumstances, /) -> web.Response:
        """The data in the envelope."""
        return enveloped(reply, told)

    def refused(self, refusal: Refusal, told: Circumstances, /) -> web.Response:
        """A message, and the fields, in the envelope."""
        return refused(refusal, told)

    def schema(self, data: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        """The envelope, and the data in it."""
        inside: Mapping[str, Any] = {"data": data} if data is not None else {}
        return an_object({"result": {"type": "string"}, **ENVELOPE, **inside}, (*ENVELOPE, *inside))

    def beside_a_file(self, told: Circumstances, /) -> dict[str, str]:
        """The same headers as beside the envelope."""
        return headers_of(told)


OPSGENIE = Opsgenie()
