"""Slack's mrkdwn, as it sends it, read as the person saw it who typed it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

_ENTITY = re.compile(r"&(?:lt|gt|amp);")
_SENT_TOKEN = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_SIGNS = {"@": "@", "#": "#", "!": "@"}


def unescape(text: str) -> str:
    """Undo Slack's inbound escaping (`&lt; &gt; &amp;`) exactly once; `&amp;lt;` becomes `&lt;`, other entities stay.

    Take mentions out first: a typed `<@U1>` arrives escaped, and must not become a mention by being unescaped.
    """
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)


def as_typed(text: str, names: Mapping[str, str] | None = None) -> str:
    """Words that Slack sent, as the person saw them while typing: `@raj`, `#general` and addresses instead of tokens.

    For titles and reasons, which are shown as typed. `names` are people's, by their id in Slack: a message, unlike a
    command, mentions them by id alone. A token without a name keeps its id.
    """
    known = names or {}
    return unescape(_SENT_TOKEN.sub(lambda token: _seen(token, known), text))


def _seen(token: re.Match[str], names: Mapping[str, str]) -> str:
    sign, body, label = token[1], token[2], token[3]
    if not sign or body.startswith("date^"):
        return label or body
    if sign == "@" and body in names:
        return f"@{names[body]}"
    return _SIGNS[sign] + (label.lstrip("@#") if label else body.partition("^")[0])
