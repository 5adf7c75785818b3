"""Which schedules a question is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotFound
from bot.queries import schedules
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.slack.words.names import Ambiguous, Match, find

ROWS = 8
"""Schedules in one answer; a phone shows no more."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The schedules an answer is about, and how many more there are."""

    watched: Sequence[Watched]
    more: int = 0


async def chosen(reading: Reading, words: str, *, since: datetime | None = None) -> Chosen:
    """The one schedule that the words name, by a part or a slip; without words the first ones by name.

    Raises:
        NotFound: no schedule is meant, or several could be; the nearest are offered.
    """
    if words.strip():
        name = await named(reading, words)
        found = await schedules.by_name(reading, name, since=since)
        return Chosen([found] if found else [])
    total = await schedules.count(reading)
    if not total:
        raise NotFound("There is no schedule yet. `/oncall schedules` makes the first one.", ("/oncall schedules",))
    watched = await schedules.first(reading, limit=ROWS, since=since)
    return Chosen(watched, total - len(watched))


async def named(reading: Reading, words: str) -> str:
    """The name of the schedule that the words mean.

    Raises:
        NotFound: as `chosen`.
    """
    names = await schedules.names(reading)
    match find(words, names):
        case Match(name):
            return name
        case Ambiguous(candidates):
            raise NotFound(f"“{words.strip()}” could be several schedules. Which one?", candidates)
        case missing:
            nearest = missing.nearest or tuple(names[:3])
            raise NotFound(f"There is no schedule “{words.strip()}”. Did you mean one of these?", nearest)
