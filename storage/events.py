"""What happened, in the database."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Event


async def by_id(session: AsyncSession, event_id: int) -> Event | None:
    """The event with that id."""
    return await session.get(Event, event_id)
