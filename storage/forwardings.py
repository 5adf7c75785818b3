"""Forwardings in the database."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Forwarding


async def by_id(session: AsyncSession, forwarding_id: str, *, lock: bool = False) -> Forwarding | None:
    """The forwarding with that id; with `lock` nobody else changes it before this transaction ends."""
    return await session.get(Forwarding, forwarding_id, with_for_update=lock or None)


async def by_alias(session: AsyncSession, alias: str) -> Forwarding | None:
    """The forwarding that programs call so."""
    return (await session.exec(select(Forwarding).where(Forwarding.alias == alias))).first()


async def every(session: AsyncSession) -> list[Forwarding]:
    """All that there are, in the order in which they were made."""
    return list((await session.exec(select(Forwarding).order_by(col(Forwarding.sequence)))).all())


async def of_user(session: AsyncSession, user_id: str) -> list[Forwarding]:
    """Those that pass on a user's duty, in the order in which they were made."""
    of_them = select(Forwarding).where(Forwarding.from_user_id == user_id)
    return list((await session.exec(of_them.order_by(col(Forwarding.sequence)))).all())


async def ending_after(session: AsyncSession, instant: datetime) -> list[Forwarding]:
    """Those that end after an instant, in the order in which they were made."""
    lasting = select(Forwarding).where(col(Forwarding.end) > instant)
    return list((await session.exec(lasting.order_by(col(Forwarding.sequence)))).all())
