"""Action items in the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col, func, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.vocabulary import ActionStatus
from storage.models import ActionItem, Membership, Postmortem
from storage.postmortems import PRESENT

Condition = ColumnElement[bool]
"""Which actions are meant."""

OPEN = col(ActionItem.status) == ActionStatus.OPEN
"""Still to be done."""


@dataclass(frozen=True, slots=True)
class ActionOfPostmortem:
    """An action, and the number and title of the postmortem it follows from."""

    action: ActionItem
    number: int
    title: str


async def by_id(session: AsyncSession, action_id: str, *, lock: bool = False) -> ActionItem | None:
    """The action with that id; with `lock` nobody else changes it before this transaction ends."""
    return await session.get(ActionItem, action_id, with_for_update=lock or None, populate_existing=lock)


async def by_ids(session: AsyncSession, ids: Iterable[str]) -> list[ActionOfPostmortem]:
    """The actions with these ids, with their postmortems, the newest first; those that are gone are left out."""
    wanted = set(ids)
    if not wanted:
        return []
    found = await session.exec(
        select(ActionItem, Postmortem.number, Postmortem.title)
        .join(Postmortem, col(Postmortem.id) == ActionItem.postmortem_id)
        .where(col(ActionItem.id).in_(wanted), PRESENT)
        .order_by(col(ActionItem.created_at).desc(), ActionItem.id)
    )
    return [ActionOfPostmortem(*row) for row in found.all()]


async def number_of(session: AsyncSession, action_id: str) -> int | None:
    """The number of the postmortem that an action follows from; None where there is no such action."""
    wanted = (
        select(Postmortem.number)
        .join(ActionItem, col(ActionItem.postmortem_id) == Postmortem.id)
        .where(ActionItem.id == action_id)
    )
    return (await session.exec(wanted)).first()


async def of_postmortem(session: AsyncSession, postmortem_id: str) -> list[ActionOfPostmortem]:
    """Every action of one postmortem: those still open first, the soonest due first."""
    found = await session.exec(
        select(ActionItem, Postmortem.number, Postmortem.title)
        .join(Postmortem, col(Postmortem.id) == ActionItem.postmortem_id)
        .where(ActionItem.postmortem_id == postmortem_id, PRESENT)
        .order_by(OPEN.desc(), *_SOONEST_FIRST)
    )
    return [ActionOfPostmortem(*row) for row in found.all()]


async def owed(session: AsyncSession, postmortem_ids: Iterable[str]) -> list[ActionItem]:
    """The open actions of these postmortems that somebody owes by a day, the newest first."""
    found = await session.exec(
        select(ActionItem)
        .where(
            col(ActionItem.postmortem_id).in_(list(postmortem_ids)),
            OPEN,
            col(ActionItem.owner_id).is_not(None),
            col(ActionItem.due_on).is_not(None),
        )
        .order_by(col(ActionItem.created_at).desc(), ActionItem.id)
    )
    return list(found.all())


def owned_by(user_id: str) -> Condition:
    """Those that one person owns."""
    return col(ActionItem.owner_id) == user_id


def of_teams_of(user_id: str) -> Condition:
    """Those of a person's teams: their postmortem is a team's, or their owner is in one."""
    teams = select(Membership.team_id).where(Membership.user_id == user_id)
    members = select(Membership.user_id).where(col(Membership.team_id).in_(teams))
    return or_(col(Postmortem.team_id).in_(teams), col(ActionItem.owner_id).in_(members))


def due_until(day: date) -> Condition:
    """Those due on that day or before it."""
    return col(ActionItem.due_on) <= day


async def page(
    session: AsyncSession, condition: Condition, *, limit: int, offset: int
) -> tuple[list[ActionOfPostmortem], int]:
    """One page of the open actions for which the condition holds, the soonest due first; and how many there are."""
    joined = col(Postmortem.id) == ActionItem.postmortem_id
    conditions = (OPEN, PRESENT, condition)
    total = await session.exec(select(func.count()).select_from(ActionItem).join(Postmortem, joined).where(*conditions))
    found = await session.exec(
        select(ActionItem, Postmortem.number, Postmortem.title)
        .join(Postmortem, joined)
        .where(*conditions)
        .order_by(*_SOONEST_FIRST)
        .limit(limit)
        .offset(offset)
    )
    return [ActionOfPostmortem(*row) for row in found.all()], total.one()


async def put_back(session: AsyncSession, action: ActionItem, *, version: int) -> None:
    """Store an action that was removed once more. Its version goes on from `version`, and never repeats itself."""
    session.add(action)
    await session.flush()
    await session.exec(update(ActionItem).where(col(ActionItem.id) == action.id).values(version=version + 1))
    await session.refresh(action)


# Databases differ in where they put what has no day; it comes last.
_SOONEST_FIRST = (
    col(ActionItem.due_on).is_(None),
    col(ActionItem.due_on),
    col(ActionItem.created_at).desc(),
    col(ActionItem.id),
)
