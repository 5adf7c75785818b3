"""Requests that were carried out, in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.inserting import Put
from storage.models import Receipt


def _unless_claimed(insert: Any) -> Any:
    return insert.on_conflict_do_nothing().returning(col(Receipt.key))


_CLAIMED = Put(Receipt, ("key", "outcome", "at"), _unless_claimed)
_CONCLUDED = update(Receipt).where(col(Receipt.key) == bindparam("claimed")).values(outcome=bindparam("told"))


async def claim(session: AsyncSession, key: str, *, at: datetime) -> bool:
    """Write a receipt for that key; whether there was none.

    Whoever asks while another's transaction has claimed it waits for that one to end.
    """
    connection = await session.connection()
    written = await connection.execute(_CLAIMED.fitting(session), {"key": key, "outcome": "", "at": at})
    return written.first() is not None


async def conclude(session: AsyncSession, key: str, outcome: str) -> None:
    """Note what the request of that key has led to; this transaction has claimed it."""
    await (await session.connection()).execute(_CONCLUDED, {"claimed": key, "told": outcome})


async def outcome_of(session: AsyncSession, key: str) -> str:
    """What the request of that key has led to."""
    return (await session.exec(select(Receipt.outcome).where(Receipt.key == key))).first() or ""


async def purge(session: AsyncSession, *, before: datetime, limit: int) -> int:
    """Delete up to `limit` receipts written before then; answers how many."""
    found = (await session.exec(select(Receipt.key).where(Receipt.at < before).limit(limit))).all()
    await session.exec(delete(Receipt).where(col(Receipt.key).in_(found)))
    return len(found)
