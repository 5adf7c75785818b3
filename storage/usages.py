"""What stands on something, so that it cannot go: rosters, overrides, escalations, routing rules and policies that name
it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import Text, cast
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    ChannelLink,
    Escalation,
    FeedLink,
    Forwarding,
    Override,
    Policy,
    PublishedShift,
    Rotation,
    RotationVersion,
    RoutingRule,
    Schedule,
    Team,
)


@dataclass(frozen=True, slots=True)
class Use:
    """Something that stands on another thing, and the team that it is of."""

    name: str
    team_id: str | None


async def rosters_with(session: AsyncSession, id_: str, *, now: datetime) -> list[Use]:
    """The schedules in which a rotation has that participant, now or by an edit still to come."""
    has_text = cast(col(RotationVersion.participants), Text).contains(id_, autoescape=True)
    named = select(RotationVersion.rotation_id).where(has_text)
    found = await session.exec(
        select(Schedule, RotationVersion)
        .join(Rotation, col(Rotation.schedule_id) == Schedule.id)
        .join(RotationVersion, col(RotationVersion.rotation_id) == Rotation.id)
        .where(col(Rotation.id).in_(named), or_(col(Rotation.closed_at).is_(None), col(Rotation.closed_at) > now))
        .order_by(Schedule.name_key, Rotation.id, col(RotationVersion.sequence))
    )
    uses: dict[Use, None] = {}
    for _, rows in groupby(found.all(), key=lambda each: each[1].rotation_id):
        (schedule, *_), versions = zip(*rows, strict=True)
        if _is_named(versions, id_, now):
            uses[Use(schedule.name, schedule.team_id)] = None
    return list(uses)


def _is_named(versions: Sequence[RotationVersion], id_: str, now: datetime) -> bool:
    """Whether one of a rotation's versions that count now or later has that participant; they come in order."""
    following = [*versions[1:], None]
    counts = (
        version
        for version, successor in zip(versions, following, strict=True)
        if successor is None or successor.holds_from is None or successor.holds_from > now
    )
    return any(each.get("id") == id_ for version in counts for each in version.participants)


async def overrides_with(session: AsyncSession, id_: str, *, since: datetime | None = None) -> list[Use]:
    """The schedules with an override that puts that user, team or escalation on; it ends after `since`."""
    names_it = or_(Override.user_id == id_, Override.team_id == id_, Override.escalation_id == id_)
    statement = (
        select(Schedule.name, Schedule.team_id).join(Override, col(Override.schedule_id) == Schedule.id).where(names_it)
    )
    if since is not None:
        statement = statement.where(col(Override.end) > since)
    return _uses((await session.exec(statement.order_by(Schedule.name_key))).all())


async def escalations_with(session: AsyncSession, id_: str, *, but: Iterable[str] = ()) -> list[Escalation]:
    """The escalations that notify that user, team or schedule, in order of their names."""
    has_text = cast(col(Escalation.rules), Text).contains(id_, autoescape=True)
    statement = select(Escalation).where(has_text, col(Escalation.id).not_in(set(but))).order_by(Escalation.name)
    found = (await session.exec(statement)).all()
    return [row for row in found if any(rule["recipient"].get("id") == id_ for rule in row.rules)]


async def routing_rules_with(session: AsyncSession, id_: str, *, but_of_team: str | None = None) -> list[Use]:
    """The teams of which a routing rule notifies that escalation or schedule."""
    statement = select(Team.name, Team.id).join(RoutingRule, col(RoutingRule.team_id) == Team.id)
    statement = statement.where(RoutingRule.notify_id == id_)
    if but_of_team is not None:
        statement = statement.where(Team.id != but_of_team)
    return _uses((await session.exec(statement.order_by(Team.name_key))).all())


async def policies_with(session: AsyncSession, id_: str, *, but_of_team: str | None = None) -> list[Use]:
    """The policies that bring alerts to that user, team, schedule or escalation, in order of their names."""
    has_text = cast(col(Policy.changes), Text).contains(id_, autoescape=True)
    found = await session.exec(select(Policy).where(has_text).order_by(Policy.name, col(Policy.id)))
    return [
        Use(row.name, row.team_id)
        for row in found.all()
        if (but_of_team is None or row.team_id != but_of_team)
        and any(each.get("id") == id_ for each in (row.changes or {}).get("responders", ()))
    ]


def _uses(found: Iterable[tuple[str, str | None]]) -> list[Use]:
    """Each once."""
    return list(dict.fromkeys(Use(name, team_id) for name, team_id in found))


async def has_forwarding(session: AsyncSession, user_id: str, *, since: datetime) -> bool:
    """Whether a duty is passed from or to a person by a forwarding that ends after `since`."""
    is_in_it = or_(Forwarding.from_user_id == user_id, Forwarding.to_user_id == user_id)
    found = await session.exec(select(Forwarding.id).where(is_in_it, col(Forwarding.end) > since).limit(1))
    return found.first() is not None


async def schedule_has_anything(session: AsyncSession, schedule_id: str) -> bool:
    """Whether a schedule has anything of its own: rotations, overrides, channels, calendars."""
    parts = [
        select(table.schedule_id).where(table.schedule_id == schedule_id).limit(1)
        for table in (Rotation, Override, ChannelLink, PublishedShift, FeedLink)
    ]
    for part in parts:
        if (await session.exec(part)).first() is not None:
            return True
    return False
