"""Keep a postmortem findable: by everything that is written in it or gathered beside it."""

from __future__ import annotations

import asyncio

from bot.engines.searching import words_of
from bot.queries.searched import Searched, searched
from bot.usecases.unit import Unit
from storage import models, postmortems, search, search_lines

MOST_BYTES = 500_000
"""Of the words of one postmortem, each counted once: far more than anybody writes, half of what PostgreSQL takes."""


async def index(unit: Unit, row: models.Postmortem) -> None:
    """Have it found by the words it holds now, in this very transaction; one that is deleted by none.

    Called by whatever changes its title, its sections, its services, its timeline, its actions (not what became of
    them), what was said in its review, its incidents or their messages. The caller holds its row.
    """
    await unit.session.flush()
    if row.deleted_at is not None:
        await search.remove(unit.session, row.number)
        return
    found_by = (await searched(unit.reading, [row]))[row.id]
    await search.put(unit.session, row.number, await asyncio.to_thread(words_in, found_by))


async def index_incident(unit: Unit, incident_id: str) -> None:
    """The same for every postmortem that stands on an incident or names it: its message or description has changed."""
    await unit.session.flush()
    for number in await search_lines.numbers_of_incident(unit.session, incident_id):
        row = await postmortems.by_number(unit.session, number, lock=True)
        if row is not None:
            await index(unit, row)


def words_in(found_by: Searched) -> tuple[str, ...]:
    """The words that a postmortem is found by, each once, in the order in which they stand there.

    Of a text with words beyond all measure the first count.
    """
    words = dict.fromkeys(words_of(f"{found_by.label} {found_by.title}"))
    for line in found_by.lines():
        words.update(dict.fromkeys(line.words))
    room, kept = MOST_BYTES, []
    for word in words:
        room -= len(word.encode()) + 8
        if room < 0:
            break
        kept.append(word)
    return tuple(kept)
