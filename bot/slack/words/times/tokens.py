"""A phrase about time, cut into lower-case words that the grammar knows how to spell."""

from __future__ import annotations

import re

from bot.slack.words.normalise import for_parsing

_SLACK_DATE = re.compile(r"<!date\^(\d{1,12})\^[^>]*>")
_LONGEST = 200

_SPELLINGS = (
    (re.compile(r"\b([ap])\.\s?m\b\.?"), r"\1m"),
    (re.compile(r"(\d)\s?o'?\s?clock\b"), r"\1:00"),
    (re.compile(r"(?<=\d) (?=[ap]m\b)"), ""),
    (re.compile(r"(?<=[a-z])\.(?=\s|$)"), ""),
    (re.compile(r"[,;]\s|[,;?!]+$"), " "),
    (re.compile(r"@ ?(?=\d)"), "at "),
)
_COUNT_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTS = {"a": "1", "an": "1", **{word: str(count) for count, word in enumerate(_COUNT_WORDS, start=1)}}
_COUNTED = re.compile(rf"\b({'|'.join(_COUNTS)}) (?=(?:second|minute|hour|day|week|fortnight|month|year)s?\b)")
_FILLERS = frozenset({"on", "the", "of"})


def spelt(text: str) -> str:
    """The phrase normalised: plain punctuation, Slack's date tokens as Unix seconds, `9 a.m.` as `9am`.

    Overlong text gives an empty phrase: nobody types a time of two hundred characters.
    """
    plain = for_parsing(_SLACK_DATE.sub(r"\1", text))
    if len(plain) > _LONGEST:
        return ""
    plain = plain.strip("\"'`*_ ").lower()
    for form, replacement in _SPELLINGS:
        plain = form.sub(replacement, plain)
    plain = _COUNTED.sub(lambda count: _COUNTS[count[1]] + " ", plain.replace("half an hour", "30 minutes"))
    return " ".join(plain.split())


def words_of(phrase: str) -> tuple[str, ...]:
    """The words that carry meaning."""
    return tuple(word for word in phrase.split() if word not in _FILLERS)
