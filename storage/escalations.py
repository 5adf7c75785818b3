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


async def every(session: AsyncSession, *, team_id: str | None = None) -> list[Escalation]:
    """All escalations by name, or those of one team."""
    statement = select(Escalation).order_by(Escalation.name)
    if team_id is not None:
        statement = statement.where(Escalation.team_id == team_id)
    return list((await session.exec(statement)).all())
