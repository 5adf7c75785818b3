"""Requests that were carried out, in the database."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Receipt


async def purge(session: AsyncSession, *, before: datetime, limit: int) -> int:
    """Delete up to `limit` receipts written before then; answers how many."""
    found = (await session.exec(select(Receipt.key).where(Receipt.at < before).limit(limit))).all()
    await session.exec(delete(Receipt).where(col(Receipt.key).in_(found)))
    return len(found)
