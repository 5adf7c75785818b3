"""Who is left in peace about what, in the database."""

from __future__ import annotations

from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Snooze


async def of_person(session: AsyncSession, postmortem_id: str, user_id: str) -> Snooze | None:
    """One person's snooze of one postmortem."""
    return await session.get(Snooze, (postmortem_id, user_id))


async def end_all(session: AsyncSession, postmortem_id: str) -> None:
    """Let everybody hear of a postmortem again."""
    await session.exec(delete(Snooze).where(col(Snooze.postmortem_id) == postmortem_id))
