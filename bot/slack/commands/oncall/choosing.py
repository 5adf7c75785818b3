"""Which schedules a question is about, or which one a change is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotFound
from bot.queries import links, schedules
from bot.queries.reading import Reading
from bot.queries.schedules import ScheduleName, Watched
from bot.slack.words.names import Ambiguous, Match, find

ROWS = 8
"""Schedules in one answer; a phone shows no more."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The schedules an answer is about: the first `linked` of them are its channel's own, `total` there are in all."""

    watched: Sequence[Watched]
    linked: int
    total: int


async def chosen(reading: Reading, words: str, *, channel: str = "", since: datetime | None = None) -> Chosen:
    """The one schedule that the words name, by a part or a slip; without words the first ones.

    Those linked to the channel come first, then the others by name.

    Raises:
        NotFound: no schedule is meant, or several could be; the nearest are offered.
    """
    if words.strip():
        name = await named(reading, words)
        found = await schedules.by_name(reading, name, since=since)
        return Chosen([found] if found else [], linked=0, total=1)
    total = await schedules.count(reading)
    if not total:
        raise _none_yet()
    linked = len(await links.of_channel(reading, channel))
    watched = await page(reading, channel=channel, limit=ROWS, since=since)
    return Chosen(watched, linked=min(linked, len(watched)), total=total)


async def page(
    reading: Reading, *, channel: str, limit: int, skip: int = 0, since: datetime | None = None
) -> Sequence[Watched]:
    """Some schedules: those linked to the channel first, then the others by name."""
    is_linked = await links.of_channel(reading, channel)
    return await schedules.first(reading, limit=limit, skip=skip, channel=channel if is_linked else "", since=since)


async def named(reading: Reading, words: str) -> str:
    """The name of the schedule that the words mean.

    Raises:
        NotFound: as `chosen`.
    """
    return _found(words, await schedules.names(reading)).name


async def meant(reading: Reading, words: str) -> ScheduleName:
    """The schedule to be changed: by its id, its name or a part of that. A slip is offered, not taken for the name.

    Raises:
        NotFound: as `chosen`, and where the words are only like a name.
    """
    known = await schedules.listed(reading)
    if by_id := next((each for each in known if each.id == words.strip()), None):
        return by_id
    found = _found(words, await schedules.names(reading))
    if found.guessed:
        raise _unknown(words, (found.name,))
    return next(each for each in known if each.name == found.name)


def _found(words: str, names: Sequence[str]) -> Match:
    if not names:
        raise _none_yet()
    match find(words, names):
        case Match() as found:
            return found
        case Ambiguous(candidates):
            raise NotFound(f"“{words.strip()}” could be several schedules. Which one?", candidates)
        case missing:
            raise _unknown(words, missing.nearest or tuple(names[:3]))


def _none_yet() -> NotFound:
    return NotFound("There is no schedule yet. `/oncall schedules` makes the first one.", ("/oncall schedules",))


def _unknown(words: str, nearest: Sequence[str]) -> NotFound:
    these = "this one" if len(nearest) == 1 else "one of these"
    return NotFound(f"There is no schedule “{words.strip()}”. Did you mean {these}?", nearest)
