"""What schedules and rotations may be called."""

from __future__ import annotations

from bot.usecases import fields

LONGEST_NAME = 100


def wrong_name(name: str) -> str | None:
    """What is wrong with a name; None where it can be one."""
    return fields.wrong_name(name, called="Name", limit=LONGEST_NAME)
