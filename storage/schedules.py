"""Schedules, rotations, their versions and overrides in the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Text, cast
from sqlmodel import and_, col, delete, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    ChannelLink,
    Escalation,
    Event,
    FeedLink,
    Override,
    PublishedShift,
    Rotation,
    RotationVersion,
    RoutingRule,
    Schedule,
)
from storage.models.base import name_key
from storage.usages import Use


async def ids_and_names(session: AsyncSession) -> list[tuple[str, str]]:
    """The id and name of every schedule, in order of the names."""
    return list((await session.exec(select(Schedule.id, Schedule.name).order_by(Schedule.name_key))).all())


async def page(session: AsyncSession, *, channel: str, limit: int, offset: int) -> list[Schedule]:
    """Some of the schedules: those linked to the channel first, all of them in order of their names."""
    is_linked_here = and_(col(ChannelLink.schedule_id) == Schedule.id, col(ChannelLink.channel) == channel)
    found = await session.exec(
        select(Schedule)
        .outerjoin(ChannelLink, is_linked_here)
        .order_by(col(ChannelLink.channel).is_(None), col(Schedule.name_key))
        .limit(limit)
        .offset(offset)
    )
    return list(found.all())


async def names_of(session: AsyncSession, ids: Iterable[str]) -> dict[str, str]:
    """The names of the schedules with these ids, by id; unknown ids are left out."""
    found = await session.exec(select(Schedule.id, Schedule.name).where(col(Schedule.id).in_(set(ids))))
    return dict(found.all())


async def count(session: AsyncSession) -> int:
    """How many schedules there are."""
    return (await session.exec(select(func.count()).select_from(Schedule))).one()


async def by_name(session: AsyncSession, name: str) -> Schedule | None:
    """The schedule of that name; case and blanks do not count, but the very same comes first."""
    alike = select(Schedule).where(Schedule.name_key == name_key(name))
    return (await session.exec(alike.order_by((col(Schedule.name) == name).desc()))).first()


async def namesake(session: AsyncSession, name: str, *, but: str | None, is_exact: bool) -> str | None:
    """The name of a schedule that is called so, other than `but`; unless `is_exact`, case and blanks do not count."""
    alike = Schedule.name == name if is_exact else Schedule.name_key == name_key(name)
    return (await session.exec(select(Schedule.name).where(alike, col(Schedule.id) != (but or "")).limit(1))).first()


async def by_id(session: AsyncSession, schedule_id: str, *, lock: bool = False) -> Schedule | None:
    """The schedule with that id; with `lock` nobody else changes it before this transaction ends."""
    return await session.get(Schedule, schedule_id, with_for_update=lock or None)


async def concerning(session: AsyncSession, user_ids: Collection[str], now: datetime) -> list[Schedule]:
    """The schedules that name one of these in a roster, in any version, or in an override that ends after `now`."""
    rosters = cast(col(RotationVersion.participants), Text)
    in_roster = (
        select(Rotation.schedule_id)
        .join(RotationVersion, col(RotationVersion.rotation_id) == Rotation.id)
        .where(or_(*(rosters.contains(user_id, autoescape=True) for user_id in user_ids)))
    )
    in_override = select(Override.schedule_id).where(col(Override.user_id).in_(user_ids), col(Override.end) > now)
    found = await session.exec(
        select(Schedule)
        .where(or_(col(Schedule.id).in_(in_roster), col(Schedule.id).in_(in_override)))
        .order_by(Schedule.name_key)
    )
    return list(found.all())


async def of_teams(session: AsyncSession, team_ids: Collection[str], *, and_ids: Collection[str]) -> list[Schedule]:
    """The schedules of these teams, and those with these ids, in order of their names."""
    if not team_ids and not and_ids:
        return []
    wanted = or_(col(Schedule.team_id).in_(team_ids), col(Schedule.id).in_(and_ids))
    return list((await session.exec(select(Schedule).where(wanted).order_by(Schedule.name_key))).all())


async def rotations_of(session: AsyncSession, schedule_id: str) -> list[Rotation]:
    """A schedule's rotations in their order, those closed included."""
    found = await session.exec(
        select(Rotation).where(Rotation.schedule_id == schedule_id).order_by(col(Rotation.position))
    )
    return list(found.all())


async def versions_of(session: AsyncSession, rotation_id: str) -> list[RotationVersion]:
    """A rotation's versions in their order."""
    found = await session.exec(
        select(RotationVersion)
        .where(RotationVersion.rotation_id == rotation_id)
        .order_by(col(RotationVersion.sequence))
    )
    return list(found.all())


async def delete_rotation(session: AsyncSession, rotation: Rotation) -> None:
    """Wipe a rotation out, with all it ever said."""
    for version in await versions_of(session, rotation.id):
        await session.delete(version)
    await session.flush()
    await session.delete(rotation)
    await session.flush()


async def links_of(session: AsyncSession, schedule_id: str) -> list[ChannelLink]:
    """The channels that a schedule belongs to."""
    found = await session.exec(
        select(ChannelLink).where(ChannelLink.schedule_id == schedule_id).order_by(col(ChannelLink.channel))
    )
    return list(found.all())


async def uses_of(session: AsyncSession, schedule_id: str) -> tuple[list[Use], list[Use]]:
    """The escalations and the routing rules that send alerts to a schedule."""
    in_rules = cast(col(Escalation.rules), Text).contains(schedule_id, autoescape=True)
    escalations = await session.exec(
        select(Escalation.name, Escalation.team_id).where(in_rules).order_by(Escalation.name)
    )
    rules = await session.exec(
        select(RoutingRule.name, RoutingRule.team_id)
        .where(RoutingRule.notify_id == schedule_id)
        .order_by(RoutingRule.name)
    )
    return [Use(*each) for each in escalations.all()], [Use(*each) for each in rules.all()]


async def wipe(session: AsyncSession, schedule: Schedule) -> None:
    """Delete a schedule's row and every row that hangs on it; what names it from elsewhere is not looked at."""
    own = select(Rotation.id).where(Rotation.schedule_id == schedule.id)
    await session.exec(delete(RotationVersion).where(col(RotationVersion.rotation_id).in_(own)))
    for table in (Rotation, Override, ChannelLink, PublishedShift, FeedLink):
        await session.exec(delete(table).where(col(table.schedule_id) == schedule.id))
    await session.delete(schedule)
    await session.flush()


async def last_event(session: AsyncSession, schedule_id: str, verbs: Sequence[str]) -> Event | None:
    """The last of what happened to a schedule by these verbs."""
    about_it = select(Event).where(Event.subject_id == schedule_id, col(Event.verb).in_(verbs))
    return (await session.exec(about_it.order_by(col(Event.id).desc()).limit(1))).first()


async def edit_of_version(session: AsyncSession, schedule_id: str, version: int) -> Event | None:
    """The edit that found a schedule as that version."""
    found_as = col(Event.before)[("rows", "schedule", "version")].as_integer()
    return (await session.exec(select(Event).where(Event.subject_id == schedule_id, found_as == version))).first()
