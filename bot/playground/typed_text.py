"""What a person types, in the form Slack sends it: mentions, channels and links as tokens, the rest escaped."""

from __future__ import annotations

import re
from typing import Any

from bot.playground.workspace import Workspace

_TOKEN = re.compile(r"<[@#!][^<>]+>|@[\w.\-]+|#[\w\-]+|https?://[^\s<>]+")
_SENT = re.compile(r"<([^<>]+)>")
_WIDE = frozenset({"here", "channel", "everyone"})


def escaped(workspace: Workspace, text: str, *, with_names: bool = False) -> str:
    """The text with `@handle`, `#channel` and URLs as tokens; a name nobody has stays as it is. Tokens already there
    stay. `with_names` writes `<@U1|handle>`, as commands do; messages carry the bare `<@U1>`.
    """
    pieces: list[str] = []
    end = 0
    for match in _TOKEN.finditer(text):
        pieces += [_entities(text[end : match.start()]), _token(workspace, match[0], with_names=with_names)]
        end = match.end()
    return "".join(pieces) + _entities(text[end:])


def bare(workspace: Workspace, text: str) -> str:
    """The text as a command without `should_escape` gets it: mentions as plain names, which nobody can resolve."""

    def name(match: re.Match[str]) -> str:
        token = match[1].partition("|")[0]
        if token.startswith("@") and (person := workspace.people.get(token[1:])):
            return f"@{person.name}"
        if token.startswith("#") and (channel := workspace.channels.get(token[1:])):
            return f"#{channel.name}"
        return match[0]

    return _SENT.sub(name, text)


def as_rich_text(text: str) -> dict[str, Any]:
    """The rich_text block Slack makes of a message that a person typed; `text` is escaped already."""
    parts: list[dict[str, Any]] = []
    end = 0
    for match in _SENT.finditer(text):
        if plain := text[end : match.start()]:
            parts.append({"type": "text", "text": _decoded(plain)})
        parts.append(_element(match[1]))
        end = match.end()
    if plain := text[end:]:
        parts.append({"type": "text", "text": _decoded(plain)})
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": parts}]}


def _element(token: str) -> dict[str, Any]:
    body, _, label = token.partition("|")
    if body.startswith("@"):
        return {"type": "user", "user_id": body[1:]}
    if body.startswith("#"):
        return {"type": "channel", "channel_id": body[1:]}
    if body.startswith("!subteam^"):
        return {"type": "usergroup", "usergroup_id": body.removeprefix("!subteam^")}
    if body.removeprefix("!") in _WIDE:
        return {"type": "broadcast", "range": body[1:]}
    if body.startswith("!"):
        return {"type": "text", "text": label or body}
    return {"type": "link", "url": body} | ({"text": label} if label else {})


def _token(workspace: Workspace, typed: str, *, with_names: bool) -> str:
    if typed.startswith("<"):
        return typed
    if typed.startswith("@"):
        return _mention(workspace, typed, with_names=with_names)
    if typed.startswith("#"):
        for channel in workspace.channels.values():
            if channel.name and channel.name == typed[1:]:
                return f"<#{channel.id}|{channel.name}>"
        return typed
    return f"<{typed}>"


def _mention(workspace: Workspace, typed: str, *, with_names: bool) -> str:
    name = typed[1:].rstrip(".-")
    rest = typed[1 + len(name) :]
    if name in _WIDE:
        return f"<!{name}>{rest}"
    for person in workspace.people.values():
        if name == person.name:
            return (f"<@{person.id}|{person.name}>" if with_names else f"<@{person.id}>") + rest
    for group in workspace.groups.values():
        if name == group.handle:
            return f"<!subteam^{group.id}|@{group.handle}>{rest}"
    return typed


def _entities(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _decoded(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
