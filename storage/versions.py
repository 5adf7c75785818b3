"""Postmortems as they were published, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import PostmortemVersion, User


@dataclass(frozen=True, slots=True)
class Published:
    """A version without what is in it. `by` is None where a program published it for nobody."""

    number: int
    at: datetime
    by: User | None


async def of_postmortem(session: AsyncSession, postmortem_id: str) -> Sequence[Published]:
    """Every version of a postmortem, the oldest first."""
    statement = (
        select(PostmortemVersion.number, PostmortemVersion.published_at, User)
        .join(User, col(User.id) == PostmortemVersion.published_by, isouter=True)
        .where(PostmortemVersion.postmortem_id == postmortem_id)
        .order_by(col(PostmortemVersion.number))
    )
    return [Published(*row) for row in (await session.exec(statement)).all()]


async def numbered(session: AsyncSession, postmortem_id: str, number: int) -> PostmortemVersion | None:
    """That version of a postmortem."""
    return await session.get(PostmortemVersion, (postmortem_id, number))
