"""What stands in a line of Markdown, to ADF's inline nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markdown_it.token import Token

from bot.engines.documents.adf_inline import Node
from bot.engines.documents.checking import NODES, is_sound

INLINE = NODES["paragraph"].content
_MARKS: Mapping[str, str] = {"strong_open": "strong", "em_open": "em", "s_open": "strike"}
_BESIDE_CODE = frozenset({"code", "link", "annotation"})
LABELLED = frozenset({"status", "placeholder", "mention"})
"""What its words in Markdown are the `text` of, so that they can be edited there."""


def inline_nodes(tokens: Sequence[Token]) -> list[Node]:
    """The nodes that a line's tokens say, neighbouring texts of equal marks in one. A soft break is a space."""
    return list(_merged(_read(tokens)))


def picture_words(token: Token) -> str:
    """What a picture shows, in plain words."""
    return "".join(each.get("text", " ") for each in _read(token.children or ()))


def _read(tokens: Sequence[Token]) -> Iterator[Node]:
    marks: list[list[Node]] = []
    waiting = list(reversed(tokens))
    while waiting:
        token = waiting.pop()
        carried = [mark for group in marks for mark in group]
        match token.type:
            case "text" | "code_inline":
                yield from _text(token.content, carried, is_code=token.type == "code_inline")
            case "softbreak":
                yield from _text(" ", carried)
            case "hardbreak":
                yield {"type": "hardBreak"}
            case "image":
                yield from _picture(token, carried)
            case "envelope_open" if token.meta["marks"] is None:
                yield from _node(token.meta["node"], list(_inside(waiting)), carried)
            case _ if token.nesting > 0:
                marks.append(_opened(token))
            case _ if token.nesting < 0:
                marks.pop()


def _opened(token: Token) -> list[Node]:
    if token.type == "envelope_open":
        return list(token.meta["marks"])
    if token.type == "link_open":
        title = token.attrs.get("title")
        return [{"type": "link", "attrs": {"href": token.attrs["href"]} | ({"title": title} if title else {})}]
    return [{"type": _MARKS[token.type]}]


def _inside(waiting: list[Token]) -> Iterator[Token]:
    """The tokens up to the end of the envelope that was just opened."""
    depth = 1
    while waiting:
        token = waiting.pop()
        depth += token.nesting if token.type.startswith("envelope") else 0
        if depth == 0:
            return
        yield token


def _node(node: Node, label: Sequence[Token], carried: Sequence[Node]) -> Iterator[Node]:
    """The node of an envelope; where it cannot stand in a line or is unsound, its label is all there is."""
    words = "".join(each.get("text", "") for each in _read(label))
    attrs = node.get("attrs")
    if node["type"] in LABELLED and isinstance(attrs, dict) and "text" not in attrs and words:
        node = {**node, "attrs": {**attrs, "text": words}}
    if node["type"] in INLINE and is_sound(node):
        yield node
    else:
        yield from _text(words, carried)


def _picture(token: Token, carried: Sequence[Node]) -> Iterator[Node]:
    """A picture among words: what it shows, linked to where it is."""
    address, said = str(token.attrs["src"]), picture_words(token)
    link: Node = {"type": "link", "attrs": {"href": address}}
    others = [mark for mark in carried if mark["type"] != "link"]
    if len(others) < len(carried):
        yield from _text(f"{said} " if said else "", carried)
        yield from _text("(image)", [*others, link])
    else:
        yield from _text(said or address or "image", [*others, link])


def _text(words: str, carried: Sequence[Node], *, is_code: bool = False) -> Iterator[Node]:
    """Text in each mark once. Code stands alone or with a link: bold code is code."""
    unique = {mark["type"]: mark for mark in carried} | ({"code": {"type": "code"}} if is_code else {})
    if "code" in unique:
        unique = {kind: mark for kind, mark in unique.items() if kind in _BESIDE_CODE}
    if words:
        yield {"type": "text", "text": words} | ({"marks": list(unique.values())} if unique else {})


def _merged(nodes: Iterator[Node]) -> Iterator[Node]:
    held: Node | None = None
    for node in nodes:
        if held and _is_alike(held, node):
            held = {**held, "text": held["text"] + node["text"]}
            continue
        if held:
            yield held
        held = node
    if held:
        yield held


def _is_alike(held: Mapping[str, Any], node: Mapping[str, Any]) -> bool:
    return held["type"] == node["type"] == "text" and held.get("marks") == node.get("marks")
