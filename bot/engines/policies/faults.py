"""Sentences about policies that several of their parts share: what is wrong with one, and what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache


def wrong_choice(value: object, choices: type[StrEnum], *, called: str) -> str | None:
    """What is wrong with something that has to be a member of a closed set; `called` begins the sentence."""
    if isinstance(value, str) and value in _values(choices):
        return None
    return f"{called} is one of {', '.join(choices)}."


@cache
def _values(choices: type[StrEnum]) -> frozenset[str]:
    return frozenset(choices)


def wrong_whole_number(value: object, *, called: str, least: int, most: int) -> str | None:
    """What is wrong with something that has to be a whole number between two."""
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return None
    return f"{called} is a whole number from {least} to {most:,}."


def told_together(faults: Mapping[str, str]) -> str:
    """All faults in one text, each with its path."""
    return " ".join(f"{path}: {sentence}" for path, sentence in faults.items())


def shortened(text: str, most: int = 60) -> str:
    """A text as it can be quoted in a sentence."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
