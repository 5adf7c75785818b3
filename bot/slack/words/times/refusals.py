"""What to say when a time cannot be read: one plain sentence, with something to type instead."""

from __future__ import annotations

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.errors import Unreadable
from bot.escaping import shortened
from bot.slack.words.local import MONTHS, WEEKDAYS

EXAMPLES = "Type it like fri 18:00, tomorrow 9am, 2026-12-24 09:00 or 2h."
RANGE_EXAMPLES = "Type it like thu 18:00-22:00, fri 9am to mon 9am, tomorrow 18:00 for 2h or 2h."
DATE_EXAMPLES = "Type it like fri, tomorrow, 2026-12-24, in 3 days or next week."

_KNOWN = (
    *("now", "today", "tonight", "tomorrow", "yesterday", "noon", "midnight", "morning", "afternoon", "evening"),
    *(name.lower() for name in (*WEEKDAYS, *MONTHS)),
    *("minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months", "year", "years"),
    *("next", "last", "until", "till", "from", "after", "before", "this", "coming", "past"),
)
# Shorter words differ by one letter from too many others.
_LONG_WORD = re.compile(r"[a-z]{4,}")
_CUT_OFF = 0.7


def unreadable(text: str, examples: str = EXAMPLES) -> Unreadable:
    """The refusal of a whole phrase, with the corrected phrase where a word in it looks like a slip."""
    shown = shortened(text, 60)
    if not shown:
        return Unreadable(f"When? {examples}")
    corrected = _LONG_WORD.sub(_corrected, shown.lower())
    if corrected != shown.lower():
        return Unreadable(f"I cannot read “{shown}” as a time. Did you mean “{corrected}”?")
    return Unreadable(f"I cannot read “{shown}” as a time. {examples}")


def _corrected(word: re.Match[str]) -> str:
    """The known word this one was a slip of, or the word itself."""
    if word[0] in _KNOWN:
        return word[0]
    best = process.extractOne(word[0], _KNOWN, scorer=OSA.normalized_similarity, score_cutoff=_CUT_OFF)
    return word[0] if best is None else str(best[0])
