"""One call of the Web API, and how its arguments are read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.channels import Channel, ChannelKind
from bot.playground.one_shots import Refusal
from bot.playground.people import Person
from bot.playground.workspace import Workspace

Answer = dict[str, Any]
ALWAYS_ALLOWED = frozenset({"token", "team_id"})
_TRUE = frozenset({True, "true", "True", "1"})


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Web API: what runs it and which arguments it knows."""

    name: str
    run: Callable[[Call], Answer]
    fields: frozenset[str]


def method(name: str, run: Callable[[Call], Answer], *fields: str) -> Method:
    """A method with its fields, `token` and `team_id` understood."""
    return Method(name, run, ALWAYS_ALLOWED | frozenset(fields))


def bad_argument(message: str, pointer: str) -> Refusal:
    """`invalid_arguments` with Slack's explanation."""
    return Refusal("invalid_arguments", response_metadata={"messages": [f"[ERROR] {message} [json-pointer:{pointer}]"]})


@dataclass(frozen=True, slots=True)
class Call:
    """The workspace and the arguments, from a form or JSON alike."""

    workspace: Workspace
    args: Mapping[str, Any]

    def text(self, name: str) -> str:
        """The argument as text; empty when it is missing. A number is written out."""
        value = self.args.get(name)
        return "" if value is None else str(value)

    def required(self, name: str) -> str:
        """The argument as text. Refusal: invalid_arguments when it is missing."""
        if not (value := self.text(name)):
            raise bad_argument(f"missing required field: {name}", f"/{name}")
        return value

    def flag(self, name: str) -> bool:
        """The argument as true or false; false when it is missing."""
        value = self.args.get(name)
        return isinstance(value, str | int | bool) and value in _TRUE

    def number(self, name: str, default: int) -> int:
        """The argument as a whole number. Refusal: invalid_arguments for anything else."""
        value = self.args.get(name)
        if value in (None, ""):
            return default
        try:
            return int(str(value))
        except ValueError:
            raise bad_argument(f"must be a number: {name}", f"/{name}") from None

    def structure(self, name: str, *, otherwise: str = "invalid_arguments") -> Any:
        """A nested argument, decoded when it came as a JSON string; None when missing. Refusal: `otherwise`."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise Refusal(otherwise) from None

    def channel(self, name: str = "channel") -> Channel:
        """The conversation of that id, if the bot can see it. Refusal: channel_not_found."""
        channel = self.workspace.channels.get(self.text(name))
        if channel is None:
            raise Refusal("channel_not_found")
        if channel.kind is not ChannelKind.PUBLIC and self.workspace.app.user_id not in channel.members:
            raise Refusal("channel_not_found")
        return channel

    def person(self, name: str = "user") -> Person:
        """The user of that id. Refusal: user_not_found."""
        person = self.workspace.people.get(self.text(name))
        if person is None:
            raise Refusal("user_not_found")
        return person


def paged(items: list[Any], call: Call, *, most: int = 1000, default: int = 100) -> tuple[list[Any], str]:
    """One page and the cursor of the next (empty at the end). Refusal: invalid_cursor, invalid_limit."""
    limit = call.number("limit", default)
    if limit < 1 or limit > most:
        raise Refusal("invalid_limit")
    cursor = call.text("cursor")
    try:
        start = int(cursor.removeprefix("at:").removesuffix("=")) if cursor else 0
    except ValueError:
        raise Refusal("invalid_cursor") from None
    end = start + limit
    return items[start:end], f"at:{end}=" if end < len(items) else ""
