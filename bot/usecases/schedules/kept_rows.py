"""Every row of a schedule as it is, kept in the event of an edit, and the way back to exactly those rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import SQLModel

from bot.usecases.unit import Unit
from storage import models, overrides, schedules


async def rows_of(unit: Unit, row: models.Schedule) -> dict[str, Any]:
    """The schedule's row, its rotations' and all their versions', as JSON keeps them."""
    rotations = await schedules.rotations_of(unit.session, row.id)
    versions = [each for rotation in rotations for each in await schedules.versions_of(unit.session, rotation.id)]
    return {
        "schedule": _as_json(row),
        "rotations": [_as_json(each) for each in rotations],
        "versions": [_as_json(each) for each in versions],
    }


async def rows_hanging_on(unit: Unit, row: models.Schedule) -> dict[str, Any]:
    """What goes with a schedule when it goes: its overrides and its links to channels, as JSON keeps them."""
    return {
        "overrides": [_as_json(each) for each in await overrides.of_schedule(unit.session, row.id)],
        "links": [_as_json(each) for each in await schedules.links_of(unit.session, row.id)],
    }


async def put_back(unit: Unit, row: models.Schedule, kept: Mapping[str, Any]) -> None:
    """Make the rows what they were. The version of the schedule's row goes up all the same: this is a change too.

    Raises:
        IntegrityError: its name belongs to another schedule.
    """
    before = models.Schedule.model_validate(kept["schedule"])
    row.name, row.name_key, row.timezone = before.name, before.name_key, before.timezone
    row.description, row.team_id = before.description, before.team_id
    row.enabled, row.off_since = before.enabled, before.off_since
    flag_modified(row, "name")
    stays = {each["id"] for each in kept["rotations"]}
    for rotation in await schedules.rotations_of(unit.session, row.id):
        if rotation.id not in stays:
            await schedules.delete_rotation(unit.session, rotation)
    for each in kept["rotations"]:
        await unit.session.merge(models.Rotation.model_validate(each))
    await _put_back_versions(unit, kept)
    await unit.session.flush()


def _as_json(row: SQLModel) -> dict[str, Any]:
    """A row column by column; `model_validate` reads it back as the same row."""
    values = ((name, getattr(row, name)) for name in type(row).model_fields)
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values}


async def _put_back_versions(unit: Unit, kept: Mapping[str, Any]) -> None:
    wanted = [models.RotationVersion.model_validate(each) for each in kept["versions"]]
    numbers = {(each.rotation_id, each.sequence) for each in wanted}
    for rotation in kept["rotations"]:
        for version in await schedules.versions_of(unit.session, rotation["id"]):
            if (version.rotation_id, version.sequence) not in numbers:
                await unit.session.delete(version)
    for version in wanted:
        await unit.session.merge(version)
