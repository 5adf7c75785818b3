"""Everything that says who is on call by some schedules, read from the database at once.

Of a thousand schedules that is ten thousand rows: hence plain tuples of the columns that count. Rows as the models have
them took three times as long.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlmodel
from sqlalchemy import BindParameter, Select, Text, bindparam, cast, select
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Override, Rotation, RotationVersion, Schedule
from storage.rows import table_of


class RotationLine(NamedTuple):
    """A rotation, without what it says."""

    id: str
    schedule_id: str
    name: str
    closed_at: datetime | None


class VersionLine(NamedTuple):
    """What a rotation says from `holds_from` on. `participants` and `restriction` are JSON as text, since many say the
    same and whoever reads it once has read it for all.
    """

    rotation_id: str
    holds_from: datetime | None
    start: datetime
    end: datetime | None
    type: str
    length: int
    participants: str
    restriction: str | None
    turns: str
    counted_from: datetime | None
    place: int
    skipped_seconds: int
    timezone: str | None


class OverrideLine(NamedTuple):
    """Somebody, or nobody, laid over rotations; `rotation_ids` are JSON as text."""

    id: str
    schedule_id: str
    kind: str
    user_id: str | None
    team_id: str | None
    escalation_id: str | None
    start: datetime
    end: datetime
    rotation_ids: str
    sequence: int
    created_by: str | None


@dataclass(frozen=True, slots=True)
class ScheduleRows:
    """A schedule with everything that says who is on call by it."""

    schedule: Schedule
    rotations: Sequence[RotationLine]
    versions: Sequence[VersionLine]
    overrides: Sequence[OverrideLine]


def _reading(model: type[SQLModel], line: type[NamedTuple], order: str) -> Select[Any]:
    columns = table_of(model).c
    as_text = {"participants", "restriction", "rotation_ids"}
    read = (cast(columns[name], Text) if name in as_text else columns[name] for name in line._fields)
    return select(*read).order_by(columns[order])


_ROTATION, _VERSION, _OVERRIDE = (table_of(each).c for each in (Rotation, RotationVersion, Override))
_IDS: BindParameter[str] = bindparam("ids", expanding=True)
_ROTATIONS = _reading(Rotation, RotationLine, "position")
_ROTATIONS_OF = _ROTATIONS.where(_ROTATION.schedule_id.in_(_IDS))
_VERSIONS = _reading(RotationVersion, VersionLine, "sequence")
_VERSIONS_OF = _VERSIONS.where(_VERSION.rotation_id.in_(select(_ROTATION.id).where(_ROTATION.schedule_id.in_(_IDS))))
_OVERRIDES = _reading(Override, OverrideLine, "sequence").where(_OVERRIDE.end > bindparam("until_after"))
_OVERRIDES_OF = _OVERRIDES.where(_OVERRIDE.schedule_id.in_(_IDS))


async def every(session: AsyncSession, *, overrides_until_after: datetime) -> list[ScheduleRows]:
    """All schedules, in order of their names, and the overrides that end after an instant; four statements.

    None of them lists ids: a database takes some ten thousands of them in one statement, and no more.
    """
    schedules = (await session.exec(sqlmodel.select(Schedule).order_by(Schedule.name_key))).all()
    connection = await session.connection()
    return _put_together(
        schedules,
        await connection.execute(_ROTATIONS),
        await connection.execute(_VERSIONS),
        await connection.execute(_OVERRIDES, {"until_after": overrides_until_after}),
    )


async def of(
    session: AsyncSession, schedules: Iterable[Schedule], *, overrides_until_after: datetime
) -> list[ScheduleRows]:
    """These schedules, in their order, and the overrides that end after an instant; three statements at most."""
    wanted = list(schedules)
    if not wanted:
        return []
    await session.flush()
    connection, ids = await session.connection(), [each.id for each in wanted]
    return _put_together(
        wanted,
        await connection.execute(_ROTATIONS_OF, {"ids": ids}),
        await connection.execute(_VERSIONS_OF, {"ids": ids}),
        await connection.execute(_OVERRIDES_OF, {"ids": ids, "until_after": overrides_until_after}),
    )


def _put_together(
    schedules: Iterable[Schedule], rotations: Iterable[Any], versions: Iterable[Any], overrides: Iterable[Any]
) -> list[ScheduleRows]:
    own: defaultdict[str, list[RotationLine]] = defaultdict(list)
    said: defaultdict[str, list[VersionLine]] = defaultdict(list)
    laid: defaultdict[str, list[OverrideLine]] = defaultdict(list)
    for rotation in map(RotationLine._make, rotations):
        own[rotation.schedule_id].append(rotation)
    for version in map(VersionLine._make, versions):
        said[version.rotation_id].append(version)
    for override in map(OverrideLine._make, overrides):
        laid[override.schedule_id].append(override)
    return [
        ScheduleRows(
            schedule,
            own[schedule.id],
            [version for rotation in own[schedule.id] for version in said[rotation.id]],
            laid[schedule.id],
        )
        for schedule in schedules
    ]
