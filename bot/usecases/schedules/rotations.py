"""Add, edit and remove one rotation of a schedule; the others stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bot.engines.rotation import Rotation, Schedule
from bot.errors import BadFields, NotFound
from bot.queries import schedules
from bot.usecases.schedules.edit import edit
from bot.usecases.schedules.planning import GONE
from bot.usecases.schedules.wanted import UNSAID, WantedRotation, WantedSchedule
from bot.usecases.unit import Unit
from storage import schedules as rows


async def add_rotation(unit: Unit, schedule_id: str, wanted: WantedRotation) -> Rotation:
    """Add the rotation after all others, from now on; answers it with its id, which is the unit's outcome too.

    Raises:
        NotFound: the schedule is gone.
        NotAllowed: they may not edit it.
        BadFields: something in it is wrong, by the fields of a `WantedRotation`.
    """
    there = await _held(unit, schedule_id)
    with _alone(len(there)):
        after = await _with(unit, schedule_id, [*map(_as_it_is, there), wanted])
    before = {each.id for each in there}
    made = next(each for each in _open(after) if each.id not in before)
    unit.outcome = made.id
    return made


async def edit_rotation(unit: Unit, schedule_id: str, wanted: WantedRotation) -> Rotation:
    """Change what is said of the rotation `wanted.id`, from now on; its past stays. Answers it as it is then.

    Raises:
        NotFound: the schedule is gone, or the rotation is.
        NotAllowed: they may not edit the schedule.
        BadFields: something in it is wrong, by the fields of a `WantedRotation`.
    """
    there = await _held(unit, schedule_id)
    place = _place_of(there, wanted.id)
    with _alone(place):
        after = await _with(unit, schedule_id, [wanted if each.id == wanted.id else _as_it_is(each) for each in there])
    unit.outcome = there[place].id
    return next(each for each in after.rotations if each.id == wanted.id)


async def remove_rotation(unit: Unit, schedule_id: str, rotation_id: str) -> None:
    """Close the rotation now; its past stays. A schedule may be left without any.

    Raises:
        NotFound: the schedule is gone, or the rotation is.
        NotAllowed: they may not edit the schedule.
    """
    there = await _held(unit, schedule_id)
    _place_of(there, rotation_id)
    await _with(unit, schedule_id, [_as_it_is(each) for each in there if each.id != rotation_id])
    unit.outcome = rotation_id


def rotation_gone(rotation_id: str | None) -> str:
    """What is said where a schedule has no such rotation, or no more."""
    return f"No rotation exists with id [{rotation_id}]."


async def _held(unit: Unit, schedule_id: str) -> list[Rotation]:
    """The rotations of a schedule that nobody else changes before this transaction ends."""
    row = await rows.by_id(unit.session, schedule_id, lock=True)
    watched = await schedules.by_id(unit.reading, schedule_id) if row else None
    if watched is None:
        raise NotFound(GONE)
    return _open(watched.schedule)


def _open(schedule: Schedule) -> list[Rotation]:
    return [each for each in schedule.rotations if each.closed_at is None]


def _as_it_is(rotation: Rotation) -> WantedRotation:
    return WantedRotation.as_it_is(rotation.id)


def _place_of(there: Sequence[Rotation], rotation_id: str | None) -> int:
    place = next((place for place, each in enumerate(there) if each.id == rotation_id), None)
    if place is None:
        raise NotFound(rotation_gone(rotation_id))
    return place


async def _with(unit: Unit, schedule_id: str, rotations: Sequence[WantedRotation]) -> Schedule:
    return await edit(unit, schedule_id, WantedSchedule(UNSAID, UNSAID, UNSAID, tuple(rotations)))


@contextmanager
def _alone(place: int) -> Iterator[None]:
    """The faults of the rotation at that place, by its own fields: nothing else was asked for."""
    try:
        yield
    except BadFields as error:
        prefix = f"rotations.{place}."
        raise BadFields({name.removeprefix(prefix): why for name, why in error.fields.items()}) from error
