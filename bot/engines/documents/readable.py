"""A document for people who read Markdown as it stands: only what Markdown says itself, all else as words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.engines.documents.adf_blocks import lines_of_block
from bot.engines.documents.adf_inline import Node, attribute, children, pieces_of
from bot.engines.documents.checking import NODES
from bot.engines.documents.links import is_linked, is_script
from bot.engines.documents.pieces import Piece, PieceKind, Style

_INLINE = NODES["paragraph"].content
_MARKS = frozenset({"strong", "em", "strike", "code", "link"})
_AS_THEY_ARE = frozenset({"rule", "codeBlock"})
_HOLD_INLINE = frozenset({"paragraph", "heading", "taskItem"})
_HOLD_BLOCKS = frozenset({"bulletList", "orderedList", "listItem", "blockquote", "taskList"})
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "heading": frozenset({"level"}),
    "orderedList": frozenset({"order"}),
    "codeBlock": frozenset({"language"}),
    "taskItem": frozenset({"state"}),
}


def readable_form(blocks: Sequence[Mapping[str, Any]]) -> list[Node]:
    """The blocks as Markdown can say them: a panel is a quote, an expand its title and what is in it, a status its word
    in bold, a picture a place that says what belongs there, the cells of a table one line each.
    """
    return [made for block in blocks for made in _block(block)]


def without_marks(node: Mapping[str, Any]) -> Node:
    """The node with nothing emphasised in it."""
    made = {key: value for key, value in node.items() if key != "marks"}
    return {**made, "content": list(map(without_marks, children(node)))} if children(node) else made


def _block(node: Mapping[str, Any]) -> Iterator[Node]:
    kind, inside = node["type"], children(node)
    if kind in _AS_THEY_ARE:
        yield _shell(node) | ({"content": list(inside)} if inside else {})
    elif kind in _HOLD_INLINE:
        content = _trimmed(_words(inside))
        if content or kind != "paragraph":
            yield _shell(node) | {"content": content}
    elif kind in _HOLD_BLOCKS:
        content = readable_form(inside)
        yield _shell(node) | {"content": content or [{"type": "paragraph"}]}
    elif kind == "mediaSingle" and is_linked(attribute(inside[0], "url")):
        yield {"type": "mediaSingle", "content": [_picture(inside[0])]}
        yield from readable_form(inside[1:])
    elif kind == "panel":
        yield {"type": "blockquote", "content": readable_form(inside)}
    elif kind == "table":
        yield {"type": "table", "content": list(_rows(inside))}
    elif inside and any(child["type"] in _INLINE for child in inside):
        yield _paragraph(_trimmed(_words(inside)))
    else:
        yield from _title(node)
        yield from readable_form(inside) if inside else _line(node)


def _picture(media: Mapping[str, Any]) -> Node:
    alt = {"alt": attribute(media, "alt")} if attribute(media, "alt") else {}
    return {"type": "media", "attrs": {"type": "external", **alt, "url": attribute(media, "url")}}


def _title(node: Mapping[str, Any]) -> Iterator[Node]:
    if title := attribute(node, "title").strip():
        yield _paragraph([{"type": "text", "text": title, "marks": [{"type": "strong"}]}])


def _line(node: Mapping[str, Any]) -> Iterator[Node]:
    """What Slack shows of a node that holds nothing."""
    words = [_said(piece) for line in lines_of_block(node) for piece in line.pieces if piece.readable]
    if words and not attribute(node, "title"):
        yield _paragraph(words)


def _rows(rows: Sequence[Mapping[str, Any]]) -> Iterator[Node]:
    width = max((len(children(row)) for row in rows), default=0)
    for index, row in enumerate(rows):
        cells = [_cell(cell, is_first=not index) for cell in children(row)]
        empty = {"type": "tableCell" if index else "tableHeader", "content": [{"type": "paragraph"}]}
        yield {"type": "tableRow", "content": [*cells, *[empty] * (width - len(cells))]}


def _cell(cell: Mapping[str, Any], *, is_first: bool) -> Node:
    inside = children(cell)
    if len(inside) == 1 and inside[0]["type"] == "paragraph":
        words = [
            each if each["type"] == "text" else {"type": "text", "text": " "} for each in _words(children(inside[0]))
        ]
    else:
        said = " ".join(piece.readable for block in inside for line in lines_of_block(block) for piece in line.pieces)
        words = [{"type": "text", "text": " ".join(said.split())}] if said.strip() else []
    return {"type": "tableHeader" if is_first else "tableCell", "content": [_paragraph(_trimmed(words))]}


def _words(inline: Sequence[Mapping[str, Any]]) -> list[Node]:
    return [made for node in inline for made in _word(node) if made.get("text") != ""]


def _word(node: Mapping[str, Any]) -> Iterator[Node]:
    match node["type"]:
        case "text":
            marks = [mark for mark in node.get("marks", []) if mark["type"] in _MARKS and _is_harmless(mark)]
            yield {"type": "text", "text": node["text"]} | ({"marks": list(map(_mark, marks))} if marks else {})
        case "hardBreak":
            yield {"type": "hardBreak"}
        case "emoji" if text := attribute(node, "text"):
            yield {"type": "text", "text": text}
        case _:
            yield from map(_said, pieces_of([node]))


def _said(piece: Piece) -> Node:
    """A piece as text; empty where there is nothing to say."""
    if piece.kind is PieceKind.LINK:
        return {"type": "text", "text": piece.text, "marks": [{"type": "link", "attrs": {"href": piece.target}}]}
    strong = {"marks": [{"type": "strong"}]} if Style.BOLD in piece.styles else {}
    return {"type": "text", "text": piece.readable} | strong


def _mark(mark: Mapping[str, Any]) -> Node:
    if mark["type"] != "link":
        return {"type": mark["type"]}
    return {"type": "link", "attrs": {"href": attribute(mark, "href")}}


def _is_harmless(mark: Mapping[str, Any]) -> bool:
    return mark["type"] != "link" or not is_script(attribute(mark, "href"))


def _trimmed(words: Sequence[Node]) -> list[Node]:
    """The words without line breaks at their edges."""
    said = [index for index, node in enumerate(words) if node["type"] != "hardBreak"]
    return list(words[said[0] : said[-1] + 1]) if said else []


def _shell(node: Mapping[str, Any]) -> Node:
    attrs = {key: value for key, value in node.get("attrs", {}).items() if key in _ATTRIBUTES.get(node["type"], ())}
    return {"type": node["type"]} | ({"attrs": attrs} if attrs else {})


def _paragraph(content: Sequence[Mapping[str, Any]]) -> Node:
    return {"type": "paragraph", "content": list(content)} if content else {"type": "paragraph"}
