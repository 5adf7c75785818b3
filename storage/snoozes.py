"""Who is left in peace about what, in the database."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Snooze


async def of_person(session: AsyncSession, postmortem_id: str, user_id: str) -> Snooze | None:
    """One person's snooze of one postmortem."""
    return await session.get(Snooze, (postmortem_id, user_id))


async def of_postmortems(session: AsyncSession, ids: Iterable[str]) -> list[Snooze]:
    """Every snooze of these postmortems, in no order."""
    return list((await session.exec(select(Snooze).where(col(Snooze.postmortem_id).in_(list(ids))))).all())
