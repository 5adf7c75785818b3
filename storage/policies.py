"""Policies in the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, text
from sqlmodel import col, delete, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.vocabulary import PolicyGroup
from storage import counters, revisions
from storage.models import Policy, Schedule

COUNTER = "policies"
"""Goes up with every change of a policy, in the same transaction."""
_BOTH = f"('{COUNTER}', '{revisions.COUNTER}')"
# Written out, since it is asked with every alert: putting it together takes longer than answering it.
_REVISION = text(f"select name, value from counter where name in {_BOTH}")  # noqa: S608  constants
IN_ORDER = (col(Policy.team_id), col(Policy.group), col(Policy.position), col(Policy.id))


async def begin_change(session: AsyncSession) -> None:
    """To be called before policies are read that are to be changed, and before anything else is locked.

    Raises their number, which is how everybody learns that they changed. Whoever else changes some waits from here on
    until this transaction ends: so places are given once, and there are never too many.
    """
    await counters.advance(session, COUNTER)


async def revision(session: AsyncSession) -> tuple[int, int]:
    """The number of the policies, and that of who is on call (storage/revisions.py); 0 before the first change."""
    connection = await session.connection()
    found: dict[str, int] = {row.name: row.value for row in await connection.execute(_REVISION)}
    revisions.found_in(session, found.get(revisions.COUNTER, 0))
    return found.get(COUNTER, 0), found.get(revisions.COUNTER, 0)


async def every(session: AsyncSession) -> list[Policy]:
    """All policies: those of a team and group one after the other, in the order in which they are tried."""
    return list((await session.exec(select(Policy).order_by(*IN_ORDER))).all())


async def by_id(session: AsyncSession, policy_id: str) -> Policy | None:
    """The policy with that id, as it is now."""
    return await session.get(Policy, policy_id, populate_existing=True)


async def of_scope(session: AsyncSession, team_id: str | None, groups: Collection[PolicyGroup]) -> list[Policy]:
    """The policies of a team, or of everybody, in these groups, in the order in which they are tried."""
    statement = select(Policy).where(_is_of(team_id), col(Policy.group).in_(groups)).order_by(*IN_ORDER)
    return list((await session.exec(statement)).all())


async def sizes(session: AsyncSession, team_id: str | None) -> dict[PolicyGroup, int]:
    """How many policies a team has, or everybody, in each group; groups without any are left out."""
    counted = select(Policy.group, func.count()).where(_is_of(team_id)).group_by(col(Policy.group))
    return {PolicyGroup(group): size for group, size in (await session.exec(counted)).all()}


async def shift(session: AsyncSession, policy: Policy, *, first: int, last: int, by: int) -> None:
    """Move those of a policy's team and group that stand between two places, both included, up or down."""
    between = col(Policy.position).between(first, last)
    statement = (
        update(Policy)
        .where(_is_of(policy.team_id), col(Policy.group) == policy.group, between, col(Policy.id) != policy.id)
        .values(position=col(Policy.position) + by)
    )
    await session.exec(statement, execution_options={"synchronize_session": False})


async def delete_of_team(session: AsyncSession, team_id: str) -> None:
    """Remove every policy of a team; `begin_change` comes first."""
    await session.exec(delete(Policy).where(col(Policy.team_id) == team_id))


async def zones_of_teams(session: AsyncSession, team_ids: Iterable[str]) -> list[tuple[str, str]]:
    """The teams, each with the zones of its schedules, in order of the names of those."""
    of_them = select(Schedule.team_id, Schedule.timezone).where(col(Schedule.team_id).in_(set(team_ids)))
    found = await session.exec(of_them.order_by(Schedule.name_key, col(Schedule.id)))
    return [(team_id, zone) for team_id, zone in found.all() if team_id is not None]


def _is_of(team_id: str | None) -> ColumnElement[bool]:
    return col(Policy.team_id).is_(None) if team_id is None else col(Policy.team_id) == team_id
