"""A document in a message: as many rich_text blocks as it needs, each within Slack's limit, within a budget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.engines.documents import rich_text
from bot.engines.documents.document import lines_of_document
from bot.engines.documents.pieces import Line, LineKind, Piece, PieceKind, Style, text_piece

MORE = "… more"
# Slack documents no limit for rich_text; its text elsewhere ends at 3000, and blocks well below that are never refused.
MAX_BLOCK = 2900


def to_rich_text_blocks(adf: Mapping[str, Any], budget: int, *, mentioning: bool = True) -> list[dict[str, Any]]:
    """The document as rich_text blocks, each under 3000 characters and together at most `budget`.

    Where it does not fit, it is cut at a line or, in a long line, at a character, and the last block ends with
    "… more". Characters are those people see and the addresses of links. No block for an empty document, nor for a
    budget that has no room for "… more" where it is needed. `mentioning` is that of `to_rich_text`.
    """
    lines = list(_short_lines(lines_of_document(adf)))
    if sum(map(_size, lines)) > budget:
        lines = _cut(lines, budget - _size(_more()))
        lines = [*lines, _more()] if budget >= _size(_more()) else []
    blocks = (_trimmed(block) for block in _packed(lines))
    return [rich_text.block_of(block, mentioning=mentioning) for block in blocks if block]


def _packed(lines: Sequence[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    size = 0
    for line in lines:
        if block and size + _size(line) > MAX_BLOCK:
            yield block
            block, size = [], 0
        block.append(line)
        size += _size(line)
    yield block


def _trimmed(lines: Sequence[Line]) -> list[Line]:
    """The lines of one block without blank ones at its edges: between blocks Slack leaves room anyway."""
    said = [index for index, line in enumerate(lines) if not line.is_blank]
    return list(lines[said[0] : said[-1] + 1]) if said else []


def _short_lines(lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        rest = line
        while _size(rest) > MAX_BLOCK:
            first, rest = _divided(rest, MAX_BLOCK)
            yield first
        yield rest


def _cut(lines: Sequence[Line], budget: int) -> list[Line]:
    kept: list[Line] = []
    for line in lines:
        if _size(line) > budget:
            first, _ = _divided(line, budget)
            return [*kept, first] if first.pieces else kept
        kept.append(line)
        budget -= _size(line)
    return kept


def _divided(line: Line, size: int) -> tuple[Line, Line]:
    """A line of at most `size` and what is left of it. Texts are divided anywhere, other pieces never.

    A piece too large for any line (a link of thousands of characters) becomes text, so that it can be divided.
    """
    room = size - 1
    for index, piece in enumerate(line.pieces):
        if (cost := _size_of(piece)) <= room:
            room -= cost
            continue
        whole = piece if piece.kind is PieceKind.TEXT or cost < MAX_BLOCK else text_piece(piece.readable, piece.styles)
        taken = max(0, room) if whole.kind is PieceKind.TEXT else 0
        head = (replace(whole, text=whole.text[:taken]),) if taken else ()
        rest = replace(whole, text=whole.text[taken:]) if taken else whole
        first = replace(line, pieces=(*line.pieces[:index], *head))
        return first, replace(line, pieces=(rest, *line.pieces[index + 1 :]), opens=False)
    return line, replace(line, pieces=())


def _size(line: Line) -> int:
    """The line's characters and its line break."""
    return 1 + sum(map(_size_of, line.pieces))


def _size_of(piece: Piece) -> int:
    return len(piece.text) + len(piece.target) if piece.kind is PieceKind.LINK else len(piece.readable)


def _more() -> Line:
    return Line(LineKind.TEXT, (text_piece(MORE, {Style.ITALIC}),))
