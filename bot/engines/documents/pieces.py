"""Pieces and lines: what Slack's rich text and ADF can both say. Everything converts through these values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.engines.documents.links import is_script

_SLACK_USER = re.compile(r"[UW][A-Z0-9]+")
_EMOJI_NAME = re.compile(r"[^\s:]+(::skin-tone-[2-6])?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class Style(StrEnum):
    """How text can look on both sides; the values are Slack's names."""

    BOLD = "bold"
    ITALIC = "italic"
    STRIKE = "strike"
    UNDERLINE = "underline"
    CODE = "code"


class PieceKind(StrEnum):
    """What a piece is."""

    TEXT = "text"
    LINK = "link"
    USER = "user"
    EMOJI = "emoji"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Piece:
    """Something inside a line.

    `text` is a text's or a link's own; `target` is a URL, a Slack user id, an emoji's name (with `::skin-tone-3` where
    it has one) or a day as `2026-03-05`; `code` an emoji's code points in hex, joined by `-`.
    `label` is how a mention reads where it must not mention; it is no part of what the piece says.
    """

    kind: PieceKind
    text: str = ""
    styles: frozenset[Style] = frozenset()
    target: str = ""
    code: str = ""
    label: str = field(default="", compare=False)

    @property
    def readable(self) -> str:
        """The piece as plain text; a link says where it leads when its text does not."""
        match self.kind:
            case PieceKind.TEXT:
                return self.text
            case PieceKind.LINK:
                return self.text if self.text == self.target else f"{self.text} ({self.target})"
            case PieceKind.USER:
                return self.label or f"@{self.target}"
            case PieceKind.EMOJI:
                return f":{self.target}:"
            case PieceKind.DATE:
                return self.target


class LineKind(StrEnum):
    """What a line is: of running text, an item of a list, a whole quote, a whole block of code."""

    TEXT = "text"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document. Only lines of running text end at a line break; the others may hold some in their pieces.

    `indent` (0 to 8), `ordered` and `number` (from 0; always 0 in a bullet list) are an item's; `bordered` puts an item
    or code inside a quote. `opens`: this item begins a list of its own even if the one before it looks alike.
    """

    kind: LineKind
    pieces: tuple[Piece, ...] = ()
    indent: int = 0
    ordered: bool = False
    number: int = 0
    bordered: bool = False
    language: str = ""
    opens: bool = field(default=False, compare=False)

    @property
    def is_blank(self) -> bool:
        """Whether it is an empty line of running text."""
        return self.kind is LineKind.TEXT and not self.pieces


def text_piece(text: str, styles: Iterable[Style] = ()) -> Piece:
    """Text in some styles. Code stands alone: ADF cannot say bold code."""
    return Piece(PieceKind.TEXT, text, _allowed(styles))


def link_piece(text: str, url: str, styles: Iterable[Style] = ()) -> Piece:
    """A link, or the same words as text where the address could do harm or leads nowhere outside its page."""
    if not _SCHEME.match(url) or is_script(url):
        return text_piece(f"{text} ({url})" if text and url and text != url else text or url, styles)
    return Piece(PieceKind.LINK, text or url, _allowed(styles), target=url)


def user_piece(user_id: str, label: str) -> Piece:
    """A mention of a person of Slack; of anybody else, their label as text."""
    if _SLACK_USER.fullmatch(user_id):
        return Piece(PieceKind.USER, target=user_id, label=label)
    return text_piece(label or f"@{user_id}")


def emoji_piece(name: str, code: str = "") -> Piece:
    """An emoji by its name, or the name as text where no emoji can be called that."""
    if not _EMOJI_NAME.fullmatch(name):
        return text_piece(f":{name}:")
    return Piece(PieceKind.EMOJI, target=name, code=code if characters(code) else "")


def characters(code: str) -> str:
    """The characters of an emoji's code points (`1f44b-1f3fc`); empty where they are none."""
    try:
        points = [int(part, 16) for part in code.split("-")]
        return "".join(map(chr, points)) if re.fullmatch(r"[0-9a-f-]+", code) and max(points) > 0 else ""
    except (ValueError, OverflowError):
        return ""


def split_lines(pieces: Iterable[Piece]) -> list[tuple[Piece, ...]]:
    """The pieces between line breaks; at least one line."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split("\n")
        if first or not piece.text:
            lines[-1].append(replace(piece, text=first))
        lines.extend([replace(piece, text=part)] if part else [] for part in others)
    return [tuple(line) for line in lines]


def join_lines(lines: Sequence[Sequence[Piece]]) -> tuple[Piece, ...]:
    """The pieces of all lines with breaks between them; a break looks like its neighbours where they look alike."""
    return tuple(merge_texts(_with_breaks(lines)))


def merge_texts(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The same pieces, neighbouring texts of equal style in one, empty texts left out."""
    held: Piece | None = None
    for piece in pieces:
        if piece.kind is PieceKind.TEXT and not piece.text:
            continue
        if held and held.kind is piece.kind is PieceKind.TEXT and held.styles == piece.styles:
            held = replace(held, text=held.text + piece.text)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _with_breaks(lines: Sequence[Sequence[Piece]]) -> Iterator[Piece]:
    breaks, before = -1, frozenset[Style]()
    for line in lines:
        breaks += 1
        for piece in line:
            if breaks:
                yield Piece(PieceKind.TEXT, "\n" * breaks, piece.styles if piece.styles == before else frozenset())
                breaks = 0
            yield piece
            before = piece.styles
    if breaks > 0:
        yield Piece(PieceKind.TEXT, "\n" * breaks)


def _allowed(styles: Iterable[Style]) -> frozenset[Style]:
    wanted = frozenset(styles)
    return frozenset({Style.CODE}) if Style.CODE in wanted else wanted
