"""Teams and their members in the database."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Membership, Team
from storage.models.base import name_key


async def by_name(session: AsyncSession, name: str) -> Team | None:
    """The team of that name; case and blanks do not count, but the very same comes first."""
    alike = select(Team).where(Team.name_key == name_key(name))
    return (await session.exec(alike.order_by((col(Team.name) == name).desc()))).first()


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


async def memberships_of(session: AsyncSession, user_id: str) -> list[Membership]:
    """The teams a person is in."""
    return list((await session.exec(select(Membership).where(Membership.user_id == user_id))).all())


async def by_ids(session: AsyncSession, ids: Iterable[str]) -> list[Team]:
    """The teams with these ids, in no order."""
    wanted = set(ids)
    if not wanted:
        return []
    return list((await session.exec(select(Team).where(col(Team.id).in_(wanted)))).all())
