"""What a postmortem's page shows beside what programs are told of it, of many at once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import ActionItem, Postmortem, PostmortemVersion
from storage.postmortem_lists import grouped
from storage.postmortems import PRESENT


async def actions_of(session: AsyncSession, ids: Sequence[str]) -> dict[str, list[ActionItem]]:
    """The actions of each of these postmortems, in the order in which they were made."""
    statement = (
        select(ActionItem.postmortem_id, ActionItem)
        .where(col(ActionItem.postmortem_id).in_(ids))
        .order_by(col(ActionItem.created_at), col(ActionItem.id))
    )
    return grouped(ids, (await session.exec(statement)).all())


async def last_versions(session: AsyncSession, ids: Sequence[str]) -> dict[str, int]:
    """The number of the last published version of each of these postmortems that has one."""
    owners = col(PostmortemVersion.postmortem_id)
    statement = select(PostmortemVersion.postmortem_id, func.max(PostmortemVersion.number))
    return dict((await session.exec(statement.where(owners.in_(ids)).group_by(owners))).all())


async def newest(session: AsyncSession, *, limit: int) -> Sequence[tuple[int, str]]:
    """The numbers and titles of the newest postmortems that are not deleted."""
    statement = select(Postmortem.number, Postmortem.title).where(PRESENT)
    return (await session.exec(statement.order_by(col(Postmortem.number).desc()).limit(limit))).all()
