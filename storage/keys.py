"""API keys in the database: never their text, only its hash."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import col, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Allowance, ApiKey


async def by_digest(session: AsyncSession, digest: str) -> ApiKey | None:
    """The key whose text has that hash, revoked or not."""
    return (await session.exec(select(ApiKey).where(ApiKey.digest == digest))).first()


async def by_id(session: AsyncSession, key_id: str, *, lock: bool = False) -> ApiKey | None:
    """One key, revoked or not. `lock`: nobody else changes it before this transaction ends."""
    return await session.get(ApiKey, key_id, with_for_update=lock or None)


async def by_name(session: AsyncSession, name: str) -> ApiKey | None:
    """The key of that name, or id, that is not revoked."""
    wanted = select(ApiKey).where(or_(col(ApiKey.name) == name, col(ApiKey.id) == name))
    return (await session.exec(wanted.where(col(ApiKey.revoked_at).is_(None)))).first()


async def every(session: AsyncSession) -> list[ApiKey]:
    """All keys, revoked ones too, the oldest first."""
    return list((await session.exec(select(ApiKey).order_by(col(ApiKey.created_at), col(ApiKey.name)))).all())


async def used(session: AsyncSession, key_id: str, *, at: datetime) -> None:
    """Note when a key was used last; what another process noted later stands.

    It changes nothing that is remembered of keys, and so is not watched.
    """
    earlier = or_(col(ApiKey.last_used_at).is_(None), col(ApiKey.last_used_at) < at)
    statement = update(ApiKey).where(col(ApiKey.id) == key_id, earlier).values(last_used_at=at)
    await session.exec(statement, execution_options={"synchronize_session": False})


async def by_ids(session: AsyncSession, ids: Iterable[str]) -> list[ApiKey]:
    """The keys with these ids, revoked or not, in no order."""
    wanted = set(ids)
    if not wanted:
        return []
    return list((await session.exec(select(ApiKey).where(col(ApiKey.id).in_(wanted)))).all())


async def allowance(session: AsyncSession, key_id: str, domain: str, *, tokens: float, at: datetime) -> Allowance:
    """What a key has left in a domain, made with these tokens where nothing is known yet.

    Nobody else changes it before this transaction ends.
    """
    insert = postgres_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    first = insert(Allowance).values(key_id=key_id, domain=domain, tokens=tokens, filled_at=at)
    await (await session.connection()).execute(first.on_conflict_do_nothing())
    return await session.get_one(Allowance, (key_id, domain), with_for_update=True)
