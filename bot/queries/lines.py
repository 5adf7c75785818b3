"""Notes, and what happened, line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """A note, or something that happened: in words, by whom (empty where the clock did it), and when.

    `place` is where it stands in the list, to go on from. `kind` is the verb; of a note it is empty.
    """

    place: int
    words: str
    by: str
    at: datetime
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Some of a list, and whether it goes on in the direction in which it was asked for."""

    lines: tuple[Line, ...]
    goes_on: bool


def cut_to(lines: Sequence[Line], limit: int, *, backwards: bool) -> Lines:
    """Without what was read beyond the limit to know whether there is more."""
    kept = lines[-limit:] if backwards else lines[:limit]
    return Lines(tuple(kept), goes_on=len(lines) > limit)


def relabelled(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """What an event tells that has changed tags or details: `Tags added: [db, eu]`."""
    if "tags" in after:
        name, old, new = "Tags", dict.fromkeys(before["tags"]), dict.fromkeys(after["tags"])
    else:
        name, old, new = "Details", before["details"], after["details"]
    added = [f"{key}={text}" if text else key for key, text in new.items() if key not in old or old[key] != text]
    if added:
        return f"{name} added: [{', '.join(added)}]"
    return f"{name} removed: [{', '.join(key for key in old if key not in new)}]"


def edited(after: Mapping[str, Any]) -> str:
    """What an event tells that has changed what is said of something: `Priority changed to [P1]`."""
    return "; ".join(f"{name.capitalize()} changed to [{text}]" for name, text in after.items())
