"""API keys in the database: never their text, only its hash."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import ApiKey


async def by_digest(session: AsyncSession, digest: str) -> ApiKey | None:
    """The key whose text has that hash, revoked or not."""
    return (await session.exec(select(ApiKey).where(ApiKey.digest == digest))).first()


async def by_name(session: AsyncSession, name: str) -> ApiKey | None:
    """The key of that name, or id, that is not revoked."""
    wanted = select(ApiKey).where(or_(col(ApiKey.name) == name, col(ApiKey.id) == name))
    return (await session.exec(wanted.where(col(ApiKey.revoked_at).is_(None)))).first()


async def every(session: AsyncSession) -> list[ApiKey]:
    """All keys, revoked ones too, the oldest first."""
    return list((await session.exec(select(ApiKey).order_by(col(ApiKey.created_at), col(ApiKey.name)))).all())


async def used(session: AsyncSession, key_id: str, *, at: datetime) -> None:
    """Note when a key was used last. It changes nothing that is remembered of keys, and so is not watched."""
    statement = update(ApiKey).where(col(ApiKey.id) == key_id).values(last_used_at=at)
    await session.exec(statement, execution_options={"synchronize_session": False})
