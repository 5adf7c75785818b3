"""Home tabs that somebody has opened, in the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import HomeTab, User

_OPENED_AMONG = (
    select(User.id, User.slack_id)
    .join(HomeTab, col(HomeTab.user_id) == User.id)
    .where(
        col(User.id).in_(bindparam("user_ids", expanding=True)),
        col(HomeTab.opened_at) >= bindparam("since"),
        col(User.slack_id).is_not(None),
        col(User.has_left).is_(False),
    )
    .order_by(User.id)
)


async def open_it(session: AsyncSession, user_id: str, at: datetime) -> None:
    """Remember that somebody opened theirs, and when they did last."""
    row = await session.get(HomeTab, user_id, with_for_update=True)
    if row is None:
        try:
            async with session.begin_nested():
                session.add(HomeTab(user_id=user_id, opened_at=at))
        except IntegrityError:  # opened on two devices at once: the other one has written it down
            return
    else:
        row.opened_at = at


async def opened_among(session: AsyncSession, user_ids: Iterable[str], *, since: datetime) -> list[tuple[str, str]]:
    """Those of these people who have opened theirs since then: their id and their id in Slack, in order."""
    found = await session.exec(_OPENED_AMONG, params={"user_ids": list(set(user_ids)), "since": since})
    return [(user_id, slack_id) for user_id, slack_id in found.all() if slack_id]
