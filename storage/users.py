"""People in the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam
from sqlmodel import and_, col, func, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.vocabulary import UserOrder
from storage.models import Profile, User
from storage.references import Lock, keepable, locked

PRESENT = and_(col(User.has_left).is_(False), col(User.is_bot).is_(False))
"""Those whom programs are told of."""


@dataclass(frozen=True, slots=True)
class UserFilter:
    """What a list of people is narrowed to: all of these, parts of words in any case; `words` in the e-mail or name."""

    words: tuple[str, ...] = ()
    username: str | None = None
    full_name: str | None = None
    role: str | None = None


_BY_IDS = select(User).where(col(User.id).in_(bindparam("ids", expanding=True)))
_BY_SLACK_ID = select(User).where(User.slack_id == bindparam("slack_id"))


async def by_slack_id(session: AsyncSession, slack_id: str) -> User | None:
    """The person with that id in Slack."""
    return (await session.exec(_BY_SLACK_ID, params={"slack_id": slack_id})).first()


async def by_slack_ids(session: AsyncSession, slack_ids: Iterable[str]) -> list[User]:
    """The people with these ids in Slack, in no order."""
    wanted = set(slack_ids)
    if not wanted:
        return []
    return list((await session.exec(select(User).where(col(User.slack_id).in_(wanted)))).all())


async def by_email(session: AsyncSession, email: str, *, lock: bool = False) -> User | None:
    """The person with that e-mail, whatever its case; with `lock` nobody else changes them before this ends."""
    statement = select(User).where(User.email == email.lower())
    return (await session.exec(statement.with_for_update() if lock else statement)).first()


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
    """The people with these ids, in no order; whoever was read so in this session before is not read again."""
    read, wanted = _read_in(session), set(ids)
    if unread := wanted - read.keys():
        remember(session, await session.exec(_BY_IDS, params={"ids": list(unread)}))
    return [read[each] for each in wanted if each in read]


def remember(session: AsyncSession, found: Iterable[User]) -> None:
    """These people were read in this session, together with something else: `by_ids` finds them without a statement."""
    _read_in(session).update({each.id: each for each in found})


def _read_in(session: AsyncSession) -> dict[str, User]:
    read: dict[str, User] = session.info.setdefault("people by their ids", {})
    return read


async def everybody(session: AsyncSession) -> list[User]:
    """Everybody there is, in order of their ids; those who have left and bots are left out."""
    return list((await session.exec(select(User).where(PRESENT).order_by(User.id))).all())


async def identified(
    session: AsyncSession, *, ids: Iterable[str] = (), names: Iterable[str] = (), lock: Lock = Lock.NONE
) -> list[User]:
    """The people with one of these ids, or of these names: an e-mail in any case, or an id in Slack.

    Those who have left and bots are left out.
    """
    wanted_ids, wanted_names = keepable(ids), keepable(names)
    if not wanted_ids and not wanted_names:
        return []
    lowered = {name.lower() for name in wanted_names}
    is_meant = or_(col(User.id).in_(wanted_ids), col(User.email).in_(lowered), col(User.slack_id).in_(wanted_names))
    statement = select(User).where(PRESENT, is_meant).order_by(User.id)
    return list((await session.exec(locked(statement, lock))).all())


async def profiles(session: AsyncSession, user_ids: Iterable[str]) -> dict[str, Profile]:
    """What programs said of these people, by their ids."""
    wanted = set(user_ids)
    if not wanted:
        return {}
    found = (await session.exec(select(Profile).where(col(Profile.user_id).in_(wanted)))).all()
    return {row.user_id: row for row in found}


async def page(
    session: AsyncSession, filter_: UserFilter, *, order: UserOrder, descending: bool, limit: int, offset: int
) -> list[tuple[User, Profile | None]]:
    """Some of the people that programs are told of, with what programs said of them."""
    made = func.coalesce(col(Profile.created_at), col(User.refreshed_at))
    column: Any = {UserOrder.USERNAME: User.email, UserOrder.FULL_NAME: func.lower(User.name), UserOrder.MADE: made}[
        order
    ]
    statement = (
        select(User, Profile)
        .outerjoin(Profile, col(Profile.user_id) == User.id)
        .where(*_conditions(filter_))
        .order_by(column.desc() if descending else column.asc(), User.id)
        .limit(limit)
        .offset(offset)
    )
    return list((await session.exec(statement)).all())


async def count(session: AsyncSession, filter_: UserFilter) -> int:
    """How many people programs are told of."""
    statement = select(func.count()).select_from(User).outerjoin(Profile, col(Profile.user_id) == User.id)
    return (await session.exec(statement.where(*_conditions(filter_)))).one()


def _conditions(filter_: UserFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [PRESENT, col(User.email).is_not(None)]
    name = func.lower(User.name)
    conditions += [
        or_(col(User.email).contains(w, autoescape=True), name.contains(w, autoescape=True)) for w in filter_.words
    ]
    if filter_.username is not None:
        conditions.append(col(User.email).contains(filter_.username, autoescape=True))
    if filter_.full_name is not None:
        conditions.append(name.contains(filter_.full_name, autoescape=True))
    if filter_.role is not None:
        conditions.append(func.lower(Profile.role) == filter_.role)
    return conditions
