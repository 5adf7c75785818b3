"""Saved searches in the database."""

from __future__ import annotations

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import SavedSearch
from storage.references import Lock, keepable, locked


async def one(
    session: AsyncSession, *, id_: str | None = None, name: str | None = None, lock: Lock = Lock.NONE
) -> SavedSearch | None:
    """The search with that id, else the one of that name, letter by letter."""
    if not keepable([id_ or name or ""]):
        return None
    meant = col(SavedSearch.id) == id_ if id_ else col(SavedSearch.name) == (name or "")
    found: SavedSearch | None = (await session.exec(locked(select(SavedSearch).where(meant), lock))).first()
    return found


async def every(session: AsyncSession, *, team_id: str | None) -> list[SavedSearch]:
    """All of them by name, of one team or of all."""
    wanted = () if team_id is None else (col(SavedSearch.team_id) == team_id,)
    return list((await session.exec(select(SavedSearch).where(*wanted).order_by(SavedSearch.name))).all())


async def delete_of_team(session: AsyncSession, team_id: str) -> None:
    """Remove every search of a team."""
    await session.exec(delete(SavedSearch).where(col(SavedSearch.team_id) == team_id))
