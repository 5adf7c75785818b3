"""Postmortems counted: by state, by the time they took, by what became of their actions, by service.

The database counts; what comes back grows with the kinds of things, not with the postmortems.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, and_, case, cast, extract, false, func, label, or_, select
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.vocabulary import ActionStatus, PostmortemStatus
from storage.models import ActionItem, AffectedService, Postmortem, Section, Service
from storage.postmortems import Filters, conditions

_SECONDS_AN_HOUR, _HOURS_A_DAY = 3_600, 24
_ANYWHERE_HOURS = 36
"""A day has ended everywhere on Earth 36 hours after it began in UTC."""


@dataclass(frozen=True, slots=True)
class CountedActions:
    """How many actions are of a state. `has_day`: by a day; `in_time`: settled before that day was over anywhere on
    Earth, or, while open, not past it yet.
    """

    status: ActionStatus
    has_day: bool
    in_time: bool
    count: int


@dataclass(frozen=True, slots=True)
class CountedService:
    """How many postmortems name a service."""

    id: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Cause:
    """A postmortem of a service, and the section that tells its cause; None where it has no such section."""

    service_id: str
    number: int
    title: str
    body: dict[str, Any] | None


async def by_status(session: AsyncSession, filters: Filters, late: Filters) -> dict[PostmortemStatus, tuple[int, int]]:
    """How many postmortems are of each state, and how many of those pass `late` too."""
    is_late = case((and_(*conditions(late)), 1), else_=0)
    statement = select(col(Postmortem.status), func.count(), func.sum(is_late)).where(*conditions(filters))
    rows = await (await session.connection()).execute(statement.group_by(col(Postmortem.status)))
    return {PostmortemStatus(status): (count, int(overdue)) for status, count, overdue in rows}


async def hours_to_publish(session: AsyncSession, filters: Filters) -> dict[int, int]:
    """How many were published so many whole hours after they were made, by the hours."""
    published = and_(col(Postmortem.status) == PostmortemStatus.PUBLISHED, col(Postmortem.published_at).is_not(None))
    took = select(label("hours", _hours(session))).where(*conditions(filters), published).subquery()
    statement = select(took.c.hours, func.count()).group_by(took.c.hours)
    rows = await (await session.connection()).execute(statement)
    return {row[0]: row[1] for row in rows}


async def actions(session: AsyncSession, filters: Filters, *, over_before: date) -> list[CountedActions]:
    """The actions of those postmortems; one by a day before `over_before` is past it while it is open."""
    has_day = col(ActionItem.due_on).is_not(None)
    is_open = col(ActionItem.status) == ActionStatus.OPEN
    in_time = or_(and_(is_open, col(ActionItem.due_on) >= over_before), and_(~is_open, _settled_in_time(session)))
    kinds = (
        select(
            label("status", col(ActionItem.status)),
            label("has_day", case((has_day, 1), else_=0)),
            label("in_time", case((and_(has_day, in_time), 1), else_=0)),
        )
        .join(Postmortem, col(Postmortem.id) == ActionItem.postmortem_id)
        .where(*conditions(filters))
        .subquery()
    )
    statement = select(kinds, func.count()).group_by(*kinds.c)
    rows = await (await session.connection()).execute(statement)
    return [CountedActions(ActionStatus(row[0]), bool(row[1]), bool(row[2]), row[3]) for row in rows]


async def services(session: AsyncSession, filters: Filters, *, at_least: int, limit: int) -> list[CountedService]:
    """The services that at least so many postmortems name, those with most first."""
    named = select(label("id", col(AffectedService.service_id)), label("count", func.count()))
    counted = (
        named.join(Postmortem, col(Postmortem.id) == AffectedService.postmortem_id)
        .where(*conditions(filters))
        .group_by(col(AffectedService.service_id))
        .having(func.count() >= at_least)
        .subquery()
    )
    statement = (
        select(counted.c.id, col(Service.name), counted.c.count)
        .join(counted, counted.c.id == Service.id)
        .order_by(counted.c.count.desc(), col(Service.name_key))
        .limit(limit)
    )
    return [CountedService(*row) for row in await (await session.connection()).execute(statement)]


async def causes(session: AsyncSession, filters: Filters, service_ids: Sequence[str], *, each: int) -> list[Cause]:
    """The last postmortems of each of these services, up to `each`, the newest first, with what caused them.

    That is told by the first section whose key speaks of a cause, or of why it happened.
    """
    place = func.row_number().over(partition_by=col(AffectedService.service_id), order_by=col(Postmortem.number).desc())
    last = (
        select(
            col(AffectedService.service_id),
            col(Postmortem.id),
            col(Postmortem.number),
            col(Postmortem.title),
            place.label("place"),
        )
        .join(Postmortem, col(Postmortem.id) == AffectedService.postmortem_id)
        .where(*conditions(filters), col(AffectedService.service_id).in_(service_ids) if service_ids else false())
        .subquery()
    )
    tells = or_(col(Section.key).contains("cause"), col(Section.key).startswith("why"))
    statement = (
        select(last.c.service_id, last.c.number, last.c.title, col(Section.body))
        .outerjoin(Section, and_(col(Section.postmortem_id) == last.c.id, tells))
        .where(last.c.place <= each)
        .order_by(last.c.service_id, last.c.number.desc(), col(Section.position))
    )
    found: dict[tuple[str, int], Cause] = {}
    for service_id, number, title, body in await (await session.connection()).execute(statement):
        found.setdefault((service_id, number), Cause(service_id, number, title, body))
    return list(found.values())


def _hours(session: AsyncSession) -> ColumnElement[int]:
    """The whole hours from a postmortem's making to its publication."""
    made, published = col(Postmortem.created_at), col(Postmortem.published_at)
    if _is_sqlite(session):
        # Its days are floats: a little more keeps a whole hour whole.
        return cast((func.julianday(published) - func.julianday(made)) * _HOURS_A_DAY + 1e-3, Integer)
    return cast(func.floor(extract("epoch", published - made) / _SECONDS_AN_HOUR), Integer)


def _settled_in_time(session: AsyncSession) -> ColumnElement[bool]:
    settled, due = col(ActionItem.settled_at), col(ActionItem.due_on)
    if _is_sqlite(session):
        return func.julianday(settled) < func.julianday(due) + _ANYWHERE_HOURS / _HOURS_A_DAY
    hours = extract("epoch", settled) / _SECONDS_AN_HOUR
    return hours < extract("epoch", due) / _SECONDS_AN_HOUR + _ANYWHERE_HOURS


def _is_sqlite(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "sqlite"
