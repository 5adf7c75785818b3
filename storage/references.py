"""Things that a request names by id or by name, found in one statement for each kind."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, TypeVar

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Escalation, Schedule, Service, Team

Named = TypeVar("Named", Team, Schedule, Escalation, Service)


class Lock(StrEnum):
    """How long what was found stays as it is: not at all, or until this transaction ends.

    Many may KEEP a row at once, so that what they write may point to it. Whoever is to CHANGE it waits for them, and
    they for it.
    """

    NONE = "none"
    KEEP = "keep"
    CHANGE = "change"


async def identified(
    session: AsyncSession,
    table: type[Named],
    *,
    ids: Iterable[str] = (),
    names: Iterable[str] = (),
    lock: Lock = Lock.NONE,
) -> list[Named]:
    """The rows with one of these ids or, letter by letter, one of these names; in order of their ids."""
    wanted_ids, wanted_names = keepable(ids), keepable(names)
    if not wanted_ids and not wanted_names:
        return []
    is_meant = or_(col(table.id).in_(wanted_ids), col(table.name).in_(wanted_names))
    statement = locked(select(table).where(is_meant).order_by(col(table.id)), lock)
    found: list[Named] = list((await session.exec(statement)).all())
    return found


def keepable(texts: Iterable[str]) -> set[str]:
    """The texts without those that hold a NUL: no database keeps it, PostgreSQL not even in a question."""
    return {text for text in texts if "\x00" not in text}


def locked(statement: Any, lock: Lock) -> Any:
    """The statement with that lock on the rows it finds."""
    return statement if lock is Lock.NONE else statement.with_for_update(read=lock is Lock.KEEP)
