"""The time that a note begins with: `14:05 rolled back`, `yesterday 2pm: paged Ana`."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from bot.errors import Unreadable
from bot.slack.words.normalise import for_parsing
from bot.slack.words.times.moments import read_moment
from bot.slack.words.times.tokens import words_of
from bot.slack.words.times.values import Moment

_MOST_WORDS = 8
_WORD = re.compile(r"\S+")
_STOPS = ",:;.-‐‑‒–—―"
_SEPARATOR = re.compile(rf"\s*(?:[{re.escape(_STOPS)}]+\s+)?")
# A day or a distance alone (`friday deploy`, `2 hours of silence`) is rather a part of what is told.
_SAYS_WHEN = re.compile(r"\d:\d\d|\d ?[ap]m$|\d ?[ap]m |\bago$|^(right |just )?now$|^at \d|at \d{1,2}$", re.IGNORECASE)


def split_stamp(text: str, now: datetime, zone: ZoneInfo) -> tuple[Moment | None, str]:
    """The moment that a note begins with, and the rest exactly as typed; None where it begins with none.

    A clock time, with a day or without, `now`, or a distance with `ago`; the longest that can be read. A time without
    a day is the latest that is not ahead. What stands between the time and the note (`14:05 - rolled back`) is cut.
    """
    words = list(islice(_WORD.finditer(text), _MOST_WORDS))
    for last in reversed(words):
        if not words_of(last[0].lower()):
            continue  # `14:05 the pool`: a filler at the end of a time begins what is told
        moment = _moment(text[: last.end()].rstrip(_STOPS), now, zone)
        if moment is not None:
            rest = text[last.end() :]
            return moment, rest[_separator_end(rest) :]
    return None, text


def _moment(piece: str, now: datetime, zone: ZoneInfo) -> Moment | None:
    if not _SAYS_WHEN.search(for_parsing(piece)):
        return None
    try:
        return read_moment(piece, now, zone, direction="past")
    except Unreadable:
        return None


def _separator_end(rest: str) -> int:
    found = _SEPARATOR.match(rest)
    return found.end() if found else 0
