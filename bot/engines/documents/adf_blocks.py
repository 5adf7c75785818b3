"""ADF's blocks, to lines and back.

What Slack can say becomes the same again. What it cannot (panels, tables, tasks, media, macros) becomes lines of text
that lose no word; `merging` keeps the node itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from bot.engines.documents.adf_inline import Node, attribute, children, paragraph_lines, paragraphs, pieces_of
from bot.engines.documents.pieces import (
    Line,
    LineKind,
    Piece,
    PieceKind,
    Style,
    join_lines,
    link_piece,
    merge_texts,
    split_lines,
    text_piece,
)
from bot.engines.documents.rich_text import MAX_INDENT

_BLANK = Line(LineKind.TEXT)
_LISTS = frozenset({"bulletList", "orderedList"})
_INLINE = frozenset(
    {"text", "hardBreak", "mention", "emoji", "date", "status", "inlineCard", "placeholder", "mediaInline"}
)


def lines_of_blocks(blocks: Sequence[Mapping[str, Any]]) -> list[Line]:
    """The lines of blocks that follow one another; a blank line parts running text from running text."""
    lines: list[Line] = []
    for block in blocks:
        added = lines_of_block(block)
        if needs_blank_between(lines, added):
            lines.append(_BLANK)
        lines.extend(added)
    return lines


def needs_blank_between(before: Sequence[Line], after: Sequence[Line]) -> bool:
    """Whether these lines would run into each other without a blank line."""
    return bool(before and after) and before[-1].kind is after[0].kind is LineKind.TEXT


def lines_of_block(block: Mapping[str, Any]) -> list[Line]:
    """The lines of one block; none where it shows nothing."""
    reader = _READERS.get(str(block.get("type")), _container)
    return list(reader(block))


def blocks_of_lines(lines: Sequence[Line]) -> list[Node]:
    """ADF blocks that say these lines."""
    blocks: list[Node] = []
    for (kind, bordered), group in groupby(lines, key=lambda line: (line.kind, line.bordered)):
        found = _blocks_of_kind(kind, list(group))
        blocks.extend([{"type": "blockquote", "content": found}] if bordered else found)
    return blocks


def _blocks_of_kind(kind: LineKind, lines: Sequence[Line]) -> list[Node]:
    match kind:
        case LineKind.TEXT:
            return paragraphs([line.pieces for line in lines])
        case LineKind.ITEM:
            return _nested(lines)
        case LineKind.QUOTE:
            return [{"type": "blockquote", "content": paragraphs(split_lines(line.pieces))} for line in lines]
        case LineKind.CODE:
            return [_code_node(line) for line in lines]


def _nested(items: Sequence[Line]) -> list[Node]:
    """Nested lists of flat items. A level that Slack's indent skips is an item that holds nothing but a list."""
    top: list[Node] = []
    open_lists: list[Node] = []
    last: Line | None = None
    for item in items:
        deeper_before = last is not None and last.indent > item.indent
        del open_lists[item.indent + 1 :]
        if len(open_lists) > item.indent and not _joins(open_lists[item.indent], item, after_deeper=deeper_before):
            del open_lists[item.indent :]
        while len(open_lists) <= item.indent:
            is_own_level = len(open_lists) == item.indent
            opened = _list(item, number=item.number if is_own_level else 0)
            (open_lists[-1]["content"][-1]["content"] if open_lists else top).append(opened)
            open_lists.append(opened)
            if not is_own_level:
                opened["content"].append({"type": "listItem", "content": []})
        content = paragraphs(split_lines(item.pieces))
        open_lists[item.indent]["content"].append({"type": "listItem", "content": content})
        last = item
    return top


def _joins(opened: Node, item: Line, *, after_deeper: bool) -> bool:
    """Whether an item goes on with the list open at its level: it looks alike, and its number is the next."""
    if (opened["type"] == "orderedList") is not item.ordered or (item.opens and not after_deeper):
        return False
    return not item.ordered or item.number == opened["attrs"]["order"] - 1 + len(opened["content"])


def _list(item: Line, *, number: int) -> Node:
    if item.ordered:
        return {"type": "orderedList", "attrs": {"order": number + 1}, "content": []}
    return {"type": "bulletList", "content": []}


def _heading(block: Mapping[str, Any]) -> list[Line]:
    return _running([tuple(map(_bold, line)) for line in paragraph_lines(block)])


def _items(node: Mapping[str, Any], depth: int = 0) -> Iterator[Line]:
    ordered = node.get("type") == "orderedList"
    attrs = node.get("attrs")
    order = attrs.get("order") if isinstance(attrs, dict) else None
    first = order - 1 if isinstance(order, int) and order > 0 else 0
    for index, item in enumerate(children(node)):
        model = Line(
            LineKind.ITEM,
            indent=min(depth, MAX_INDENT),
            ordered=ordered,
            number=first + index if ordered else 0,
            opens=index == 0,
        )
        for is_list, group in groupby(children(item), key=lambda child: child.get("type") in _LISTS):
            parts = list(group)
            if is_list:
                yield from (line for part in parts for line in _items(part, depth + 1))
            else:
                yield replace(model, pieces=_flat(parts))
        if not children(item):
            yield model


def _flat(blocks: Sequence[Mapping[str, Any]]) -> tuple[Piece, ...]:
    """All that these blocks say, in one row of pieces with line breaks."""
    return join_lines([part for line in lines_of_blocks(blocks) for part in split_lines(line.pieces)])


def _quoted(block: Mapping[str, Any]) -> Iterator[Line]:
    for is_text, group in groupby(children(block), key=lambda child: child.get("type") == "paragraph"):
        parts = list(group)
        if is_text:
            yield Line(LineKind.QUOTE, _flat(parts))
            continue
        for line in lines_of_blocks(parts):
            is_bordered = line.kind in {LineKind.ITEM, LineKind.CODE}
            yield replace(line, bordered=True) if is_bordered else Line(LineKind.QUOTE, line.pieces)


def _code(block: Mapping[str, Any]) -> list[Line]:
    code = "".join(piece.readable for piece in pieces_of(children(block)))
    return [Line(LineKind.CODE, (text_piece(code),) if code else (), language=attribute(block, "language"))]


def _code_node(line: Line) -> Node:
    attrs = {"attrs": {"language": line.language}} if line.language else {}
    content = {"content": [{"type": "text", "text": piece.text} for piece in line.pieces]} if line.pieces else {}
    return {"type": "codeBlock"} | attrs | content


def _table(block: Mapping[str, Any]) -> list[Line]:
    return [line for row in children(block) for line in _row(row)]


def _row(row: Mapping[str, Any]) -> list[Line]:
    cells = []
    for cell in children(row):
        pieces = _in_one_line(lines_of_blocks(children(cell)))
        cells.append(tuple(map(_bold, pieces)) if cell.get("type") == "tableHeader" else pieces)
    return _running([_joined(cells, " | ")])


def _tasks(block: Mapping[str, Any]) -> list[Line]:
    return [line for item in children(block) for line in _task(item)]


def _task(item: Mapping[str, Any]) -> list[Line]:
    if item.get("type") in {"taskList", "decisionList"}:
        return lines_of_block(item)
    is_done = attribute(item, "state") == "DONE"
    sign = "◇ " if item.get("type") == "decisionItem" else "☑ " if is_done else "☐ "
    return _running([_joined([(text_piece(sign),), _in_one_line(_container(item))], "")])


def _in_one_line(lines: Sequence[Line]) -> tuple[Piece, ...]:
    return _joined([part for line in lines for part in split_lines(line.pieces) if part], " ")


def _joined(parts: Sequence[Sequence[Piece]], separator: str) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for index, part in enumerate(parts):
        pieces.extend([text_piece(separator), *part] if index else part)
    return tuple(merge_texts(pieces))


def _card(block: Mapping[str, Any]) -> list[Line]:
    return _running([(link_piece("", attribute(block, "url")),)])


def _media(block: Mapping[str, Any]) -> list[Line]:
    name = attribute(block, "alt") or attribute(block, "url")
    return _running([(text_piece(f"[image: {name}]" if name else "[image]"),)])


def _extension(block: Mapping[str, Any]) -> list[Line]:
    name = attribute(block, "text") or attribute(block, "extensionKey")
    return _running([(text_piece(f"[{name or 'extension'}]"),)])


def _container(block: Mapping[str, Any]) -> list[Line]:
    """Panels, expands, columns, macros with a body, and whatever is not known: a title, then what is inside."""
    title = attribute(block, "title")
    shown = _running([(text_piece(title, {Style.BOLD}),)]) if title else []
    inside = children(block)
    if any(child.get("type") in _INLINE for child in inside) or isinstance(block.get("text"), str):
        found = _running(split_lines(merge_texts(pieces_of(inside or [block]))))
    elif inside:
        found = lines_of_blocks(inside)
    else:
        found = [] if title else _running([(text_piece(f"[{block.get('type')}]"),)])
    return [*shown, *found]


def _running(lines: Sequence[Sequence[Piece]]) -> list[Line]:
    return [Line(LineKind.TEXT, tuple(line)) for line in lines]


def _bold(piece: Piece) -> Piece:
    if piece.kind not in {PieceKind.TEXT, PieceKind.LINK} or Style.CODE in piece.styles:
        return piece
    return replace(piece, styles=piece.styles | {Style.BOLD})


_READERS: Mapping[str, Callable[[Mapping[str, Any]], Iterable[Line]]] = {
    "paragraph": lambda block: _running(paragraph_lines(block)),
    "heading": _heading,
    "bulletList": _items,
    "orderedList": _items,
    "blockquote": _quoted,
    "codeBlock": _code,
    "rule": lambda _block: _running([(text_piece("———"),)]),
    "table": _table,
    "taskList": _tasks,
    "decisionList": _tasks,
    "blockCard": _card,
    "embedCard": _card,
    "media": _media,
    "extension": _extension,
}
