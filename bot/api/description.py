"""What programs may ask, as an OpenAPI 3.1 document, made from the endpoints that are served."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from aiohttp import hdrs, web
from pydantic import TypeAdapter
from pydantic_core import to_json

from bot.api.endpoints import NOT_BUILT, Endpoint, Nothing
from bot.api.rooms import Room
from bot.logs import REQUEST_ID
from bot.settings import Settings

PATH = "/openapi.json"
JSON = "application/json"
SCHEMES = "#/components"
ABOUT = """\
The paths, fields and answers are those of Opsgenie's API, of Grafana OnCall's for postmortems, and of Datadog's for a
postmortem of an incident: their clients need this address and a key, nothing else.
`app.py keys create NAME --rights read,write,delete,configure` makes a key. A path may end in a slash. Fields that
nobody knows are not looked at, and an empty text means none. {limits}"""
TEXT: Mapping[str, Any] = {"type": "string"}
NUMBER: Mapping[str, Any] = {"type": "integer", "minimum": 0}
HEADERS: Mapping[str, Mapping[str, Any]] = {
    REQUEST_ID: {"description": "The same as `requestId`.", "required": True, "schema": TEXT},
    "X-RateLimit-State": {"required": True, "schema": {"enum": ["OK", "THROTTLED"]}},
    "X-RateLimit-Period-In-Sec": {"description": "Of the limit.", "required": True, "schema": NUMBER},
    "X-RateLimit-Reset": {"description": "Seconds to wait.", "required": True, "schema": NUMBER},
    hdrs.RETRY_AFTER: {"description": "Seconds to wait.", "required": True, "schema": NUMBER},
}
TOO_MANY, UNAVAILABLE = 429, 503
EVERYWHERE = frozenset({400, 401, 403, 422, TOO_MANY, UNAVAILABLE})


def description_routes(describe: Callable[[], Mapping[str, Any]]) -> list[web.RouteDef]:
    """`/openapi.json`, for anybody: it tells nothing of who is here."""

    async def handle(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=to_json(describe()), content_type=JSON)

    return [web.get(PATH, handle)]


def described(rooms: Iterable[Room], settings: Settings) -> dict[str, Any]:
    """The document."""
    rooms = list(rooms)
    found = [each for room in rooms for each in room.endpoints]
    schemas = _Schemas(found)
    paths: dict[str, dict[str, Any]] = {}
    for room in rooms:
        for endpoint in room.endpoints:
            paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(room, endpoint, schemas)
    words = [room.dialect.description for room in rooms]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Watchbill", "version": "2", "description": ABOUT.format(limits=_limits(settings))},
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in sorted({tag_of(each) for each in found})],
        "paths": paths,
        "components": {
            "securitySchemes": {name: scheme for each in words for name, scheme in each.schemes.items()},
            "headers": HEADERS,
            "responses": {
                _response_name(room, status): _error(room, status, says)
                for room in rooms
                for status, says in room.dialect.description.errors.items()
            },
            "schemas": {**schemas.definitions, **{f"{each.vendor}Refusal": each.refusal for each in words}},
        },
    }


def tag_of(endpoint: Endpoint[Any, Any]) -> str:
    """What it is about: the first word of its path after the version."""
    return re.split(r"/v\d+/", endpoint.path)[1].partition("/")[0]


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


def _operation(room: Room, endpoint: Endpoint[Any, Any], schemas: _Schemas) -> dict[str, Any]:
    statuses = (
        EVERYWHERE | ({404} if "{" in endpoint.path else set()) | ({428} if endpoint.method == "DELETE" else set())
    )
    operation: dict[str, Any] = {
        "operationId": _operation_id(endpoint),
        "summary": endpoint.summary,
        "tags": [tag_of(endpoint)],
        "description": f"Needs the right to {' and '.join(sorted(endpoint.rights, reverse=True))}.",
        "security": [{name: [] for name in room.dialect.description.schemes}],
        "parameters": [*_path_parameters(endpoint), *_query_parameters(endpoint, schemas)],
    }
    if endpoint.query is not Nothing:
        statuses |= {404}
    if endpoint.body is not Nothing:
        statuses |= {404, 409, 413, 415}
        schema = schemas.sent(endpoint.body)
        needed = bool(schemas.resolved(schema).get("required"))
        operation["requestBody"] = {"required": needed, "content": {JSON: {"schema": schema}}}
    is_built = endpoint.status != NOT_BUILT
    told = sorted({room.dialect.status_of(status) for status in (statuses if is_built else {*statuses, NOT_BUILT})})
    operation["responses"] = {
        **({str(endpoint.status): _success(room, endpoint, schemas)} if is_built else {}),
        **{str(status): {"$ref": f"{SCHEMES}/responses/{_response_name(room, status)}"} for status in told},
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


def _success(room: Room, endpoint: Endpoint[Any, Any], schemas: _Schemas) -> dict[str, Any]:
    described: dict[str, Any] = {"description": "Done.", "headers": _references(room.dialect.description.headers)}
    if endpoint.media_type != JSON:
        return {**described, "content": {endpoint.media_type: {"schema": TEXT}}}
    data = schemas.answered(endpoint.data) if endpoint.data is not None else None
    schema = room.dialect.schema(data)
    return described if schema is None else {**described, "content": {JSON: {"schema": schema}}}


def _response_name(room: Room, status: int) -> str:
    return f"{room.dialect.description.vendor}-{status}"


def _error(room: Room, status: int, says: str) -> dict[str, Any]:
    words = room.dialect.description
    waiting = {TOO_MANY: words.waiting_headers, UNAVAILABLE: (hdrs.RETRY_AFTER,)}.get(status, ())
    content = {JSON: {"schema": {"$ref": f"{SCHEMES}/schemas/{words.vendor}Refusal"}}}
    return {"description": says, "headers": _references((*words.headers, *waiting)), "content": content}


def _references(names: Iterable[str]) -> dict[str, Any]:
    return {name: {"$ref": f"{SCHEMES}/headers/{name}"} for name in names}


def _limits(settings: Settings) -> str:
    allowed = [f"{each.requests} {each.domain} requests in {each.seconds} seconds" for each in settings.rate_limits]
    return f"A key may make {', '.join(allowed)}." if allowed else "How often a key asks is not limited."
