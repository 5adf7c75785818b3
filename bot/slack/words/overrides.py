"""What follows `/oncall override @user`: times and a schedule in one row of words, `fri 18:00 to mon 9am payments`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.errors import Unreadable
from bot.slack.words.normalise import for_parsing
from bot.slack.words.times import Range, read_range, split_moment

MOST_WORDS = 14
"""Of a time, and of a name; nobody needs more."""
_PIECE_OF_TIME = re.compile(r"\d|[ap]m$|(?:to|until|till|for|from|at)$", re.IGNORECASE)
IsName = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was understood of the words. `schedule` holds the other words as typed, which are to name a schedule.

    Without a `window` the sentence of `fault` says what to type, and `start` is the beginning, if that much was read.
    """

    window: Range | None
    schedule: str
    start: datetime | None = None
    fault: str = ""


def read_override(text: str, now: datetime, zone: ZoneInfo, *, is_name: IsName, is_whole_name: IsName) -> Typed:
    """The window that the text begins or ends with, read in `zone`, and the other words.

    The longest such beginning counts whose other words are a name (`is_name`) or none; then the longest such end; then
    the longest beginning whatever follows it, unless that looks like a piece of a time itself.
    """
    words = text.split()
    others: Typed | None = None
    for taken, rest, neighbour in _splits(words):
        window = _range(taken, now, zone)
        if window is None:
            continue
        has_time = any(_is_of_time(word, now, zone) for word in rest.split()[:MOST_WORDS])
        if not rest or (is_name(rest) and not has_time) or is_whole_name(rest):
            return Typed(window, rest)
        if others is None and not has_time and not _PIECE_OF_TIME.match(for_parsing(neighbour)):
            others = Typed(window, rest)
    return others or _without_window(words, now, zone, is_whole_name)


def _without_window(words: Sequence[str], now: datetime, zone: ZoneInfo, is_name: IsName) -> Typed:
    """The name that the words end with, if they do, and what is wrong with those before it."""
    sizes = range(1, min(len(words), MOST_WORDS) + 1)
    size = next((each for each in sizes if is_name(" ".join(words[-each:]))), 0)
    before, name = " ".join(words[: len(words) - size]), " ".join(words[len(words) - size :])
    try:
        read_range(before, now, zone)
    except Unreadable as error:
        return Typed(None, name, _start(before, now, zone), error.sentence)
    return Typed(None, name)


def _start(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    try:
        moment, rest = split_moment(text, now, zone)
    except Unreadable:
        return None
    return None if rest else moment.at


def _is_of_time(word: str, now: datetime, zone: ZoneInfo) -> bool:
    return word[:1].isdigit() or _range(word, now, zone) is not None


def _range(text: str, now: datetime, zone: ZoneInfo) -> Range | None:
    try:
        return read_range(text, now, zone)
    except Unreadable:
        return None


def _splits(words: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Beginnings and then ends of the words, longest first, each with the other words and the one beside the cut."""
    sizes = range(min(len(words), MOST_WORDS), 0, -1)
    for size in sizes:
        yield " ".join(words[:size]), " ".join(words[size:]), words[size] if size < len(words) else ""
    for size in sizes:
        if size < len(words):
            yield " ".join(words[-size:]), " ".join(words[:-size]), words[-size - 1]
