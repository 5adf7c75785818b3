"""A section's document: made from what people write, shown as what people read.

    {"version": 1, "type": "doc", "content": [...]}

Documents are plain JSON values, never changed in place. Reading one is forgiving (see `checking` for refusing one).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.engines.documents import rich_text
from bot.engines.documents.adf_blocks import blocks_of_lines, lines_of_blocks
from bot.engines.documents.adf_inline import children
from bot.engines.documents.pieces import Line, LineKind, split_lines, text_piece

MAX_CHARACTERS = 100_000

Adf = dict[str, Any]


def document(blocks: Sequence[Mapping[str, Any]]) -> Adf:
    """A document that holds these blocks."""
    return {"version": 1, "type": "doc", "content": list(blocks)}


def empty_document() -> Adf:
    """A document that says nothing."""
    return document([])


def from_rich_text(block: Mapping[str, Any], names: Mapping[str, str] | None = None) -> Adf:
    """The document that says what a rich_text block says; empty for a block without text.

    `names` gives people, channels and user groups their names by Slack id: a mention keeps the id and shows the name,
    a channel or a group becomes its name in plain text. Without a name the id is shown.
    """
    lines = rich_text.lines_of(block, names or {})
    return document([] if are_blank(lines) else blocks_of_lines(lines))


def to_rich_text(adf: Mapping[str, Any], *, mentioning: bool = True) -> dict[str, Any]:
    """One rich_text block that says what the document says; for an empty document, one without elements.

    In a message a mention pings: pass `mentioning=False` wherever nobody has to act; people are then named in text.
    """
    return rich_text.block_of(lines_of_document(adf), mentioning=mentioning)


def to_initial_rich_text(adf: Mapping[str, Any]) -> dict[str, Any] | None:
    """The `initial_value` of a rich_text_input, or None for an empty document: Slack refuses an empty block."""
    return None if is_empty(adf) else to_rich_text(adf)


def normalised(block: Mapping[str, Any]) -> dict[str, Any]:
    """A rich_text block as Slack's editor would have put it: the form in which two blocks that say the same are equal.

    Neighbouring sections are one, neighbouring texts of equal style are one, and what ADF cannot say is left out: bold
    code, styled mentions, the hour of a date.
    """
    return rich_text.block_of(rich_text.lines_of(block, {}))


def from_plain(text: str) -> Adf:
    """The document of plain text: every character is kept as it is, nothing in it is markup."""
    if not text:
        return empty_document()
    return document(blocks_of_lines([Line(LineKind.TEXT, line) for line in split_lines([text_piece(text)])]))


def to_plain(adf: Mapping[str, Any]) -> str:
    """The document as plain text for search, logs and notifications: list marks and quote marks, no other markup."""
    return "\n".join(map(_plain, lines_of_document(adf)))


def is_empty(adf: Mapping[str, Any]) -> bool:
    """Whether nothing in it can be seen. A picture or a macro is something.

    Of a text, however long, hardly more than its beginning is looked at.
    """
    return all(are_blank(lines_of_blocks([block])) for block in children(adf))


def summary(adf: Mapping[str, Any], limit: int) -> str:
    """The beginning in one line of at most `limit` characters, an ellipsis at the end where something was cut."""
    words = ""
    for block in children(adf):
        words = f"{words} {' '.join(to_plain(document([block])).split())}".strip()
        if len(words) > limit:
            break
    return words if len(words) <= limit else words[: max(0, limit - 1)].rstrip() + "…"


def too_long(adf: Mapping[str, Any], *, limit: int = MAX_CHARACTERS) -> str | None:
    """The sentence to show under the field when its plain text has more than `limit` characters, else None."""
    length = len(to_plain(adf))
    if length <= limit:
        return None
    return f"This is {length:,} characters; at most {limit:,} fit into one section. Shorten it by {length - limit:,}."


def lines_of_document(adf: Mapping[str, Any]) -> list[Line]:
    """All lines of a document."""
    return lines_of_blocks(children(adf))


def are_blank(lines: Sequence[Line]) -> bool:
    """Whether nothing in these lines can be seen."""
    return not any(piece.readable.strip() for line in lines for piece in line.pieces)


def _plain(line: Line) -> str:
    text = "".join(piece.readable for piece in line.pieces)
    match line.kind:
        case LineKind.ITEM:
            return "  " * line.indent + (f"{line.number + 1}. " if line.ordered else "• ") + text
        case LineKind.QUOTE:
            return "\n".join(f"> {part}" for part in text.split("\n"))
        case _:
            return text
