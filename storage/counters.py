"""Numbers given out one by one."""

from __future__ import annotations

from typing import Any

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.inserting import Put
from storage.models import Counter


async def advance(session: AsyncSession, name: str) -> int:
    """The next number under that name, from 1. Whoever asks at the same time waits for this transaction to end."""
    connection = await session.connection()
    advanced = await connection.execute(_ADVANCED.fitting(session), {"name": name, "value": 1})
    return int(advanced.scalar_one())


def _one_more(insert: Any) -> Any:
    more = {"value": col(Counter.value) + 1}
    return insert.on_conflict_do_update(index_elements=["name"], set_=more).returning(col(Counter.value))


_ADVANCED = Put(Counter, ("name", "value"), _one_more)
