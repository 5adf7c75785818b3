"""Names as they fit: whole, the first word, cut, or initials; and what can be said where a font lacks the letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.engines.pictures.values import Who

_MISSING = "…"
_DRAWN = (
    *((0x20, 0x7E), (0xA0, 0x17F), (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x1FA, 0x1FF), (0x218, 0x21B)),
    *((0x384, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1), (0x3A3, 0x3CE), (0x400, 0x482), (0x48A, 0x513)),
    *((0x1E80, 0x1E85), (0x1EA0, 0x1EF9), (0x2013, 0x2015), (0x2018, 0x201E), (0x2022, 0x2022), (0x2026, 0x2026)),
)
"""The letters that the font of the images has: Latin, Greek and Cyrillic."""
_NARROW, _WIDE = frozenset("fijlrtI.,:;'|!() "), frozenset("mwMW@%&…")
_WHOLE_EM = 0x1100
"""From here on letters are as wide as they are high, more or less."""


@dataclass(frozen=True, slots=True)
class Label:
    """What can be written for somebody, the longest first."""

    forms: tuple[str, ...]

    def within(self, room: float, size: float) -> str:
        """The longest that fits into so many pixels; empty where none does."""
        for form in self.forms[:-1]:
            if width(form, size) <= room:
                return form
        return _cut(self.forms[0], room, size) or (self.forms[-1] if width(self.forms[-1], size) <= room else "")


def labels(everybody: Iterable[Who], *, for_font: bool) -> Mapping[str, Label]:
    """What can be written for each, by id.

    First names and initials that two would share are told apart: those by being left out, these by a number. With
    `for_font` names are in letters that the images' font has, or give way to the handle.
    """
    names = {
        each.id: (readable(each.name) or readable(each.handle) if for_font else visible(each.name)) or _MISSING
        for each in everybody
    }
    first = [name.split()[0] for name in names.values()]
    made: dict[str, Label] = {}
    taken: set[str] = set()
    for key, name in sorted(names.items(), key=lambda item: (item[1], item[0])):
        short = _free(initials(name), taken)
        alone = name.split()[0]
        middle = (alone,) if first.count(alone) == 1 and alone != name else ()
        made[key] = Label((name, *middle, short))
    return made


def initials(name: str) -> str:
    """The first letters of the first and the last word."""
    words = [word for word in name.split() if any(map(str.isalnum, word))] or name.split()
    letters = [next((char for char in word if char.isalnum()), word[0]) for word in words]
    return "".join((*letters[:1], *letters[1:][-1:])).upper()


def width(text: str, size: float) -> float:
    """About how wide a text is in a usual sans-serif face, in pixels; rather more than less."""
    return size * sum(_em(char) for char in text)


def _em(char: str) -> float:
    if char in _NARROW:
        return 0.36
    if char in _WIDE:
        return 0.9
    if unicodedata.combining(char):
        return 0.0
    if ord(char) >= _WHOLE_EM and not unicodedata.name(char, "").startswith("LATIN"):
        return 1.1
    return 0.74 if char.isupper() else 0.6


def _cut(name: str, room: float, size: float) -> str:
    """The beginning of a name and an ellipsis, where at least five letters are left."""
    longest = min(len(name) - 1, int(room / size / 0.36))
    for letters in range(longest, 4, -1):
        short = f"{name[:letters].rstrip()}…"
        if width(short, size) <= room:
            return short
    return ""


def _free(short: str, taken: set[str]) -> str:
    number, form = 1, short
    while form in taken:
        number += 1
        form = f"{short}{number}"
    taken.add(form)
    return form


def readable(text: str) -> str:
    """A text without what the images' font cannot show, if that leaves the letters whole; else nothing."""
    name = unicodedata.normalize("NFC", visible(text))
    letters = [char for char in name if unicodedata.category(char)[0] in "LM"]
    if not all(map(_is_drawn, letters)):
        return ""
    return " ".join("".join(char for char in name if _is_drawn(char)).split())


def visible(text: str) -> str:
    """Without characters that nobody sees, among them those that turn the direction of what follows."""
    plain = "".join(" " if char.isspace() else char for char in text)
    return " ".join("".join(char for char in plain if unicodedata.category(char) not in {"Cc", "Cf", "Cs"}).split())


def _is_drawn(char: str) -> bool:
    return any(low <= ord(char) <= high for low, high in _DRAWN)
