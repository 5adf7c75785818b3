"""Which of the rotations that are wanted are those there are, and what the others are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.engines.rotation import Rotation
from bot.usecases.schedules.wanted import UNSAID, WantedRotation


def matched(
    wanted: Sequence[WantedRotation], there: Sequence[Rotation], *, by_name: bool
) -> tuple[WantedRotation, ...]:
    """The same, each with a name, and with the id of the rotation that it is, None for a new one.

    By id first, each once; with `by_name`, then by the very name, the first of two that are called the same. Whoever
    has no name is called Rot1, Rot2, ... by its place in the list, or by the next number that is free. `there` are the
    rotations that are not closed.
    """
    known = {rotation.id: rotation for rotation in there}
    named = _named(_by_id(wanted, known), known)
    if not by_name:
        return tuple(named)
    taken = {each.id for each in named}
    left = [rotation for rotation in there if rotation.id not in taken]
    return tuple(each if each.id else _by_name(each, left) for each in named)


def _by_id(wanted: Sequence[WantedRotation], known: Mapping[str, Rotation]) -> list[WantedRotation]:
    left = set(known)
    found: list[WantedRotation] = []
    for each in wanted:
        found.append(each if each.id in left else replace(each, id=None))
        left.discard(each.id or "")
    return found


def _named(wanted: Sequence[WantedRotation], known: Mapping[str, Rotation]) -> list[WantedRotation]:
    names = [known[each.id].name if each.name is UNSAID and each.id else each.name for each in wanted]
    taken = {name for name in names if name is not UNSAID}
    named: list[WantedRotation] = []
    for place, (each, said) in enumerate(zip(wanted, names, strict=True), start=1):
        name = _free_name(place, taken) if said is UNSAID else said
        taken.add(name)
        named.append(replace(each, name=name))
    return named


def _free_name(place: int, taken: set[str]) -> str:
    number = place
    while f"Rot{number}" in taken:
        number += 1
    return f"Rot{number}"


def _by_name(wanted: WantedRotation, left: list[Rotation]) -> WantedRotation:
    """The rotation it finds is taken out of those that are left."""
    found = next((rotation for rotation in left if rotation.name == wanted.name), None)
    if found is None:
        return wanted
    left.remove(found)
    return replace(wanted, id=found.id)
