"""A colour for everybody, the same in every picture, that people who see colours differently can tell apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

LEAST_CONTRAST = 4.5
"""Of text on its ground (WCAG 2.2, 1.4.3)."""
BLACK, WHITE, ALARM = "#111111", "#ffffff", "#a4001d"


@dataclass(frozen=True, slots=True)
class Colour:
    """A ground and the ink that can be read on it."""

    fill: str
    ink: str


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours such as `#0072b2`, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _with_ink(fill: str) -> Colour:
    return Colour(fill, max((BLACK, WHITE), key=lambda ink: contrast(fill, ink)))


PALETTE = tuple(
    _with_ink(fill)
    for fill in (
        *("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00"),
        *("#332288", "#ddcc77", "#882255", "#44aa99", "#f0e442", "#6b6b6b"),
    )
)
"""Six hues that differ for every kind of colour vision (after Okabe and Ito), and six more that differ in lightness."""


def colours(ids: Iterable[str]) -> Mapping[str, Colour]:
    """A colour for each id, by its hash; of two that would have the same, the later one gets the next that is free.

    Hand in everybody who may ever be seen together, and each keeps their colour from picture to picture. Beyond the
    size of the palette colours come again: names stand beside them.
    """
    found: dict[str, Colour] = {}
    taken: set[int] = set()
    for each in sorted(set(ids)):
        place = int.from_bytes(sha256(each.encode()).digest()[:4]) % len(PALETTE)
        if len(taken) == len(PALETTE):
            taken.clear()
        while place in taken:
            place = (place + 1) % len(PALETTE)
        taken.add(place)
        found[each] = PALETTE[place]
    return found
