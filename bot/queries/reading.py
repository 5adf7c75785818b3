"""Asking: a read-only session and the moment it was asked at."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.queries.memory import Memory, Recollection
from bot.settings import Settings
from storage.database import Database

Clock = Callable[[], datetime]
"""Tells the present instant, aware and in UTC. The real one is chosen in wiring."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One question's session, the present instant, the house's settings, and what is remembered of earlier ones."""

    session: AsyncSession
    now: datetime
    settings: Settings
    recollection: Recollection


class Reader:
    """Opens readings; handed to every surface that asks."""

    def __init__(self, database: Database, clock: Clock, settings: Settings) -> None:
        """Its `memory` may be shared with the units of the process."""
        self._database = database
        self._clock = clock
        self._settings = settings
        self.memory = Memory()

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[Reading]:
        """A reading for the length of the block."""
        async with self._database.reading() as session:
            yield Reading(session, self._clock(), self._settings, Recollection(self._database.revision, self.memory))

    def now(self) -> datetime:
        """The present instant, for a surface that needs no database to answer."""
        return self._clock()
