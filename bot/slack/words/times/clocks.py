"""Clock times: `18:00`, `9am`, `noon`, and a lone `18` where a day stands before it."""

from __future__ import annotations

import re
from datetime import timedelta

_NAMED = {
    "noon": timedelta(hours=12),
    "midday": timedelta(hours=12),
    "midnight": timedelta(),
    "morning": timedelta(hours=9),
    "afternoon": timedelta(hours=14),
    "evening": timedelta(hours=18),
}
_PARTS_OF_DAY = frozenset({"morning", "afternoon", "evening"})
_FORM = re.compile(r"(\d{1,2})(?:[:.](\d{2})(?::(\d{2}))?)?([ap]m)?$")
_LONE = re.compile(r"\d{1,2}$|([01]\d|2[0-3])[0-5]\d$")

DEFAULT_HOUR = 9
"""Where a day comes without an hour: when a working day, and most rotations, begin."""

TONIGHT = timedelta(hours=20)


def read_clock(words: tuple[str, ...], *, after_day: bool) -> timedelta | None:
    """The wall-clock time since midnight that the words are, all of them; None if they are none. 24:00 is allowed.

    A lone hour (`9`, `18`, `1800`) counts after a day, or after `at`; a part of the day (`morning`) only after a day.
    """
    lone = after_day
    if words[:1] == ("at",):
        words, lone = words[1:], True
    if len(words) != 1:
        return None
    word = words[0]
    if word in _NAMED:
        return _NAMED[word] if after_day or word not in _PARTS_OF_DAY else None
    if _LONE.match(word):
        return _lone_hour(word) if lone else None
    form = _FORM.match(word)
    return None if form is None else _since_midnight(form)


def _lone_hour(word: str) -> timedelta | None:
    hour, minute = (int(word), 0) if len(word) <= 2 else (int(word[:2]), int(word[2:]))
    return timedelta(hours=hour, minutes=minute) if hour <= 24 else None


def _since_midnight(form: re.Match[str]) -> timedelta | None:
    hour, minute, second = int(form[1]), int(form[2] or 0), int(form[3] or 0)
    if form[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if form[4] == "pm" else 0)
    since = timedelta(hours=hour, minutes=minute, seconds=second)
    return since if minute < 60 and second < 60 and since <= timedelta(days=1) else None
