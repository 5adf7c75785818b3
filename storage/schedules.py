"""Schedules, rotations, their versions and overrides in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, cast
from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Event, Override, Rotation, RotationVersion, Schedule
from storage.models.base import name_key


@dataclass(frozen=True, slots=True)
class ScheduleRows:
    """A schedule with everything that says who is on call by it."""

    schedule: Schedule
    rotations: Sequence[Rotation]
    versions: Sequence[RotationVersion]
    overrides: Sequence[Override]


async def names(session: AsyncSession) -> list[str]:
    """The names of all schedules, in order."""
    return list((await session.exec(select(Schedule.name).order_by(Schedule.name_key))).all())


async def all_by_name(session: AsyncSession, *, limit: int | None = None) -> list[Schedule]:
    """The schedules in order of their names, `limit` of them at most."""
    return list((await session.exec(select(Schedule).order_by(Schedule.name_key).limit(limit))).all())


async def count(session: AsyncSession) -> int:
    """How many schedules there are."""
    return (await session.exec(select(func.count()).select_from(Schedule))).one()


async def by_name(session: AsyncSession, name: str) -> Schedule | None:
    """The schedule of that name; case and blanks do not count."""
    return (await session.exec(select(Schedule).where(Schedule.name_key == name_key(name)))).first()


async def by_id(session: AsyncSession, schedule_id: str, *, lock: bool = False) -> Schedule | None:
    """The schedule with that id; with `lock` nobody else changes it before this transaction ends."""
    return await session.get(Schedule, schedule_id, with_for_update=lock or None)


async def concerning(session: AsyncSession, user_id: str, now: datetime) -> list[Schedule]:
    """The schedules that name a user in a roster, in any version, or in an override that ends after `now`."""
    in_roster = (
        select(Rotation.schedule_id)
        .join(RotationVersion, col(RotationVersion.rotation_id) == Rotation.id)
        .where(cast(col(RotationVersion.participants), Text).contains(user_id, autoescape=True))
    )
    in_override = select(Override.schedule_id).where(Override.user_id == user_id, col(Override.end) > now)
    found = await session.exec(
        select(Schedule)
        .where(or_(col(Schedule.id).in_(in_roster), col(Schedule.id).in_(in_override)))
        .order_by(Schedule.name_key)
    )
    return list(found.all())


async def rotations_of(session: AsyncSession, schedule_id: str) -> list[Rotation]:
    """A schedule's rotations in their order, those closed included."""
    found = await session.exec(
        select(Rotation).where(Rotation.schedule_id == schedule_id).order_by(col(Rotation.position))
    )
    return list(found.all())


async def versions_of(session: AsyncSession, rotation_id: str) -> list[RotationVersion]:
    """A rotation's versions in their order."""
    found = await session.exec(
        select(RotationVersion)
        .where(RotationVersion.rotation_id == rotation_id)
        .order_by(col(RotationVersion.sequence))
    )
    return list(found.all())


async def last_event(session: AsyncSession, schedule_id: str) -> Event | None:
    """What happened to a schedule last."""
    newest_first = select(Event).where(Event.subject_id == schedule_id).order_by(col(Event.id).desc())
    return (await session.exec(newest_first.limit(1))).first()


async def with_rotations(
    session: AsyncSession, schedules: Iterable[Schedule], *, overrides_until_after: datetime
) -> list[ScheduleRows]:
    """The schedules with their rotations, and the overrides that end after an instant; four statements at most."""
    wanted = list(schedules)
    ids = [schedule.id for schedule in wanted]
    if not ids:
        return []
    rotations = (
        await session.exec(select(Rotation).where(col(Rotation.schedule_id).in_(ids)).order_by(col(Rotation.position)))
    ).all()
    versions = (
        await session.exec(
            select(RotationVersion)
            .where(col(RotationVersion.rotation_id).in_([rotation.id for rotation in rotations]))
            .order_by(col(RotationVersion.sequence))
        )
    ).all()
    overrides = (
        await session.exec(
            select(Override)
            .where(col(Override.schedule_id).in_(ids), col(Override.end) > overrides_until_after)
            .order_by(col(Override.sequence))
        )
    ).all()
    return [_rows(schedule, rotations, versions, overrides) for schedule in wanted]


def _rows(
    schedule: Schedule,
    rotations: Sequence[Rotation],
    versions: Sequence[RotationVersion],
    overrides: Sequence[Override],
) -> ScheduleRows:
    own = [rotation for rotation in rotations if rotation.schedule_id == schedule.id]
    ids = {rotation.id for rotation in own}
    return ScheduleRows(
        schedule,
        own,
        [version for version in versions if version.rotation_id in ids],
        [override for override in overrides if override.schedule_id == schedule.id],
    )
