"""A number that goes up with every change of who is on call: schedules, rotations, overrides, people.

Whoever keeps in memory what they read asks for this number first: the same number means that nothing of it changed, in
whatever process the change was made.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.counters import advance
from storage.models import Counter, Override, Rotation, RotationVersion, Schedule, User

COUNTER = "on-call"
WATCHED = (Schedule, Rotation, RotationVersion, Override, User)


async def current(session: AsyncSession) -> int:
    """The number as of this transaction; 0 before the first change."""
    return (await session.exec(select(Counter.value).where(Counter.name == COUNTER))).first() or 0


class Watch:
    """Notices whether a session changes anything watched."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._noticed = False
        event.listen(session.sync_session, "before_flush", self._look)

    async def conclude(self) -> None:
        """To be called last in the transaction: raises the number where something changed.

        Last, since from then on every other writer of watched rows waits for this one to end.
        """
        await self._session.flush()
        if self._noticed:
            await advance(self._session, COUNTER)

    def _look(self, session: Session, _context: object, _instances: Any) -> None:
        changed = [*session.new, *session.deleted, *(each for each in session.dirty if session.is_modified(each))]
        self._noticed = self._noticed or any(isinstance(each, WATCHED) for each in changed)
