"""People in the database."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import User


async def by_slack_id(session: AsyncSession, slack_id: str) -> User | None:
    """The person with that id in Slack."""
    return (await session.exec(select(User).where(User.slack_id == slack_id))).first()


async def by_email(session: AsyncSession, email: str) -> User | None:
    """The person with that e-mail, whatever its case."""
    return (await session.exec(select(User).where(User.email == email.lower()))).first()


async def by_ids(session: AsyncSession, ids: Iterable[str]) -> list[User]:
    """The people with these ids, in no order."""
    wanted = set(ids)
    if not wanted:
        return []
    return list((await session.exec(select(User).where(col(User.id).in_(wanted)))).all())
