"""One moment: `fri 18:00`, `tomorrow 9am`, `in 2h`, `2026-12-24 09:00 Europe/Berlin`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.slack.words.local import dated
from bot.slack.words.normalise import for_parsing
from bot.slack.words.times.readings import reading_of
from bot.slack.words.times.refusals import unreadable
from bot.slack.words.times.tokens import spelt
from bot.slack.words.times.values import Direction, Moment, Standpoint

_MOST_WORDS = 8
_PIECE_OF_TIME = re.compile(r"[\d:.]+([ap]m|[hmdw])?$|[ap]m$|at$|ago$", re.IGNORECASE)


def read_moment(text: str, now: datetime, zone: ZoneInfo, *, direction: Direction = "future") -> Moment:
    """The moment that the text means, read in `zone` unless it ends with another, as seen at `now`.

    `18:00`, `fri` and `24 dec` go the way of `direction`; what names one moment (`yesterday 14:05`, a full date) is not
    moved, so check what must lie ahead. A day without an hour is 09:00; a skipped time is the first after the gap, one
    that happens twice its first: `understood` says each of these.

    Raises:
        Unreadable: nothing, or something that is not surely a time between 1970 and 2100; the sentence gives examples.
    """
    return _moment(text, Standpoint(now, zone, now), direction) or _refuse(text)


def split_moment(text: str, now: datetime, zone: ZoneInfo, *, direction: Direction = "future") -> tuple[Moment, str]:
    """The moment that the text begins or ends with, and the other words as typed: `fri 18:00 payments`.

    The longest such beginning counts, then the longest such end.

    Raises:
        Unreadable: there is no moment, or what is left looks like a piece of one ("tomorrow 25:00").
    """
    stand = Standpoint(now, zone, now)
    for taken, rest, neighbour in _splits(text.split()):
        moment = _moment(" ".join(taken), stand, direction)
        if moment is not None and not _PIECE_OF_TIME.match(for_parsing(neighbour)):
            return moment, " ".join(rest)
        if moment is not None:
            break
    raise unreadable(for_parsing(text))


def _splits(words: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str], str]]:
    """Beginnings and then ends of the words, longest first, each with the other words and the one beside the cut."""
    sizes = range(min(len(words), _MOST_WORDS), 0, -1)
    for size in sizes:
        yield words[:size], words[size:], words[size] if size < len(words) else ""
    for size in sizes:
        yield words[-size:], words[:-size], words[-size - 1] if size < len(words) else ""


def _moment(text: str, stand: Standpoint, direction: Direction) -> Moment | None:
    reading = reading_of(spelt(text), stand, direction)
    if reading is None:
        return None
    remarks = "".join(f"; {assumed}" for assumed in reading.assumed)
    return Moment(reading.at, f"{dated(reading.at, reading.zone, stand.now)} ({reading.zone}{remarks})")


def _refuse(text: str) -> Moment:
    raise unreadable(for_parsing(text))
