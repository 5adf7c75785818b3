"""What schedules and rotations may be called."""

from __future__ import annotations

from unicodedata import category

from bot.usecases.fields import wrong_line

LONGEST_NAME = 100
_BREAKS = frozenset({"Cc", "Zl", "Zp"})
"""Unicode's control characters and line breaks: a name is one line."""


def wrong_name(name: str) -> str | None:
    """What is wrong with a name; None where it can be one."""
    wrong = wrong_line(name, called="Name", limit=LONGEST_NAME)
    if wrong is None and any(category(character) in _BREAKS for character in name):
        return "Name: it holds a character that cannot be printed. Write it on one line."
    return wrong
