"""The links of calendar feeds, and the shifts that calendars were told of, in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Counter, FeedLink, Override, PublishedShift, Rotation, RotationVersion
from storage.revisions import COUNTER

Columns = Mapping[str, Any]
"""A shift as calendars were told of it, by the names of the table's columns: a feed has thousands of them."""
_TOLD = tuple(PublishedShift.model_fields)


async def link_of(session: AsyncSession, user_id: str, schedule_id: str, *, lock: bool = False) -> FeedLink | None:
    """Somebody's link to a schedule's feed, or with an empty id to that of their own shifts."""
    asked = select(FeedLink).where(FeedLink.user_id == user_id, FeedLink.schedule_id == schedule_id)
    return (await session.exec(asked.with_for_update() if lock else asked)).first()


async def link_by_token(session: AsyncSession, token: str) -> FeedLink | None:
    """The link with that secret."""
    return await session.get(FeedLink, token)


async def revision(session: AsyncSession) -> int:
    """The number of storage/revisions.py as this session sees it; 0 before the first change."""
    return (await session.exec(select(Counter.value).where(Counter.name == COUNTER))).first() or 0


async def add_link(session: AsyncSession, link: FeedLink) -> bool:
    """Whether it is there by this; False where the person has one to that feed already."""
    try:
        async with session.begin_nested():
            session.add(link)
    except IntegrityError:  # asked for on two devices at once
        return False
    return True


async def told(
    session: AsyncSession,
    *,
    after: str,
    up_to: str,
    ending_after: datetime,
    limit: int | None = None,
    lock: bool = False,
) -> list[Columns]:
    """The shifts with `after` < uid <= `up_to` that end after an instant, in the order of their uids.

    With `lock` nobody else changes them before this transaction ends.
    """
    is_between = (col(PublishedShift.uid) > after, col(PublishedShift.uid) <= up_to)
    asked = (
        select(*(getattr(PublishedShift, name) for name in _TOLD))
        .where(*is_between, col(PublishedShift.end) > ending_after)
        .order_by(col(PublishedShift.uid))
        .limit(limit)
    )
    connection = await session.connection()
    found = await connection.execute(asked.with_for_update() if lock else asked)
    return [dict(row) for row in found.mappings()]


async def tell(session: AsyncSession, shifts: Iterable[Columns]) -> None:
    """Write down what calendars are told of these from now on, whether they were told of them before or not."""
    insert = postgres_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    new = insert(PublishedShift)
    anew = {name: new.excluded[name] for name in _TOLD if name != "uid"}
    upsert = new.on_conflict_do_update(index_elements=["uid"], set_=anew)
    connection = await session.connection()
    # What returns something is sent as one statement of many rows; else it would be one after another.
    await connection.execute(upsert.returning(col(PublishedShift.uid)), list(shifts))


async def purge(session: AsyncSession, *, ended_before: datetime, cancelled_before: datetime, limit: int) -> int:
    """Forget up to `limit` shifts that no calendar is told of any more; answers how many there were."""
    is_past = col(PublishedShift.end) < ended_before
    old = select(PublishedShift.uid).where(or_(is_past, col(PublishedShift.cancelled_at) < cancelled_before))
    uids = (await session.exec(old.limit(limit))).all()
    if uids:
        await session.exec(delete(PublishedShift).where(col(PublishedShift.uid).in_(uids)))
    return len(uids)


async def with_stand_ins(session: AsyncSession, *, since: datetime) -> list[str]:
    """The ids of the schedules in which a team or an escalation stands: in a roster of any version, or in an override
    that ends after `since`.
    """
    roster = cast(col(RotationVersion.participants), Text)
    in_roster = (
        select(Rotation.schedule_id)
        .join(RotationVersion, col(RotationVersion.rotation_id) == Rotation.id)
        .where(or_(roster.contains('"team"'), roster.contains('"escalation"')))
    )
    is_laid = or_(col(Override.team_id).is_not(None), col(Override.escalation_id).is_not(None))
    in_override = select(Override.schedule_id).where(is_laid, col(Override.end) > since)
    return list(dict.fromkeys([*(await session.exec(in_roster)).all(), *(await session.exec(in_override)).all()]))
