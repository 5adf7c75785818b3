"""Which schedules belong to which channel, in the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import ChannelLink, Schedule


async def of_channel(session: AsyncSession, channel: str) -> list[tuple[str, str]]:
    """The ids and names of a channel's schedules, in order of their names."""
    found = await session.exec(
        select(Schedule.id, Schedule.name)
        .join(ChannelLink)
        .where(ChannelLink.channel == channel)
        .order_by(Schedule.name_key)
    )
    return list(found.all())


async def add(session: AsyncSession, *, channel: str, schedule_id: str, by: str, at: datetime) -> bool:
    """Whether the schedule became the channel's by this; False where it was already."""
    if await session.get(ChannelLink, (channel, schedule_id)):
        return False
    try:
        async with session.begin_nested():
            session.add(ChannelLink(channel=channel, schedule_id=schedule_id, created_at=at, created_by=by))
    except IntegrityError:  # somebody else was quicker by a moment
        return False
    return True


async def remove(session: AsyncSession, *, channel: str, schedule_id: str) -> bool:
    """Whether the schedule was the channel's until this."""
    row = await session.get(ChannelLink, (channel, schedule_id), with_for_update=True)
    if row is None:
        return False
    await session.delete(row)
    return True


async def any_of(session: AsyncSession, schedule_id: str) -> bool:
    """Whether the schedule is some channel's."""
    found = await session.exec(select(ChannelLink.channel).where(ChannelLink.schedule_id == schedule_id).limit(1))
    return found.first() is not None
