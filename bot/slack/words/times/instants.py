"""Phrases that name one instant by themselves: `now`, `in 2h`, Unix seconds, ISO 8601 with an offset."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from bot.slack.words.times.durations import moved, read_duration
from bot.slack.words.times.values import Direction, Standpoint

# Nine or ten digits: 1973 to 2286. Slack's own message times carry six decimals.
_UNIX = re.compile(r"(\d{9,10})(?:\.\d{1,6})?$")
_WITH_OFFSET = re.compile(r"(\d{4}-\d{2}-\d{2})(t| )(\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,6})? ?(z|[+-]\d{2}:?\d{2})$")
_NOW = frozenset({"now", "right now", "just now"})


def read_instant(
    phrase: str, stand: Standpoint, direction: Direction, *, distances_alone: bool = True
) -> datetime | None:
    """The instant that a spelt phrase names, in UTC; None if it names none.

    A distance alone (`2h`) goes the direction's way, unless `distances_alone` forbids it.

    Raises:
        OverflowError: the calendar ends before that.
    """
    if phrase in _NOW:
        return stand.now
    unix = _UNIX.match(phrase)
    if unix is not None:
        return datetime.fromtimestamp(int(unix[1]), UTC)
    return _with_offset(phrase) or _away(phrase, stand, direction, distances_alone=distances_alone)


def _with_offset(phrase: str) -> datetime | None:
    """ISO 8601 with `Z` or an offset. After a blank `-08:00` may as well be the end of a range: only `T` allows it."""
    form = _WITH_OFFSET.match(phrase)
    if form is None or (form[2] == " " and form[4].startswith("-")):
        return None
    try:
        return datetime.fromisoformat(f"{form[1]}T{form[3]}{form[4].upper()}").astimezone(UTC)
    except ValueError:
        return None


def _away(phrase: str, stand: Standpoint, direction: Direction, *, distances_alone: bool) -> datetime | None:
    forms = [("in ", "", False), ("", " ago", True), ("", " from now", False)]
    if distances_alone:
        forms.append(("", "", direction == "past"))
    for prefix, suffix, goes_back in forms:
        if not (phrase.startswith(prefix) and phrase.endswith(suffix)):
            continue
        duration = read_duration(phrase[len(prefix) : len(phrase) - len(suffix)])
        if duration is not None:
            return moved(stand.now, duration, stand.zone, back=goes_back)
    return None


def whole_minute(at: datetime) -> datetime:
    """The minute's beginning: somebody who types 10:20 at half a minute past means now."""
    return at - timedelta(seconds=at.second, microseconds=at.microsecond)
