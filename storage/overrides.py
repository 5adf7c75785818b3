"""Overrides in the database."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Override


async def by_id(session: AsyncSession, override_id: str) -> Override | None:
    """The override with that id."""
    return await session.get(Override, override_id)


async def next_sequence(session: AsyncSession, schedule_id: str) -> int:
    """The place of the next override of a schedule: above all there are. Hold the schedule's row while asking."""
    highest = select(func.max(Override.sequence)).where(Override.schedule_id == schedule_id)
    return ((await session.exec(highest)).one() or 0) + 1


async def any_of(session: AsyncSession, schedule_id: str) -> bool:
    """Whether a schedule has an override at all."""
    found = await session.exec(select(Override.id).where(Override.schedule_id == schedule_id).limit(1))
    return found.first() is not None


async def any_naming(session: AsyncSession, schedule_id: str, rotation_ids: Iterable[str]) -> bool:
    """Whether an override of a schedule names one of these rotations."""
    wanted = set(rotation_ids)
    if not wanted:
        return False
    found = await session.exec(select(Override.rotation_ids).where(Override.schedule_id == schedule_id))
    return any(wanted.intersection(named) for named in found)


async def by_alias(session: AsyncSession, schedule_id: str, alias: str) -> Override | None:
    """The override of a schedule that programs call so."""
    wanted = select(Override).where(Override.schedule_id == schedule_id, Override.alias == alias)
    return (await session.exec(wanted)).first()


async def of_schedule(session: AsyncSession, schedule_id: str) -> list[Override]:
    """Every override of a schedule, past ones too, in the order in which they were made."""
    wanted = select(Override).where(Override.schedule_id == schedule_id)
    return list((await session.exec(wanted.order_by(col(Override.sequence)))).all())
