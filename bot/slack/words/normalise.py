"""A copy of typed text that is easier to read by machine. What is stored or shown stays as it was typed."""

from __future__ import annotations

import re
import unicodedata

from bot.engines.mrkdwn import as_typed, unescape

__all__ = ["as_typed", "for_parsing", "split_word", "storable", "unescape"]

_DASHES = "‐‑‒–—―−﹘﹣⁃"
_SINGLE_QUOTES = "‘’‚‛′ʼ"
_DOUBLE_QUOTES = "“”„‟″«»"
_PLAIN = str.maketrans(
    {**dict.fromkeys(_DASHES, "-"), **dict.fromkeys(_SINGLE_QUOTES, "'"), **dict.fromkeys(_DOUBLE_QUOTES, '"')}
)
_BLANKS = re.compile(r"\s+")


def for_parsing(text: str) -> str:
    """The text with plain quotes, dashes, digits and blanks, for reading only; never store or show it.

    Phones send curly quotes, long dashes and non-breaking spaces; input methods send full-width forms; copied text
    carries zero-width characters. Case and the order of words are kept, blanks at both ends are cut.
    """
    compatible = unicodedata.normalize("NFKC", text.translate(_PLAIN))
    visible = "".join(char for char in compatible if not _is_invisible(char))
    return _BLANKS.sub(" ", visible.translate(_PLAIN)).strip()


def storable(text: str) -> str:
    """The text without NUL characters, which nobody sees and PostgreSQL does not take."""
    return text.replace("\x00", "")


def split_word(text: str) -> tuple[str, str]:
    """The first word, ready for parsing, and everything after it exactly as it was typed (outer blanks cut)."""
    start = text.strip().lstrip("\u200b\u2060\ufeff").lstrip()
    first, *rest = start.split(maxsplit=1)[:2] or [""]
    return for_parsing(first), rest[0].strip() if rest else ""


def _is_invisible(char: str) -> bool:
    """Whether the character is a control or format one; line breaks and tabs are blanks, not invisible."""
    return unicodedata.category(char) in {"Cf", "Cc"} and not char.isspace()
