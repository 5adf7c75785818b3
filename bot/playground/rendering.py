"""What a reader sees: mrkdwn, rich text and blocks as plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

_TOKEN = re.compile(r"<([^<>]+)>")
_UNSEEN = frozenset({"confirm", "initial_option", "initial_options"})
_DATE = re.compile(r"\{([a-z_]+)\}")
_NO_WIDTH = "\u200b"
"""A space that no reader sees."""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom text is shown: names by user id, channel names by id, and the zone dates are shown in."""

    people: Mapping[str, str]
    channels: Mapping[str, str]
    zone: tzinfo = UTC


def mrkdwn_text(text: str, reader: Reader) -> str:
    """The text with mentions, links and dates as shown, and Slack's three entities decoded once."""
    shown = _TOKEN.sub(lambda match: _token(match[1], reader), text)
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def blocks_text(blocks: Iterable[Any], reader: Reader) -> str:
    """All words in the blocks in reading order, a line for each text: sections, headers, buttons, options, labels."""
    return "\n".join(line for block in blocks for line in _lines(block, reader) if line)


def _token(token: str, reader: Reader) -> str:
    body, _, label = token.partition("|")
    if body.startswith("@"):
        return "@" + reader.people.get(body[1:], label or body[1:])
    if body.startswith("#"):
        return "#" + reader.channels.get(body[1:], label or body[1:])
    if body.startswith("!date^"):
        return _date(body, label, reader)
    if body.startswith("!"):
        return label or "@" + body[1:].partition("^")[0]
    return label or body


def _date(body: str, fallback: str, reader: Reader) -> str:
    unix, _, rest = body.removeprefix("!date^").partition("^")
    tokens = rest.partition("^")[0]
    try:
        moment = datetime.fromtimestamp(int(unix), UTC).astimezone(reader.zone)
    except (ValueError, OverflowError):
        return fallback
    return _DATE.sub(lambda match: _date_words(match[1], moment), tokens.replace(_NO_WIDTH, ""))


def _date_words(token: str, moment: datetime) -> str:
    day = moment.day
    words: dict[str, Callable[[], str]] = {
        "date_num": lambda: f"{moment:%Y-%m-%d}",
        "date_slash": lambda: f"{moment:%d/%m/%Y}",
        "date": lambda: f"{moment:%B} {day}, {moment:%Y}",
        "date_pretty": lambda: f"{moment:%B} {day}, {moment:%Y}",
        "date_short": lambda: f"{moment:%b} {day}, {moment:%Y}",
        "date_short_pretty": lambda: f"{moment:%b} {day}, {moment:%Y}",
        "date_long": lambda: f"{moment:%A}, {moment:%B} {day}, {moment:%Y}",
        "date_long_full": lambda: f"{moment:%A}, {moment:%B} {day}, {moment:%Y}",
        "date_long_pretty": lambda: f"{moment:%A}, {moment:%B} {day}, {moment:%Y}",
        "day_divider_pretty": lambda: f"{moment:%A}, {moment:%B} {day}",
        "time": lambda: f"{moment:%H:%M}",
        "time_secs": lambda: f"{moment:%H:%M:%S}",
        "ago": lambda: f"{moment:%Y-%m-%d %H:%M}",
    }
    return words[token]() if token in words else "{" + token + "}"


def _lines(node: Any, reader: Reader) -> Iterator[str]:
    if isinstance(node, list):
        for child in node:
            yield from _lines(child, reader)
        return
    if not isinstance(node, dict):
        return
    kind = node.get("type")
    if kind in {"rich_text_section", "rich_text_quote", "rich_text_preformatted"}:
        yield "".join(_rich(child, reader) for child in node.get("elements", []))
        return
    text = node.get("text")
    if isinstance(text, str):
        yield mrkdwn_text(text, reader) if kind == "mrkdwn" else text
    for name, child in node.items():
        if name not in _UNSEEN:
            yield from _lines(child, reader)
    if isinstance(typed := node.get("initial_value"), str):
        yield typed


def _rich(element: Any, reader: Reader) -> str:
    match element.get("type"):
        case "user":
            shown = _token(f"@{element.get('user_id', '')}", reader)
        case "channel":
            shown = _token(f"#{element.get('channel_id', '')}", reader)
        case "broadcast":
            shown = f"@{element.get('range', '')}"
        case "emoji":
            shown = f":{element.get('name', '')}:"
        case "link":
            shown = str(element.get("text") or element.get("url", ""))
        case "date":
            body = f"!date^{element.get('timestamp', '')}^{element.get('format', '')}"
            shown = _date(body, str(element.get("fallback", "")), reader)
        case _:
            shown = str(element.get("text", ""))
    return shown
