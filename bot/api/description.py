"""What programs may ask, as an OpenAPI 3.1 document, made from the endpoints that are served."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from aiohttp import web
from pydantic import TypeAdapter
from pydantic_core import to_json

from bot.api.admission import FORBIDDEN
from bot.api.bodies import LARGEST
from bot.api.endpoints import Endpoint, Nothing
from bot.logs import REQUEST_ID
from bot.settings import Settings

PATH = "/openapi.json"
JSON = "application/json"
SCHEMES = "#/components"
ABOUT = """\
The paths, fields and answers are those of Opsgenie's API: its clients need this address and a key, nothing else.
`app.py keys create NAME --rights read,write,delete,configure` makes a key. A path may end in a slash. Fields that
nobody knows are not looked at, and an empty text means none. {limits}"""
ERRORS: Mapping[int, str] = {
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
    503: "The database does not answer at the moment. `Retry-After` says for how many seconds to wait.",
}
WAITING = {429, 503}
EVERYWHERE = {400, 401, 403, 422, 429, 503}


def description_routes(describe: Callable[[], Mapping[str, Any]]) -> list[web.RouteDef]:
    """`/openapi.json`, for anybody: it tells nothing of who is here."""

    async def handle(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=to_json(describe()), content_type=JSON)

    return [web.get(PATH, handle)]


def described(endpoints: Iterable[Endpoint[Any, Any]], settings: Settings) -> dict[str, Any]:
    """The document."""
    found = list(endpoints)
    schemas = _Schemas(found)
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in found:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Watchbill", "version": "2", "description": ABOUT.format(limits=_limits(settings))},
        "servers": [{"url": "/"}],
        "security": [{"key": []}],
        "tags": [{"name": name} for name in sorted({tag_of(each) for each in found})],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "key": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "`GenieKey` and the key, with a blank between them.",
                }
            },
            "headers": _headers(),
            "responses": {str(status): _error(status, says) for status, says in ERRORS.items()},
            "schemas": {**schemas.definitions, "Refusal": REFUSAL},
        },
    }


def tag_of(endpoint: Endpoint[Any, Any]) -> str:
    """What it is about: the first word of its path after the version."""
    return endpoint.path.split("/")[2]


class _Schemas:
    """The JSON schemas of all bodies, queries and replies, under names that are used once."""

    def __init__(self, endpoints: Iterable[Endpoint[Any, Any]]) -> None:
        inputs = {kind for each in endpoints for kind in (each.query, each.body) if kind is not Nothing}
        outputs = {repr(each.data): each.data for each in endpoints if each.data is not None}
        asked: list[tuple[Any, Any, TypeAdapter[Any]]] = [
            (kind, "validation", TypeAdapter(kind)) for kind in sorted(inputs, key=repr)
        ]
        asked += [(name, "serialization", TypeAdapter(outputs[name])) for name in sorted(outputs)]
        self._found, rest = TypeAdapter.json_schemas(asked, ref_template=f"{SCHEMES}/schemas/{{model}}")
        self.definitions: dict[str, Any] = rest.get("$defs", {})

    def sent(self, kind: Any) -> dict[str, Any]:
        """Of a body or a query."""
        return self._found[kind, "validation"]

    def answered(self, data: Any) -> dict[str, Any]:
        """Of a reply's data."""
        return self._found[repr(data), "serialization"]

    def resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """The schema itself where it only points at one."""
        name = str(schema.get("$ref", "")).rpartition("/")[2]
        return self.definitions[name] if name else schema


def _operation(endpoint: Endpoint[Any, Any], schemas: _Schemas) -> dict[str, Any]:
    statuses = (
        EVERYWHERE | ({404} if "{" in endpoint.path else set()) | ({428} if endpoint.method == "DELETE" else set())
    )
    operation: dict[str, Any] = {
        "operationId": _operation_id(endpoint),
        "summary": endpoint.summary,
        "tags": [tag_of(endpoint)],
        "description": f"Needs the right to {' and '.join(sorted(endpoint.rights, reverse=True))}.",
        "parameters": [*_path_parameters(endpoint), *_query_parameters(endpoint, schemas)],
    }
    if endpoint.body is not Nothing:
        statuses |= {404, 409, 413, 415}
        schema = schemas.sent(endpoint.body)
        needed = bool(schemas.resolved(schema).get("required"))
        operation["requestBody"] = {"required": needed, "content": {JSON: {"schema": schema}}}
    operation["responses"] = {
        str(endpoint.status): _success(endpoint, schemas),
        **{str(status): {"$ref": f"{SCHEMES}/responses/{status}"} for status in sorted(statuses)},
    }
    return operation


def _operation_id(endpoint: Endpoint[Any, Any]) -> str:
    words = re.findall(r"[a-zA-Z0-9]+", endpoint.path)
    return "_".join([endpoint.method.lower(), *words])


def _path_parameters(endpoint: Endpoint[Any, Any]) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in re.findall(r"{(\w+)}", endpoint.path)
    ]


def _query_parameters(endpoint: Endpoint[Any, Any], schemas: _Schemas) -> list[dict[str, Any]]:
    if endpoint.query is Nothing:
        return []
    model = schemas.resolved(schemas.sent(endpoint.query))
    required = set(model.get("required", ()))
    return [
        {"name": name, "in": "query", "required": name in required, "schema": _without_null(schema)}
        for name, schema in model.get("properties", {}).items()
    ]


def _without_null(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A query has no word for null: what may be null is left out."""
    kept = {name: value for name, value in schema.items() if name not in {"title", "default"} or value is not None}
    kinds = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    if not kinds:
        return kept
    rest = {name: value for name, value in kept.items() if name != "anyOf"}
    return {**rest, **kinds[0]} if len(kinds) == 1 else {**rest, "anyOf": kinds}


def _success(endpoint: Endpoint[Any, Any], schemas: _Schemas) -> dict[str, Any]:
    described: dict[str, Any] = {"description": "Done.", "headers": _header_references()}
    if endpoint.media_type != JSON:
        return {**described, "content": {endpoint.media_type: {"schema": {"type": "string"}}}}
    properties: dict[str, Any] = {"result": {"type": "string"}, **ENVELOPE}
    needed = [*ENVELOPE]
    if endpoint.data is not None:
        properties["data"] = schemas.answered(endpoint.data)
        needed.append("data")
    return {**described, "content": {JSON: {"schema": _object(properties, needed)}}}


def _error(status: int, says: str) -> dict[str, Any]:
    headers = _header_references()
    if status in WAITING:
        headers["Retry-After"] = {"$ref": f"{SCHEMES}/headers/Retry-After"}
    content = {JSON: {"schema": {"$ref": f"{SCHEMES}/schemas/Refusal"}}}
    return {"description": says, "headers": headers, "content": content}


def _headers() -> dict[str, Any]:
    text, number = {"type": "string"}, {"type": "integer", "minimum": 0}
    return {
        REQUEST_ID: {"description": "The same as `requestId`.", "required": True, "schema": text},
        "X-RateLimit-State": {"required": True, "schema": {"enum": ["OK", "THROTTLED"]}},
        "X-RateLimit-Period-In-Sec": {"description": "Of the limit.", "required": True, "schema": number},
        "Retry-After": {"description": "Seconds to wait.", "required": True, "schema": number},
    }


def _header_references() -> dict[str, Any]:
    names = (REQUEST_ID, "X-RateLimit-State", "X-RateLimit-Period-In-Sec")
    return {name: {"$ref": f"{SCHEMES}/headers/{name}"} for name in names}


def _object(properties: Mapping[str, Any], required: Iterable[str]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "required": sorted(required)}


def _limits(settings: Settings) -> str:
    allowed = [f"{each.requests} {each.domain} requests in {each.seconds} seconds" for each in settings.rate_limits]
    return f"A key may make {', '.join(allowed)}." if allowed else "How often a key asks is not limited."


ENVELOPE: Mapping[str, Any] = {
    "took": {"type": "number", "description": "Seconds.", "minimum": 0},
    "requestId": {"type": "string"},
}
REFUSAL: Mapping[str, Any] = _object(
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
)
