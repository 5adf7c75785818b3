"""A copy of typed text that is easier to read by machine. What is stored or shown stays as it was typed."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping

_DASHES = "‐‑‒–—―−﹘﹣⁃"
_SINGLE_QUOTES = "‘’‚‛′ʼ"
_DOUBLE_QUOTES = "“”„‟″«»"
_PLAIN = str.maketrans(
    {**dict.fromkeys(_DASHES, "-"), **dict.fromkeys(_SINGLE_QUOTES, "'"), **dict.fromkeys(_DOUBLE_QUOTES, '"')}
)
_ENTITY = re.compile(r"&(?:lt|gt|amp);")
_BLANKS = re.compile(r"\s+")
_SENT_TOKEN = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_SIGNS = {"@": "@", "#": "#", "!": "@"}


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


def unescape(text: str) -> str:
    """Undo Slack's inbound escaping (`&lt; &gt; &amp;`) exactly once; `&amp;lt;` becomes `&lt;`, other entities stay.

    Take mentions out first: a typed `<@U1>` arrives escaped, and must not become a mention by being unescaped.
    """
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)


def as_typed(text: str, names: Mapping[str, str] | None = None) -> str:
    """Words that Slack sent, as the person saw them while typing: `@raj`, `#general` and addresses instead of tokens.

    For titles and reasons, which are shown as typed. `names` are people's, by their id in Slack: a message, unlike a
    command, mentions them by id alone. A token without a name keeps its id.
    """
    known = names or {}
    return unescape(_SENT_TOKEN.sub(lambda token: _seen(token, known), text))


def split_word(text: str) -> tuple[str, str]:
    """The first word, ready for parsing, and everything after it exactly as it was typed (outer blanks cut)."""
    start = text.strip().lstrip("\u200b\u2060\ufeff").lstrip()
    first, *rest = start.split(maxsplit=1)[:2] or [""]
    return for_parsing(first), rest[0].strip() if rest else ""


def _seen(token: re.Match[str], names: Mapping[str, str]) -> str:
    sign, body, label = token[1], token[2], token[3]
    if not sign or body.startswith("date^"):
        return label or body
    if sign == "@" and body in names:
        return f"@{names[body]}"
    return _SIGNS[sign] + (label.lstrip("@#") if label else body.partition("^")[0])


def _is_invisible(char: str) -> bool:
    """Whether the character is a control or format one; line breaks and tabs are blanks, not invisible."""
    return unicodedata.category(char) in {"Cf", "Cc"} and not char.isspace()
