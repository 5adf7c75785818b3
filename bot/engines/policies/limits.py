"""How much an alert can hold, as Opsgenie's API has it. Longer texts are cut, what is too many is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

MESSAGE = 130
ALIAS = 512
DESCRIPTION = 15_000
ENTITY = 512
SOURCE = 100
TAGS, TAG = 20, 50
ACTIONS, ACTION = 10, 50
DETAILS = 8_000
"""Characters of all keys and values together."""


def fitting_list(texts: Iterable[str], *, most: int, longest: int) -> tuple[str, ...]:
    """The first of some texts, each once and cut to its length, empty ones left out."""
    return tuple({text[:longest]: None for text in texts if text})[:most]


def fitting_details(details: Mapping[str, str]) -> dict[str, str]:
    """The first of some details, as many as there is room for; the one that runs over is cut, where its key fits."""
    kept: dict[str, str] = {}
    room = DETAILS
    for key, value in details.items():
        if len(key) >= room:
            break
        kept[key] = value[: room - len(key)]
        room -= len(key) + len(kept[key])
    return kept
