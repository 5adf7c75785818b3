"""The API's description as a page that people read: no script, nothing from elsewhere, and it fits a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from aiohttp import web

PATH = "/api"
STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8882; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 56rem; margin: 0 auto; padding: 1rem; }
h1 { margin: 0 0 .5rem } h2 { margin: 2rem 0 .5rem; text-transform: capitalize }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .4rem 0; padding: .5rem .75rem }
summary { cursor: pointer } summary b { display: inline-block; min-width: 4.5rem }
summary span { display: block; opacity: .75 }
table { border-collapse: collapse; width: 100%; margin: .25rem 0 .75rem; table-layout: fixed }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem .25rem 0; border-top: 1px solid var(--soft);
  overflow-wrap: anywhere }
th { width: 32%; font-weight: normal }
h3 { font-size: 1em; margin: .75rem 0 .25rem }
nav a { display: inline-block; margin: 0 1rem .25rem 0; text-transform: capitalize }
"""


def reference_routes(describe: Callable[[], Mapping[str, Any]]) -> list[web.RouteDef]:
    """`/api`, made from an OpenAPI document."""

    async def handle(_request: web.Request) -> web.Response:
        return web.Response(
            text=page(describe()),
            content_type="text/html",
            headers={"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"},
        )

    return [web.get(PATH, handle), web.get(f"{PATH}/", handle)]


def page(description: Mapping[str, Any]) -> str:
    """The page."""
    info, tags = description["info"], [tag["name"] for tag in description["tags"]]
    links = "".join(f'<a href="#{escape(tag)}">{escape(tag)}</a>' for tag in tags)
    parts = "".join(_section(tag, description) for tag in tags)
    refusals = [
        (status, _prose(each["description"])) for status, each in description["components"]["responses"].items()
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(info['title'])}: the API</title><style>{STYLE}</style></head><body><header>"
        f"<h1>{escape(info['title'])}: the API</h1><p>{_prose(info['description'])}</p>"
        '<p>The same for machines, as OpenAPI 3.1: <a href="/openapi.json">/openapi.json</a>.</p>'
        f"</header><nav>{links}</nav><main>{parts}{_table('Refusals', refusals)}</main></body></html>"
    )


def _section(tag: str, description: Mapping[str, Any]) -> str:
    requests = [
        _request(method, path, operation, description)
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
        if tag in operation["tags"]
    ]
    return f'<section><h2 id="{escape(tag)}">{escape(tag)}</h2>{"".join(requests)}</section>'


def _request(method: str, path: str, operation: Mapping[str, Any], description: Mapping[str, Any]) -> str:
    parts = [f"<p>{_prose(operation['description'])}</p>", _table("Key", _keys(operation, description))]
    if parameters := operation["parameters"]:
        parts.append(_table("In the address", (_parameter(each, description) for each in parameters)))
    if body := operation.get("requestBody"):
        parts.append(_table("Body", _fields(body["content"]["application/json"]["schema"], description)))
    well, *badly = operation["responses"]
    parts.append(f"<p>Answers {well}; or refuses with {', '.join(badly)}.</p>")
    for media in operation["responses"][well].get("content", {}).values():
        parts += _answer(media["schema"], description)
    return (
        f"<details><summary><b>{method.upper()}</b> <code>{escape(path)}</code>"
        f"<span>{escape(operation['summary'])}</span></summary>{''.join(parts)}</details>"
    )


def _keys(operation: Mapping[str, Any], description: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The headers that show who asks."""
    schemes = description["components"]["securitySchemes"]
    shown = (schemes[name] for together in operation["security"] for name in together)
    return [(scheme["name"], _prose(scheme["description"])) for scheme in shown]


def _answer(schema: Mapping[str, Any], description: Mapping[str, Any]) -> list[str]:
    """What stands in an answer; of an envelope, whose own fields are the same everywhere, what stands under `data`."""
    if "requestId" in (properties := schema.get("properties", {})):
        return [_table("Fields of `data`", _fields(properties["data"], description))] if "data" in properties else []
    fields = _fields(schema, description)
    return [_table("Fields", fields)] if fields else []


def _parameter(parameter: Mapping[str, Any], description: Mapping[str, Any]) -> tuple[str, str]:
    return parameter["name"], _kind(parameter["schema"], description) + (", needed" if parameter["required"] else "")


def _fields(schema: Mapping[str, Any], description: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A row for each field of an object, or of the objects in a list."""
    there = _resolved(schema, description)
    if there.get("type") == "array":
        return _fields(there.get("items", {}), description)
    needed = set(there.get("required", ()))
    return [
        (name, _kind(field, description) + (", needed" if name in needed else ""))
        for name, field in there.get("properties", {}).items()
    ]


def _kind(schema: Mapping[str, Any], description: Mapping[str, Any], *, deep: int = 2) -> str:
    """What a field is, in a few words; objects within it are told with their fields, a few floors down."""
    there = _resolved(schema, description)
    if choices := there.get("anyOf"):
        return " or ".join(dict.fromkeys(_kind(each, description, deep=deep) for each in choices))
    if words := there.get("enum", [there["const"]] if "const" in there else None):
        return ", ".join(f"<code>{escape(str(word))}</code>" for word in words)
    kind = there.get("type", "anything")
    if kind == "array":
        return f"list of {_kind(there.get('items', {}), description, deep=deep)}"
    if kind == "object" and deep and "properties" in there:
        fields = there["properties"].items()
        told = (f"<code>{escape(name)}</code> {_kind(each, description, deep=deep - 1)}" for name, each in fields)
        return "{ " + "; ".join(told) + " }"
    return escape(there.get("format", kind))


def _resolved(schema: Mapping[str, Any], description: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Any = schema
    if "$ref" in schema:
        found = description
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
    there: Mapping[str, Any] = found
    return there


def _table(title: str, rows: Iterable[tuple[str, str]]) -> str:
    """Names as they are, and what is said of them, which is HTML already."""
    lines = "".join(f"<tr><th><code>{escape(name)}</code></th><td>{said}</td></tr>" for name, said in rows)
    return f"<h3>{_prose(title)}</h3><table>{lines}</table>"


def _prose(text: str) -> str:
    """Sentences in which code stands between back quotes."""
    pieces = escape(text).split("`")
    return "".join(f"<code>{piece}</code>" if number % 2 else piece for number, piece in enumerate(pieces))
