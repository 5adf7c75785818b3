"""Escalations in the database."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Escalation


async def by_ids(session: AsyncSession, ids: Iterable[str]) -> list[Escalation]:
    """The escalations with these ids, in no order."""
    wanted = set(ids)
    if not wanted:
        return []
    return list((await session.exec(select(Escalation).where(col(Escalation.id).in_(wanted)))).all())
