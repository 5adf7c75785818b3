"""People in the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import User


async def by_slack_id(session: AsyncSession, slack_id: str) -> User | None:
    """The person with that id in Slack."""
    return (await session.exec(select(User).where(User.slack_id == slack_id))).first()


async def by_slack_ids(session: AsyncSession, slack_ids: Iterable[str]) -> list[User]:
    """The people with these ids in Slack, in no order."""
    wanted = set(slack_ids)
    if not wanted:
        return []
    return list((await session.exec(select(User).where(col(User.slack_id).in_(wanted)))).all())


async def by_email(session: AsyncSession, email: str) -> User | None:
    """The person with that e-mail, whatever its case."""
    return (await session.exec(select(User).where(User.email == email.lower()))).first()


async def by_emails(session: AsyncSession, emails: Iterable[str]) -> list[User]:
    """The people with these e-mails, which are in lower case, in no order."""
    wanted = set(emails)
    if not wanted:
        return []
    return list((await session.exec(select(User).where(col(User.email).in_(wanted)))).all())


async def refreshed(session: AsyncSession, slack_ids: Iterable[str], *, at: datetime, unless_since: datetime) -> None:
    """Note that Slack has told of these people at an instant; who was heard of since `unless_since` is left alone.

    No change of who is on call: it is not watched (storage/revisions.py).
    """
    statement = (
        update(User)
        .where(col(User.slack_id).in_(set(slack_ids)), col(User.refreshed_at) < unless_since)
        .values(refreshed_at=at)
    )
    await session.exec(statement, execution_options={"synchronize_session": False})


async def by_ids(session: AsyncSession, ids: Iterable[str]) -> list[User]:
    """The people with these ids, in no order."""
    wanted = set(ids)
    if not wanted:
        return []
    return list((await session.exec(select(User).where(col(User.id).in_(wanted)))).all())
