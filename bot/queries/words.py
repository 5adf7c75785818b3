"""How many words a search may have: each is a condition of its own, and databases refuse hundreds of them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import BadFields

MOST_WORDS = 10


def require_few(field: str, words: Sequence[object]) -> None:
    """Go on only with as many words as can be looked for at once.

    Raises:
        BadFields: they are more, said of that field.
    """
    if len(words) > MOST_WORDS:
        raise BadFields({field: f"At most {MOST_WORDS} words are looked for, these are {len(words):,}."})
