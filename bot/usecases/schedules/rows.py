"""A schedule of the rotation engine as rows: the way back is in queries/schedules.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.engines.rotation import Participant, Restriction, Rotation, RotationVersion, Schedule, TimeWindow
from bot.usecases.unit import Unit
from storage import models, schedules


async def store_rotations(unit: Unit, schedule: Schedule, schedule_id: str) -> Schedule:
    """Make the rows of a schedule's rotations say what the value says, in its order; answers it with its new ids."""
    rows = {row.id: row for row in await schedules.rotations_of(unit.session, schedule_id)}
    stored: list[Rotation] = []
    for position, rotation in enumerate(schedule.rotations):
        row = rows.get(rotation.id)
        if row is None:
            row = models.Rotation(schedule_id=schedule_id, name=rotation.name, position=position)
            unit.session.add(row)
            await unit.session.flush()
        row.name = rotation.name
        row.position = position
        row.closed_at = rotation.closed_at
        await _store_versions(unit, row.id, rotation.versions)
        stored.append(replace(rotation, id=row.id))
    return replace(schedule, id=schedule_id, rotations=tuple(stored))


def described(schedule: Schedule, team: str | None, description: str) -> dict[str, Any]:
    """A schedule for the log: what is asked of each rotation that is not closed, and since when it counts."""
    return {
        "name": schedule.name,
        "description": description,
        "timezone": schedule.zone.key,
        "enabled": schedule.enabled,
        "team": team,
        "rotations": [
            {
                "id": rotation.id,
                "name": rotation.name,
                "start": rotation.rule.start.isoformat(),
                "end": _iso(rotation.rule.end),
                "type": rotation.rule.type.value,
                "length": rotation.rule.length,
                "participants": [_participant(who) for who in rotation.rule.participants],
                "restriction": _restriction(rotation.rule.restriction),
                "turns": rotation.rule.turns.value,
                "holds_from": _iso(rotation.versions[-1].holds_from),
            }
            for rotation in schedule.rotations
            if rotation.closed_at is None
        ],
    }


def closings(before: Schedule, after: Schedule) -> dict[str, str]:
    """For the log: the rotations that an edit closed, by id, and from when on they are gone."""
    was_open = {rotation.id for rotation in before.rotations if rotation.closed_at is None}
    return {each.id: each.closed_at.isoformat() for each in after.rotations if each.closed_at and each.id in was_open}


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


async def _store_versions(unit: Unit, rotation_id: str, versions: tuple[RotationVersion, ...]) -> None:
    rows = {row.sequence: row for row in await schedules.versions_of(unit.session, rotation_id)}
    for sequence, version in enumerate(versions):
        row = rows.pop(sequence, None)
        columns = _columns(version)
        if row is None:
            unit.session.add(models.RotationVersion(rotation_id=rotation_id, sequence=sequence, **columns))
            continue
        for name, value in columns.items():
            setattr(row, name, value)
    for row in rows.values():
        await unit.session.delete(row)


def _columns(version: RotationVersion) -> dict[str, Any]:
    rule = version.rule
    return {
        "holds_from": version.holds_from,
        "start": rule.start,
        "end": rule.end,
        "type": rule.type,
        "length": rule.length,
        "participants": [_participant(who) for who in rule.participants],
        "restriction": _restriction(rule.restriction),
        "turns": rule.turns,
        "counted_from": version.counted_from,
        "place": version.place,
        "skipped_seconds": version.skipped // timedelta(seconds=1),
        "timezone": version.zone.key if version.zone else None,
    }


def _participant(who: Participant) -> dict[str, Any]:
    return {"type": who.kind.value, "id": who.id}


def _restriction(restriction: Restriction | None) -> dict[str, Any] | None:
    if restriction is None:
        return None
    return {"type": restriction.kind.value, "windows": [_window(window) for window in restriction.windows]}


def _window(window: TimeWindow) -> dict[str, Any]:
    return {
        "start_day": window.start_day.value if window.start_day else None,
        "start_hour": window.start_hour,
        "start_minute": window.start_minute,
        "end_day": window.end_day.value if window.end_day else None,
        "end_hour": window.end_hour,
        "end_minute": window.end_minute,
    }
