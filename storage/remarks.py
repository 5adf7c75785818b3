"""What was said in the reviews of postmortems, in the database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Remark, User
from storage.postmortem_lists import grouped


async def of_postmortems(session: AsyncSession, ids: Sequence[str]) -> dict[str, list[tuple[Remark, User]]]:
    """What was said of each of these postmortems, and by whom, in the order in which it was said."""
    statement = (
        select(Remark, User)
        .join(User, col(User.id) == Remark.user_id)
        .where(col(Remark.postmortem_id).in_(ids))
        .order_by(col(Remark.at), col(Remark.id))
    )
    found = await session.exec(statement)
    return grouped(ids, [(remark.postmortem_id, (remark, user)) for remark, user in found.all()])
