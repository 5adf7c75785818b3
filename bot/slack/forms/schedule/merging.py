"""Two edits of one schedule: what each of them changed, field by field, and both together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.slack.cards.schedule_form_fields import RotationFields, ScheduleFields

WHOLE_PARTS: Mapping[str, tuple[str, ...]] = {"Name": ("name",), "Time zone": ("timezone",), "Team": ("team",)}
ROTATION_PARTS: Mapping[str, tuple[str, ...]] = {
    "Rotation name": ("name",),
    "People in order": ("people",),
    "Length of a turn": ("length", "type"),
    "Start": ("day", "time"),
    "Only in these hours": ("windows",),
    "Turns outside them": ("skips",),
}
"""What belongs together and is taken from one side: a length without its unit says nothing."""
EXISTENCE = "Rotation"


@dataclass(frozen=True, slots=True)
class Difference:
    """What both say about one part: its values field by field, None for a side on which the rotation is missing.

    `rotation` is its name, empty for the schedule itself. Whether a side changed it is None where that is not known.
    """

    part: str
    rotation: str
    theirs: tuple[Any, ...] | None
    mine: tuple[Any, ...] | None
    changed_by_them: bool | None
    changed_by_me: bool | None


def differences(base: ScheduleFields | None, mine: ScheduleFields, theirs: ScheduleFields) -> tuple[Difference, ...]:
    """Everything that two edits of `base` say otherwise, in the order of the form."""
    whole = _between(WHOLE_PARTS, "", base, mine, theirs)
    before = {each.id: each for each in base.rotations} if base else {}
    own = {each.id: each for each in mine.rotations if each.id}
    found = list(whole)
    for each in theirs.rotations:
        was = before.get(each.id)
        if each.id in own:
            found.extend(_between(ROTATION_PARTS, each.name, was, own[each.id], each))
        else:
            found.append(_only(each, was, base, is_mine=False))
    there = {each.id for each in theirs.rotations}
    found.extend(
        _only(each, before.get(each.id) if each.id else None, base, is_mine=True)
        for each in mine.rotations
        if each.id is None or each.id not in there
    )
    return tuple(found)


def merged(base: ScheduleFields, mine: ScheduleFields, theirs: ScheduleFields) -> ScheduleFields:
    """Both edits of `base` in one: theirs, with what was changed in mine, also where both changed it.

    A rotation that one side made stays, one that a side removed goes; what they removed and I changed is a new one.
    """
    before = {each.id: each for each in base.rotations}
    own = {each.id: each for each in mine.rotations if each.id}
    there = {each.id for each in theirs.rotations}
    rotations = [
        replace(each, **_taken(ROTATION_PARTS, before.get(each.id), own[each.id], each)) if each.id in own else each
        for each in theirs.rotations
        if each.id in own or each.id not in before
    ]
    rotations += [
        replace(each, id=None)
        for each in mine.rotations
        if each.id is None or (each.id not in there and _is_changed(each, before.get(each.id)))
    ]
    keyed = tuple(replace(each, key=key) for key, each in enumerate(rotations, start=1))
    parts = _taken(WHOLE_PARTS, base, mine, theirs)
    return replace(mine, **parts, rotations=keyed, next_key=len(keyed) + 1)


def _between(
    parts: Mapping[str, tuple[str, ...]],
    rotation: str,
    base: ScheduleFields | RotationFields | None,
    mine: ScheduleFields | RotationFields,
    theirs: ScheduleFields | RotationFields,
) -> Iterator[Difference]:
    for part, names in parts.items():
        was = _values(base, names) if base else None
        said, own = _values(theirs, names), _values(mine, names)
        if said != own:
            known = was is not None
            yield Difference(part, rotation, said, own, said != was if known else None, own != was if known else None)


def _only(
    rotation: RotationFields, was: RotationFields | None, base: ScheduleFields | None, *, is_mine: bool
) -> Difference:
    """A rotation that stands on one side alone: made there, or removed on the other."""
    value, is_new = (rotation.name,), was is None
    by_me, by_them = (is_new, not is_new) if is_mine else (not is_new, is_new)
    return Difference(
        part=EXISTENCE,
        rotation=rotation.name,
        theirs=None if is_mine else value,
        mine=value if is_mine else None,
        changed_by_them=by_them if base else None,
        changed_by_me=by_me if base else None,
    )


def _taken(
    parts: Mapping[str, tuple[str, ...]],
    base: ScheduleFields | RotationFields | None,
    mine: ScheduleFields | RotationFields,
    theirs: ScheduleFields | RotationFields,
) -> dict[str, Any]:
    """The values of all parts, each from the side that changed it, from mine where both did."""
    taken: dict[str, Any] = {}
    for names in parts.values():
        own = _values(mine, names)
        is_mine = base is None or own != _values(base, names)
        taken.update(zip(names, own if is_mine else _values(theirs, names), strict=True))
    return taken


def _values(of: ScheduleFields | RotationFields, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(of, name) for name in names)


def _is_changed(mine: RotationFields, was: RotationFields | None) -> bool:
    return was is None or replace(mine, key=was.key) != was
