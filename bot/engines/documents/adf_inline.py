"""ADF's inline nodes, to pieces and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from bot.engines.documents.pieces import (
    Piece,
    PieceKind,
    Style,
    characters,
    emoji_piece,
    link_piece,
    merge_texts,
    split_lines,
    text_piece,
    user_piece,
)

Node = dict[str, Any]

_MARKS: Mapping[Style, str] = {
    Style.BOLD: "strong",
    Style.ITALIC: "em",
    Style.STRIKE: "strike",
    Style.UNDERLINE: "underline",
    Style.CODE: "code",
}


def paragraphs(lines: Sequence[Sequence[Piece]]) -> list[Node]:
    """ADF paragraphs that say these lines: a blank line parts two paragraphs, other breaks are hard breaks.

    A blank line that ends the text parts nothing and stays a break, so that `paragraph_lines`, with a blank line
    between paragraphs, gives the same lines back.
    """
    grouped: list[list[Sequence[Piece]]] = [[lines[0]]]
    index = 1
    while index < len(lines):
        if not lines[index] and index + 1 < len(lines):
            grouped.append([lines[index + 1]])
            index += 2
        else:
            grouped[-1].append(lines[index])
            index += 1
    return [_paragraph(group) for group in grouped]


def paragraph_lines(node: Mapping[str, Any]) -> list[tuple[Piece, ...]]:
    """The lines of a paragraph or heading; at least one."""
    return [tuple(line) for line in split_lines(merge_texts(pieces_of(children(node))))]


def pieces_of(nodes: Sequence[Mapping[str, Any]]) -> Iterator[Piece]:
    """The pieces of inline nodes. What Slack has no word for is shown as text."""
    for node in nodes:
        yield from _pieces_of_node(node)


def children(node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The nodes inside a node; none where it holds something else."""
    content = node.get("content")
    return [child for child in content if isinstance(child, dict)] if isinstance(content, list) else []


def attribute(node: Mapping[str, Any], key: str) -> str:
    """An attribute as text; empty where it is missing or something else."""
    attrs = node.get("attrs")
    value = attrs.get(key) if isinstance(attrs, dict) else None
    return value if isinstance(value, str) else ""


def day_of(timestamp: str) -> str:
    """The day of a date node, as `2026-03-05`; empty where its milliseconds are none."""
    try:
        return datetime.fromtimestamp(int(timestamp) / 1000, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def _paragraph(lines: Sequence[Sequence[Piece]]) -> Node:
    content: list[Node] = []
    for index, line in enumerate(lines):
        if index:
            content.append({"type": "hardBreak"})
        content.extend(_node(piece) for piece in line)
    return {"type": "paragraph", "content": content} if content else {"type": "paragraph"}


def _node(piece: Piece) -> Node:
    match piece.kind:
        case PieceKind.TEXT | PieceKind.LINK:
            return {"type": "text", "text": piece.text} | _marks(piece)
        case PieceKind.USER:
            return {"type": "mention", "attrs": {"id": piece.target, "text": piece.readable}}
        case PieceKind.EMOJI:
            known = {"id": piece.code, "text": characters(piece.code)} if piece.code else {"text": piece.readable}
            return {"type": "emoji", "attrs": {"shortName": piece.readable} | known}
        case PieceKind.DATE:
            midnight = datetime.combine(date.fromisoformat(piece.target), time(tzinfo=UTC))
            return {"type": "date", "attrs": {"timestamp": str(int(midnight.timestamp()) * 1000)}}


def _marks(piece: Piece) -> Node:
    marks: list[Node] = [{"type": name} for style, name in _MARKS.items() if style in piece.styles]
    if piece.kind is PieceKind.LINK:
        marks.insert(0, {"type": "link", "attrs": {"href": piece.target}})
    return {"marks": marks} if marks else {}


def _pieces_of_node(node: Mapping[str, Any]) -> Iterator[Piece]:
    match node.get("type"):
        case "text":
            yield _text(node)
        case "hardBreak":
            yield text_piece("\n")
        case "mention":
            label = attribute(node, "text")
            yield user_piece(attribute(node, "id"), label if not label or label.startswith("@") else f"@{label}")
        case "emoji":
            name = attribute(node, "shortName").strip(":")
            yield emoji_piece(name, attribute(node, "id")) if name else text_piece(attribute(node, "text"))
        case "date":
            yield _date(attribute(node, "timestamp"))
        case "status":
            yield text_piece(f"[{attribute(node, 'text')}]", {Style.BOLD})
        case "inlineCard":
            yield link_piece("", attribute(node, "url"))
        case "placeholder":
            yield text_piece(attribute(node, "text"), {Style.ITALIC})
        case _:
            yield from _unknown(node)


def _unknown(node: Mapping[str, Any]) -> Iterator[Piece]:
    own = node.get("text")
    said = own if isinstance(own, str) else attribute(node, "text") or attribute(node, "alt")
    inside = list(pieces_of(children(node)))
    yield text_piece(said or ("" if inside else f"[{node.get('type')}]"))
    yield from inside


def _text(node: Mapping[str, Any]) -> Piece:
    text = node.get("text")
    marks = node.get("marks")
    known = [mark for mark in marks if isinstance(mark, dict)] if isinstance(marks, list) else []
    names = {mark.get("type") for mark in known}
    styles = {style for style, name in _MARKS.items() if name in names}
    shown = text if isinstance(text, str) else ""
    href = next((attribute(mark, "href") for mark in known if mark.get("type") == "link"), "")
    return link_piece(shown, href, styles) if href and shown else text_piece(shown, styles)


def _date(timestamp: str) -> Piece:
    day = day_of(timestamp)
    return Piece(PieceKind.DATE, target=day) if day else text_piece(f"[{timestamp}]")
