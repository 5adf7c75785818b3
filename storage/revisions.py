"""A number that goes up with every change of who is on call: schedules, rotations, overrides, forwardings,
escalations, teams and which way their alerts go, people; and of the keys that programs ask by.

Whoever keeps in memory what they read asks for this number first: the same number means that nothing of it changed, in
whatever process the change was made.
"""

from __future__ import annotations

import asyncio
import sqlite3
from typing import Any
from urllib.parse import quote

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.orm import Session
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.counters import advance
from storage.models import (
    ApiKey,
    ChannelLink,
    Escalation,
    Forwarding,
    Membership,
    Override,
    Rotation,
    RotationVersion,
    RoutingRule,
    Schedule,
    Team,
    User,
)

COUNTER = "on-call"
STATEMENT = f"select value from counter where name = '{COUNTER}'"  # noqa: S608  a constant
WATCHED = (
    Schedule,
    Rotation,
    RotationVersion,
    Override,
    Forwarding,
    ChannelLink,
    User,
    Team,
    Membership,
    Escalation,
    RoutingRule,
    ApiKey,
)


class Revisions:
    """Tells the number as it is now.

    On SQLite it is read on a connection of its own without a detour over another thread: some microseconds, while a
    statement through the engine takes most of a millisecond, and this one is asked with every question. Elsewhere those
    who ask at once share a look.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        is_sqlite = engine.dialect.name == "sqlite"
        self._engine = engine if is_sqlite else engine.execution_options(isolation_level="AUTOCOMMIT")
        self._direct: sqlite3.Connection | None = None
        self._running: asyncio.Task[int] | None = None
        self._following: asyncio.Task[int] | None = None

    async def current(self) -> int:
        """The number; 0 before the first change."""
        if self._engine.dialect.name == "sqlite":
            try:
                return self._read_directly()
            except sqlite3.Error:  # locked for a moment, or not there: the engine knows how to wait and what to say
                self.close()
        return await self._shared()

    def close(self) -> None:
        """Let go of the connection; the next question opens another."""
        if self._direct:
            self._direct.close()
            self._direct = None

    async def _shared(self) -> int:
        """The answer of a look that begins after it was asked for, so that it is never an old one.

        Whoever asks while one is under way waits for the next, and all of them for the same.
        """
        if self._following is None:
            self._following = asyncio.create_task(self._look_after(self._running))
        return await asyncio.shield(self._following)

    async def _look_after(self, running: asyncio.Task[int] | None) -> int:
        if running is not None:
            await asyncio.wait([running])
        self._running, self._following = self._following, None
        async with self._engine.connect() as connection:
            return (await connection.execute(text(STATEMENT))).scalar() or 0

    def _read_directly(self) -> int:
        if self._direct is None:
            file = self._engine.url.database or ""
            self._direct = sqlite3.connect(f"file:{quote(file)}?mode=rw", uri=True, timeout=0, isolation_level=None)
        row = self._direct.execute(STATEMENT).fetchone()
        return int(row[0]) if row else 0


async def within(session: AsyncSession) -> int:
    """The same number, asked for in a transaction that goes on to read by it; asked for once in it."""
    if COUNTER not in session.info:
        connection = await session.connection()
        found_in(session, (await connection.execute(text(STATEMENT))).scalar() or 0)
    return int(session.info[COUNTER])


def found_in(session: AsyncSession, number: int) -> None:
    """The number has been asked for in this transaction, together with others."""
    session.info[COUNTER] = number


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
