"""What stands in a line of a document, as HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from bot.engines.documents.adf_inline import attribute, children, day_of
from bot.engines.documents.links import is_linked

_PLAIN_MARKS: Mapping[str, str] = {"strong": "strong", "em": "em", "strike": "s", "underline": "u", "code": "code"}
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_TOKEN = re.compile(r"[A-Za-z0-9+#.-]{1,40}")


def inline_html(nodes: Sequence[Mapping[str, Any]]) -> str:
    """Inline nodes as HTML, those it does not know as the words in them."""
    return "".join(map(_inline, nodes))


def link_html(words: str, address: str) -> str:
    """A link with these words, or the words alone where a page may not link there; not escaped yet, both."""
    if not is_linked(address):
        return escape(words)
    return f'<a href="{escape(address)}" rel="noopener noreferrer nofollow">{escape(words)}</a>'


def token(word: str) -> str:
    """A word that may be part of a class, in lower case; empty for any other."""
    return word.lower() if _TOKEN.fullmatch(word) else ""


def _inline(node: Mapping[str, Any]) -> str:  # noqa: PLR0911  one return a kind of node
    match node.get("type"):
        case "text":
            return _text(node)
        case "hardBreak":
            return "<br>"
        case "mention":
            name = attribute(node, "text") or attribute(node, "id")
            return _span(name if name.startswith("@") else f"@{name}", "mention")
        case "emoji":
            return _span(attribute(node, "text") or attribute(node, "shortName"), "emoji")
        case "date":
            return _date(attribute(node, "timestamp"))
        case "status":
            color = token(attribute(node, "color")) or "neutral"
            return _span(attribute(node, "text"), f"status status-{color}")
        case "inlineCard":
            address = attribute(node, "url")
            return link_html(address or "[card]", address)
        case "placeholder":
            return _span(attribute(node, "text"), "placeholder")
        case "mediaInline":
            name = attribute(node, "alt")
            return _span(f"[image: {name}]" if name else "[image]", "media-place")
        case _:
            return _unknown(node)


def _text(node: Mapping[str, Any]) -> str:
    said = node.get("text")
    # A line break inside a text node is a space in Jira too; one that shows is a `hardBreak`.
    html = escape(said) if isinstance(said, str) else ""
    marks = node.get("marks")
    for mark in marks if isinstance(marks, list) else []:
        if isinstance(mark, dict):
            html = _marked(html, mark)
    return html


def _marked(html: str, mark: Mapping[str, Any]) -> str:
    kind = str(mark.get("type"))
    if kind in _PLAIN_MARKS:
        return f"<{_PLAIN_MARKS[kind]}>{html}</{_PLAIN_MARKS[kind]}>"
    match kind:
        case "subsup":
            tag = "sub" if attribute(mark, "type") == "sub" else "sup"
            return f"<{tag}>{html}</{tag}>"
        case "textColor" | "backgroundColor" if _COLOR.fullmatch(color := attribute(mark, "color")):
            style = "color" if kind == "textColor" else "background-color"
            return f'<span style="{style}:{color}">{html}</span>'
        case "link" if is_linked(href := attribute(mark, "href")):
            return f'<a href="{escape(href)}" rel="noopener noreferrer nofollow">{html}</a>'
        case _:
            return html


def _date(timestamp: str) -> str:
    day = day_of(timestamp)
    return f'<time datetime="{day}">{day}</time>' if day else escape(f"[{timestamp}]")


def _unknown(node: Mapping[str, Any]) -> str:
    inside = children(node)
    if inside:
        return inline_html(inside)
    own = node.get("text")
    said = own if isinstance(own, str) else attribute(node, "text") or attribute(node, "alt")
    return escape(said or f"[{node.get('type')}]")


def _span(words: str, class_: str) -> str:
    return f'<span class="{class_}">{escape(words)}</span>'
