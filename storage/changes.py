"""Events that can be taken back, and those that took them back, in the database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import ApiKey, Event


async def of_actor(
    session: AsyncSession, user_id: str, *, verbs: Collection[str], since: datetime | None, limit: int
) -> Sequence[Event]:
    """What somebody did of these verbs, after `since` where given, newest first."""
    statement = select(Event).where(Event.actor_id == user_id, col(Event.verb).in_(verbs))
    if since is not None:
        statement = statement.where(col(Event.at) >= since)
    return (await session.exec(statement.order_by(col(Event.id).desc()).limit(limit))).all()


async def naming(session: AsyncSession, verb: str, changes: Collection[Event]) -> Sequence[Event]:
    """The events of that verb which name one of these changes, as `after["event"]`; their subject is the same."""
    ids = [each.id for each in changes if each.id is not None]
    if not ids:
        return []
    found = await session.exec(
        select(Event).where(
            col(Event.subject_id).in_({each.subject_id for each in changes}),
            Event.verb == verb,
            col(Event.id) > min(ids),
            col(Event.after)["event"].as_integer().in_(ids),
        )
    )
    return found.all()


async def keys_behind(
    session: AsyncSession, verb: str, subject_ids: Collection[str], *, key: str, values: Collection[str]
) -> dict[str, str]:
    """The name of the API key that did the last of that verb to each of these: `after[key]` is one of the values.

    Those that people did last are left out.
    """
    if not values:
        return {}
    named = col(Event.after)[key].as_string()
    found = await session.exec(
        select(named, ApiKey.name)
        .outerjoin(ApiKey, col(ApiKey.id) == Event.key_id)
        .where(col(Event.subject_id).in_(subject_ids), Event.verb == verb, named.in_(values))
        .order_by(col(Event.id))
    )
    last = dict(found.all())
    return {value: name for value, name in last.items() if name is not None}
