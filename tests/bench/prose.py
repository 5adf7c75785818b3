"""Texts that look like texts: few words are in every one, and most in hardly any, as in any language."""

from __future__ import annotations

from random import Random

SYLLABLES = ("ba", "ce", "do", "fi", "gu", "ha", "je", "ko", "li", "mu", "na", "pe", "ro", "si", "tu", "va", "we", "zo")
WORDS_A_LINE = 12


def line(seed: int) -> str:
    """The sentence of a number: the same for the same."""
    chance = Random(seed)
    words = (word(int(4_000 ** chance.random())) for _ in range(WORDS_A_LINE))
    return f"{' '.join(words).capitalize()}."


def word(n: int) -> str:
    """The word of a number: the same for the same, below about 5,800 another for another."""
    letters = []
    n += len(SYLLABLES)
    while n:
        n, at = divmod(n, len(SYLLABLES))
        letters.append(SYLLABLES[at])
    return "".join(letters)
