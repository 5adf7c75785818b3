"""Which schedules belong to which channel, in the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
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


async def channels(session: AsyncSession, *, schedule_id: str | None = None, team_id: str | None = None) -> list[str]:
    """The channels that a schedule is linked to, or any schedule of a team, the first linked first, each once."""
    statement = select(ChannelLink.channel)
    if schedule_id is not None:
        statement = statement.where(ChannelLink.schedule_id == schedule_id)
    if team_id is not None:
        statement = statement.join(Schedule).where(Schedule.team_id == team_id)
    ordered = statement.order_by(col(ChannelLink.created_at), ChannelLink.channel)
    return list(dict.fromkeys((await session.exec(ordered)).all()))


async def any_of(session: AsyncSession, schedule_id: str) -> bool:
    """Whether the schedule is some channel's."""
    found = await session.exec(select(ChannelLink.channel).where(ChannelLink.schedule_id == schedule_id).limit(1))
    return found.first() is not None
