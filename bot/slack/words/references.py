"""Names people see for numbered things: `PM-12`, `INC-7`."""

from __future__ import annotations

import re

from bot.errors import Unreadable
from bot.slack.words.normalise import for_parsing

# A row's number fits in a signed 32-bit integer on every database we stand on.
_HIGHEST = 2**31 - 1
_BLANK = r"[\s\u200b\u2060\ufeff]"
_DASH = "[-‐‑‒–—−]"
# Full-width forms, one character for one, so that what follows can be cut out of the text as typed.
_PLAIN_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}


def read_reference(text: str, *, prefix: str = "PM") -> int:
    """The number meant by `PM-12`, `pm12`, `pm 12`, `#12` or `12`.

    Raises:
        Unreadable: anything else, and numbers below 1 or above 2147483647; the sentence names the form to type.
    """
    number, rest = split_reference(text, prefix=prefix)
    if rest:
        raise _unreadable(text, prefix)
    return number


def split_reference(text: str, *, prefix: str = "PM") -> tuple[int, str]:
    """The reference that the text begins with, and everything after it as it was typed.

    Raises:
        Unreadable: the text does not begin with a reference.
    """
    form = rf"{_BLANK}*(?:{re.escape(prefix)}(?:{_BLANK}*{_DASH}{_BLANK}*|{_BLANK}+)?|#)?(\d+)[,.:]?(?:{_BLANK}+|$)"
    match = re.match(form, text.translate(_PLAIN_WIDTH), re.IGNORECASE)
    if match is None or len(match[1]) > 10 or not 1 <= int(match[1]) <= _HIGHEST:
        raise _unreadable(text, prefix)
    return int(match[1]), text[match.end() :].strip()


def without_reference(text: str, *, prefix: str = "PM") -> str:
    """The text without the reference in it, which stands first or is a word of its own behind a mention."""
    try:
        return split_reference(text, prefix=prefix)[1]
    except Unreadable:
        return " ".join(word for word in text.split() if not is_reference(word, prefix=prefix))


def is_reference(text: str, *, prefix: str = "PM") -> bool:
    """Whether the whole text is a reference and nothing else."""
    try:
        read_reference(text, prefix=prefix)
    except Unreadable:
        return False
    return True


def _unreadable(text: str, prefix: str) -> Unreadable:
    seen = for_parsing(text)[:40]
    if not seen:
        return Unreadable(f"Which one? Type its number, like {prefix}-12.")
    return Unreadable(f"“{seen}” is not a number I know: type it like {prefix}-12.")
