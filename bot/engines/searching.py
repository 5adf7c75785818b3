"""The words of a text as they are looked for: without case, accents, width and punctuation.

A letter or digit belongs to a word; an emoji or another symbol is a word of its own, and so is each character of a
script that puts no blanks between words (Chinese, Japanese). What is written and what is looked for are taken apart by
the same rules, so that they meet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.engines.documents.document import lines_of_document
from bot.engines.documents.pieces import PieceKind, characters

WORD_CHARACTERS = 64
"""Of a longer word only its beginning is kept, and looked for."""
_WITHOUT_BLANKS = ("CJK ", "HIRAGANA ", "KATAKANA")
_RUNS = re.compile(r"\w+|\W", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SearchedLine:
    """A line of a text as people read it, and the words it is found by."""

    text: str
    words: tuple[str, ...]


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in their order, each once; empty where it holds none, as `%` or `"*"` do.

    The words of words are themselves: `words_of(" ".join(words_of(text))) == words_of(text)`.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return tuple(dict.fromkeys(word[:WORD_CHARACTERS] for word in plain.translate(_SIGNS).split()))


def lines_of(adf: Mapping[str, Any]) -> Iterator[SearchedLine]:
    """The lines of a document that say something. An emoji is found by its name and by itself."""
    for line in lines_of_document(adf):
        whole = "".join(piece.readable for piece in line.pieces)
        emoji = [characters(piece.code) for piece in line.pieces if piece.kind is PieceKind.EMOJI]
        for text in filter(None, map(str.strip, whole.split("\n"))):
            yield SearchedLine(text, words_of(" ".join([text, *emoji])))


def lines_of_text(text: str, *, called: str = "") -> Iterator[SearchedLine]:
    """The lines of a plain text that say something; with `called` each says what it is, `Timeline: the pool ran out`.

    What it is called finds nothing.
    """
    for line in filter(None, map(str.strip, text.split("\n"))):
        yield SearchedLine(f"{called}: {line}" if called else line, words_of(line))


def may_begin(wanted: str) -> bool:
    """Whether a wanted word is also found by words that it begins; a single character would find everything."""
    return len(wanted) > 1


def hits(words: Sequence[str], wanted: Sequence[str]) -> int:
    """How many of the wanted words stand among these words, or begin one of them."""
    return sum(any(word == each or (may_begin(each) and word.startswith(each)) for word in words) for each in wanted)


def marked(text: str, wanted: Sequence[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the wanted words; together they are the text."""
    pieces: list[tuple[str, bool]] = []
    for run in _RUNS.findall(text):
        is_hit = hits(words_of(run), wanted) > 0
        if pieces and pieces[-1][1] is is_hit:
            pieces[-1] = (pieces[-1][0] + run, is_hit)
        else:
            pieces.append((run, is_hit))
    return pieces


def excerpt(text: str, wanted: Sequence[str], limit: int) -> str:
    """At most `limit` characters of the text around the first wanted word, with ellipses where something was cut."""
    if len(text) <= limit:
        return text
    first = next(iter(marked(text, wanted)))
    begins = 0 if first[1] else len(first[0])
    room = limit - 2
    start = max(0, min(begins - room // 4, len(text) - room))
    return ("…" if start else "") + text[start : start + room] + ("…" if start + room < len(text) else "")


class _Signs(dict[int, str]):
    """What becomes of each character, looked up once: part of a word, a word of its own, a gap, or nothing at all."""

    def __missing__(self, point: int) -> str:
        self[point] = sign = _sign(chr(point))
        return sign


def _sign(char: str) -> str:
    category = unicodedata.category(char)
    if unicodedata.combining(char) or category in {"Cf", "Me"} or "VARIATION SELECTOR" in unicodedata.name(char, ""):
        return ""
    if category == "So" or (unicodedata.name(char, "").startswith(_WITHOUT_BLANKS) and category[0] in "LN"):
        return f" {char} "
    return char if category[0] in "LMN" else " "


_SIGNS = _Signs()
