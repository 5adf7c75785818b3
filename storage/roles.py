"""Who leads which team, and where most of its people live; in the database."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.vocabulary import TeamRole
from storage.models import Membership, User


async def leads(session: AsyncSession, team_ids: Iterable[str]) -> dict[str, list[str]]:
    """The ids of those who lead each of these teams and have not left, by team."""
    wanted = set(team_ids)
    if not wanted:
        return {}
    found = await session.exec(
        select(Membership.team_id, Membership.user_id)
        .join(User, col(User.id) == Membership.user_id)
        .where(
            col(Membership.team_id).in_(wanted),
            Membership.role == TeamRole.ADMIN,
            col(User.has_left).is_(False),
        )
        .order_by(Membership.user_id)
    )
    grouped: dict[str, list[str]] = {}
    for team_id, user_id in found.all():
        grouped.setdefault(team_id, []).append(user_id)
    return grouped


async def teams_of(session: AsyncSession, user_id: str) -> list[str]:
    """The ids of the teams a person is in."""
    return list((await session.exec(select(Membership.team_id).where(Membership.user_id == user_id))).all())


async def commonest_timezone(session: AsyncSession) -> str | None:
    """The zone most people of the workspace live in; None while nobody's zone is known."""
    found = await session.exec(
        select(User.timezone)
        .where(col(User.timezone).is_not(None), col(User.has_left).is_(False), col(User.is_bot).is_(False))
        .group_by(col(User.timezone))
        .order_by(func.count().desc(), col(User.timezone))
        .limit(1)
    )
    return found.first()
