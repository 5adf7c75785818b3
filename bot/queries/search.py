"""Postmortems found by words: of everything that is written in them or gathered beside them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.engines.searching import SearchedLine, hits, may_begin, words_of
from bot.errors import Unreadable
from bot.queries.people import Person
from bot.queries.postmortems import Outline, outlines, require_member
from bot.queries.reading import Reading
from bot.queries.searched import Searched, searched
from storage import postmortems, search

MOST_WORDS = 16
WHAT_TO_TYPE = "Type a word or two of its title, its text or a service, such as `/postmortem search redis timeout`."


@dataclass(frozen=True, slots=True)
class Hit:
    """A postmortem that was found. `line` is what it says on it, empty where only its title does."""

    postmortem: Outline
    line: str


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, newest first; `total` counts all pages, and is not known (0) beyond the last.

    `words` are those that were looked for; `left_out` counts the further ones, which were not.
    """

    words: tuple[str, ...]
    left_out: int
    hits: tuple[Hit, ...]
    total: int


async def find(reading: Reading, asker: Person, text: str, *, limit: int = 5, offset: int = 0) -> Found:
    """The postmortems that hold every word of a text, or words that begin with them; of many words the first 16 count.

    Raises:
        NotAllowed: the asker is an outsider.
        Unreadable: no letter, digit or emoji is in it.
    """
    require_member(asker, subject="postmortems")
    words = words_of(text)
    if not words:
        raise Unreadable(f"There is nothing in that to look for. {WHAT_TO_TYPE}" if text.strip() else WHAT_TO_TYPE)
    wanted = words[:MOST_WORDS]
    beginnings = [word for word in wanted if may_begin(word)]
    whole = [word for word in wanted if not may_begin(word)]
    numbers, total = await search.matching(
        reading.session, whole=whole, beginnings=beginnings, limit=limit, offset=offset
    )
    rows = await postmortems.by_numbers(reading.session, numbers)
    texts = await searched(reading, rows)
    lines = await asyncio.to_thread(_best_lines, texts, wanted)
    found = tuple(Hit(each, lines[each.id]) for each in await outlines(reading, rows))
    return Found(wanted, len(words) - len(wanted), found, total)


def _best_lines(texts: Mapping[str, Searched], wanted: Sequence[str]) -> dict[str, str]:
    return {postmortem_id: _best(text.lines(), wanted) for postmortem_id, text in texts.items()}


def _best(lines: Iterable[SearchedLine], wanted: Sequence[str]) -> str:
    """The line with the most of the words, the first of several; empty where none has any."""
    best, most = "", 0
    for line in lines:
        count = hits(line.words, wanted)
        if count > most:
            best, most = line.text, count
        if most == len(wanted):
            break
    return best
