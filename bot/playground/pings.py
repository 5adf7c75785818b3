"""Who a message calls by name: mentions that make somebody's phone ring."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_MENTION = re.compile(
    r"<(?:@(?P<user>[UW][A-Z0-9]+)|!(?P<wide>here|channel|everyone)|!subteam\^(?P<group>S[A-Z0-9]+))(?:\|[^>]*)?>"
)


class PingKind(StrEnum):
    """What was called: one person, everyone who is there, or a user group."""

    USER = "user"
    HERE = "here"
    CHANNEL = "channel"
    EVERYONE = "everyone"
    GROUP = "group"


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """One mention in a message. `target` is a user or group id, empty for the wide ones."""

    kind: PingKind
    target: str = ""


@dataclass(frozen=True, slots=True)
class Ping:
    """A mention that reached people: `by` wrote the message `ts` in `channel`; `notified` lists who heard it.

    A mention of somebody who is not in the channel is recorded too, with nobody notified.
    """

    mention: Mention
    by: str
    channel: str
    ts: str
    notified: tuple[str, ...]


def mentions(text: str, blocks: Iterable[Any]) -> tuple[Mention, ...]:
    """Every mention of a message once, in order: of its `text`, of mrkdwn and markdown in its blocks, of rich text.

    plain_text never mentions anybody. The fallback `text` counts although blocks are shown in its place: it is what
    the notification reads out.
    """
    found = dict.fromkeys(_in_text(text))
    for block in blocks:
        found |= dict.fromkeys(_in_blocks(block))
    return tuple(found)


def _in_text(text: str) -> Iterator[Mention]:
    for match in _MENTION.finditer(text):
        if match["user"]:
            yield Mention(PingKind.USER, match["user"])
        elif match["wide"]:
            yield Mention(PingKind(match["wide"]))
        else:
            yield Mention(PingKind.GROUP, match["group"])


def _in_blocks(node: Any) -> Iterator[Mention]:
    if isinstance(node, list):
        for child in node:
            yield from _in_blocks(child)
        return
    if not isinstance(node, dict):
        return
    kind, text = node.get("type"), node.get("text")
    if kind in {"mrkdwn", "markdown"} and isinstance(text, str):
        yield from _in_text(text)
    elif kind == "user" and isinstance(node.get("user_id"), str):
        yield Mention(PingKind.USER, node["user_id"])
    elif kind == "usergroup" and isinstance(node.get("usergroup_id"), str):
        yield Mention(PingKind.GROUP, node["usergroup_id"])
    elif kind == "broadcast" and node.get("range") in {"here", "channel", "everyone"}:
        yield Mention(PingKind(node["range"]))
    for child in node.values():
        yield from _in_blocks(child)
