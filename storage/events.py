"""What happened, in the database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import and_, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.inserting import Put, Row
from storage.models import Event, Postmortem, Schedule

HAPPENED = Put(Event, ("at", "actor_id", "key_id", "verb", "subject_id", "before", "after"))


async def add_all(session: AsyncSession, entries: Sequence[Row]) -> None:
    """Write down several at once, each as its values by column, in their order; one statement.

    Their ids are not learnt.
    """
    await HAPPENED.into(session, entries)


async def by_id(session: AsyncSession, event_id: int) -> Event | None:
    """The event with that id."""
    return await session.get(Event, event_id)


async def latest(session: AsyncSession, subject_id: str, verb: str) -> Event | None:
    """The last event of that verb on a subject."""
    wanted = select(Event).where(Event.subject_id == subject_id, Event.verb == verb)
    return (await session.exec(wanted.order_by(col(Event.id).desc()).limit(1))).first()


async def latest_with(session: AsyncSession, subject_id: str, key: str, value: str) -> Event | None:
    """The last event on a subject whose `after` says `value` under `key`."""
    wanted = select(Event).where(Event.subject_id == subject_id, col(Event.after)[key].as_string() == value)
    return (await session.exec(wanted.order_by(col(Event.id).desc()).limit(1))).first()


async def changed_by_another(
    session: AsyncSession, subject_ids: Collection[str], key: str, value: str, *, since: int, than: str
) -> bool:
    """Whether of the part of these subjects whose events say `value` under `key` anybody else `than` that person has
    made a later version than `since`; or it was brought back since, by whomever.
    """
    wanted = select(Event.id).where(
        col(Event.subject_id).in_(subject_ids),
        col(Event.after)[key].as_string() == value,
        col(Event.after)["version"].as_integer() > since,
        or_(col(Event.actor_id).is_distinct_from(than), col(Event.after)["restored"].as_boolean()),
    )
    return (await session.exec(wanted.limit(1))).first() is not None


async def of_schedules(
    session: AsyncSession,
    ids: Collection[str] | None,
    *,
    verbs: Collection[str],
    forwarding: Collection[str],
    givers: Collection[str],
    limit: int,
    offset: int,
) -> list[tuple[Event, str | None]]:
    """What happened to these schedules, or to any of them all, with the name each has now; newest first.

    Of schedules that are gone only what happened by these verbs can be told to have been about one; they have no name.
    Neither has what happened by the verbs of `forwarding`, which is about the duty of `givers`, or about any.
    """
    statement = select(Event, Schedule.name).outerjoin(Schedule, col(Schedule.id) == Event.subject_id)
    if ids:
        whose = [col(part)["from_user_id"].as_string().in_(givers) for part in (Event.before, Event.after)]
        passes = and_(col(Event.verb).in_(forwarding), or_(*whose))
        about = or_(col(Event.subject_id).in_(ids), passes) if givers else col(Event.subject_id).in_(ids)
    else:
        about = or_(col(Schedule.id).is_not(None), col(Event.verb).in_([*verbs, *forwarding]))
    newest_first = statement.where(about).order_by(col(Event.id).desc())
    return list((await session.exec(newest_first.limit(limit).offset(offset))).all())


async def by_ids(session: AsyncSession, ids: Collection[int]) -> list[Event]:
    """The events with these ids, in no order."""
    if not ids:
        return []
    return list((await session.exec(select(Event).where(col(Event.id).in_(ids)))).all())


async def last_still_deleted(session: AsyncSession, actor_id: str, verb: str, *, since: datetime) -> str | None:
    """Of the postmortems that somebody deleted since then by that verb, and that are not back, the last one's id."""
    wanted = (
        select(Event.subject_id)
        .join(Postmortem, col(Postmortem.id) == Event.subject_id)
        .where(Event.actor_id == actor_id, Event.verb == verb, Event.at > since, col(Postmortem.deleted_at) == Event.at)
    )
    return (await session.exec(wanted.order_by(col(Event.id).desc()).limit(1))).first()
