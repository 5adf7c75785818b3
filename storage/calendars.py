"""The links of calendar feeds, and the shifts that calendars were told of, in the database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, func, literal, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Counter, FeedLink, Override, PublishedShift, Rotation, RotationVersion, Schedule
from storage.revisions import COUNTER

Columns = Mapping[str, Any]
"""A shift as calendars were told of it, by the names of the table's columns: a feed has thousands of them."""
_TOLD = tuple(PublishedShift.model_fields)
_WITH_TEXT = [
    cast(col(PublishedShift.participant), Text) if name == "participant" else getattr(PublishedShift, name)
    for name in _TOLD
]
"""What is read of each; the few participants come again and again, and whoever reads them need parse each only once."""


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

    `participant` is JSON as it is written. With `lock` nobody else changes them before this transaction ends.
    """
    is_between = (col(PublishedShift.uid) > after, col(PublishedShift.uid) <= up_to)
    asked = (
        select(*_WITH_TEXT)
        .where(*is_between, col(PublishedShift.end) > ending_after)
        .order_by(col(PublishedShift.uid))
        .limit(limit)
    )
    connection = await session.connection()
    found = await connection.execute(asked.with_for_update() if lock else asked)
    return [dict(zip(_TOLD, row, strict=True)) for row in found]


async def tell(session: AsyncSession, shifts: Iterable[Columns]) -> None:
    """Write down what calendars are told of these from now on, whether they were told of them before or not."""
    connection, rows = await session.connection(), list(shifts)
    if session.get_bind().dialect.name == "postgresql":
        await connection.execute(_upsert(postgres_insert(PublishedShift).from_select(_TOLD, _in_json(rows))))
        return
    # What returns something is sent as one statement of many rows; else it would be one after another.
    await connection.execute(_upsert(sqlite_insert(PublishedShift)).returning(col(PublishedShift.uid)), rows)


def _upsert(insert: Any) -> Any:
    anew = {name: insert.excluded[name] for name in _TOLD if name != "uid"}
    return insert.on_conflict_do_update(index_elements=["uid"], set_=anew)


def _in_json(rows: Sequence[Columns]) -> Any:
    """The rows as one value. PostgreSQL's driver would read a statement of so many for longer than it takes to write
    them, and hold everybody up meanwhile.
    """
    text_ = json.dumps(rows, default=datetime.isoformat)
    like = func.jsonb_populate_recordset(
        text(f"NULL::{PublishedShift.__tablename__}"), cast(literal(text_, Text), JSONB)
    )
    source = like.table_valued(*_TOLD)
    return select(*(source.c[name] for name in _TOLD))


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
    stands = or_(col(Schedule.id).in_(in_roster), col(Schedule.id).in_(in_override))
    return list((await session.exec(select(Schedule.id).where(stands))).all())
