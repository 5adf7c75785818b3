"""What programs asked for and may ask about later, in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import tuple_
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.inserting import Put, Row
from storage.models import FinishedRequest

_TOLD = ("action", "subject_id", "alias", "is_success", "status", "at")


def _last(statement: Any) -> Any:
    anew = {name: statement.excluded[name] for name in _TOLD}
    return statement.on_conflict_do_update(index_elements=["key_id", "id"], set_=anew)


_KEPT = Put(FinishedRequest, ("key_id", "id", *_TOLD), _last)


async def keep(session: AsyncSession, values: Row) -> None:
    """Keep what became of a request, in the place of an earlier one of that key and id; one statement."""
    await _KEPT.into(session, [values])


async def of_key(session: AsyncSession, key_id: str, request_id: str) -> FinishedRequest | None:
    """The request that a key made under that id."""
    return await session.get(FinishedRequest, (key_id, request_id))


async def last_of_any(session: AsyncSession, request_id: str) -> FinishedRequest | None:
    """The last request that any key made under that id."""
    found = select(FinishedRequest).where(FinishedRequest.id == request_id)
    ordered = found.order_by(col(FinishedRequest.at).desc(), col(FinishedRequest.key_id))
    return (await session.exec(ordered.limit(1))).first()


async def purge(session: AsyncSession, *, before: datetime, limit: int) -> int:
    """Delete up to `limit` of those finished before then; answers how many."""
    identity = tuple_(col(FinishedRequest.key_id), col(FinishedRequest.id))
    old = select(FinishedRequest.key_id, FinishedRequest.id).where(FinishedRequest.at < before).limit(limit)
    found = [tuple(each) for each in (await session.exec(old)).all()]
    await session.exec(delete(FinishedRequest).where(identity.in_(found)))
    return len(found)
