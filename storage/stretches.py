"""Some of what was written to a thing or happened to it, from a place in either direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import ApiKey, Event, User

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Those `beyond` one, in an order, or, `backwards`, those before it."""

    limit: int
    newest_first: bool
    beyond: int | None = None
    backwards: bool = False


async def happenings(
    session: AsyncSession, subject_id: str, stretch: Stretch
) -> list[tuple[Event, str | None, str | None]]:
    """Some of what happened to a thing, with the names of who did it: of the person, and of the key."""
    statement = (
        select(Event, User.name, ApiKey.name)
        .outerjoin(User, col(User.id) == Event.actor_id)
        .outerjoin(ApiKey, col(ApiKey.id) == Event.key_id)
        .where(Event.subject_id == subject_id)
    )
    found = (await session.exec(cut(statement, col(Event.id), stretch))).all()
    return in_order([(event, person, key) for event, person, key in found], stretch)


def cut(statement: Any, column: Any, stretch: Stretch) -> Any:
    """The rows of a stretch, those nearest to where it begins."""
    is_falling = stretch.newest_first is not stretch.backwards
    if stretch.beyond is not None:
        statement = statement.where(column < stretch.beyond if is_falling else column > stretch.beyond)
    return statement.order_by(column.desc() if is_falling else column.asc()).limit(stretch.limit)


def in_order(found: Sequence[Row], stretch: Stretch) -> list[Row]:
    """What `cut` has found, in the order of the stretch."""
    return list(reversed(found)) if stretch.backwards else list(found)
