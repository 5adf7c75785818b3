"""Teams and their members in the database."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import text
from sqlmodel import col, delete, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    ApiKey,
    DefaultReviewer,
    Event,
    Membership,
    Postmortem,
    ResponderTeam,
    RoutingRule,
    Schedule,
    Team,
    TeamOwnRole,
    User,
)
from storage.models.base import name_key


async def by_name(session: AsyncSession, name: str) -> Team | None:
    """The team of that name; case and blanks do not count, but the very same comes first."""
    alike = select(Team).where(Team.name_key == name_key(name))
    return (await session.exec(alike.order_by((col(Team.name) == name).desc()))).first()


async def claim_name(session: AsyncSession, name: str) -> None:
    """Wait until nobody else is about to make a team of that name; case and blanks do not count.

    SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        connection = await session.connection()
        claim = text("select pg_advisory_xact_lock(hashtext(:name))")
        await connection.execute(claim, {"name": f"team {name_key(name)}"})


async def all_by_name(session: AsyncSession) -> list[Team]:
    """Every team, by name."""
    return list((await session.exec(select(Team).order_by(Team.name_key))).all())


async def membership(session: AsyncSession, team_id: str, user_id: str) -> Membership | None:
    """What a person is to a team; None when they are not in it."""
    return await session.get(Membership, (team_id, user_id))


async def memberships(session: AsyncSession, team_id: str) -> list[Membership]:
    """Everyone in a team."""
    found = await session.exec(
        select(Membership).where(Membership.team_id == team_id).order_by(col(Membership.user_id))
    )
    return list(found.all())


async def memberships_in(session: AsyncSession, team_ids: Iterable[str]) -> list[Membership]:
    """Everyone in any of these teams."""
    wanted = set(team_ids)
    if not wanted:
        return []
    found = await session.exec(
        select(Membership).where(col(Membership.team_id).in_(wanted)).order_by(col(Membership.user_id))
    )
    return list(found.all())


async def memberships_of(session: AsyncSession, user_id: str) -> list[Membership]:
    """The teams a person is in."""
    return list((await session.exec(select(Membership).where(Membership.user_id == user_id))).all())


async def by_ids(session: AsyncSession, ids: Iterable[str]) -> list[Team]:
    """The teams with these ids, in no order."""
    wanted = set(ids)
    if not wanted:
        return []
    return list((await session.exec(select(Team).where(col(Team.id).in_(wanted)))).all())


async def of_user(session: AsyncSession, user_id: str) -> list[Team]:
    """The teams a person is in, by name."""
    in_them = select(Team).join(Membership, col(Membership.team_id) == Team.id).where(Membership.user_id == user_id)
    return list((await session.exec(in_them.order_by(Team.name_key))).all())


async def routing_rules(session: AsyncSession, team_id: str) -> list[RoutingRule]:
    """A team's routing rules in the order in which they are tried, the default one last."""
    found = await session.exec(
        select(RoutingRule)
        .where(RoutingRule.team_id == team_id)
        .order_by(col(RoutingRule.is_default), col(RoutingRule.position), RoutingRule.id)
    )
    return list(found.all())


async def own_roles(session: AsyncSession, team_id: str) -> list[TeamOwnRole]:
    """The roles that a team has made up, by name."""
    found = await session.exec(select(TeamOwnRole).where(TeamOwnRole.team_id == team_id).order_by(TeamOwnRole.name))
    return list(found.all())


async def schedules_of(session: AsyncSession, team_id: str) -> list[tuple[str, str]]:
    """The ids and names of a team's schedules, by name."""
    of_it = select(Schedule.id, Schedule.name).where(Schedule.team_id == team_id)
    return list((await session.exec(of_it.order_by(Schedule.name_key))).all())


async def keys_of(session: AsyncSession, team_id: str) -> list[ApiKey]:
    """The keys that act for a team, revoked ones too."""
    found = await session.exec(select(ApiKey).where(ApiKey.team_id == team_id).order_by(ApiKey.name))
    return list(found.all())


async def postmortem_numbers(session: AsyncSession, team_id: str, *, limit: int) -> list[int]:
    """The numbers of a team's postmortems, and of those it responded for, the newest first.

    Those deleted a moment ago are included.
    """
    responded = select(ResponderTeam.postmortem_id).where(ResponderTeam.team_id == team_id)
    found = select(Postmortem.number).where(or_(col(Postmortem.team_id) == team_id, col(Postmortem.id).in_(responded)))
    return list((await session.exec(found.order_by(col(Postmortem.number).desc()).limit(limit))).all())


async def happenings(
    session: AsyncSession, team_id: str, *, limit: int, offset: int, newest_first: bool
) -> list[tuple[Event, str | None, str | None]]:
    """What happened to a team, with the names of who did it: of the person, and of the key."""
    order = col(Event.id).desc() if newest_first else col(Event.id)
    statement = (
        select(Event, User.name, ApiKey.name)
        .outerjoin(User, col(User.id) == Event.actor_id)
        .outerjoin(ApiKey, col(ApiKey.id) == Event.key_id)
        .where(Event.subject_id == team_id)
        .order_by(order)
        .limit(limit)
        .offset(offset)
    )
    return list((await session.exec(statement)).all())


async def delete_parts(session: AsyncSession, team_id: str) -> None:
    """Remove what is of a team alone: who is in it, its own roles, its routing rules, who reviews by default."""
    await session.exec(delete(DefaultReviewer).where(col(DefaultReviewer.subject_id) == team_id))
    for table in (Membership, TeamOwnRole, RoutingRule):
        for row in (await session.exec(select(table).where(table.team_id == team_id))).all():
            await session.delete(row)
    await session.flush()
