"""Wakes at the earliest due row, every few seconds in case, and whenever something was committed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import Unavailable

log = structlog.get_logger(__name__)
JUST_IN_CASE = timedelta(seconds=5)

Round = Callable[[], Awaitable[datetime | None]]
"""Does everything that is due; answers when the next thing is, by the house's clock."""


class Clockwork:
    """Runs rounds, one at a time. APScheduler only rings; what is due is known by the rows."""

    def __init__(self, do_round: Round, clock: Callable[[], datetime]) -> None:
        self._round = do_round
        self._clock = clock
        self._bell = asyncio.Event()
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._worker: asyncio.Task[None] | None = None
        self._stopping = False

    def start(self) -> None:
        """Begin; the first round starts at once."""
        self._scheduler.start()
        self._scheduler.add_job(
            self._ring, "interval", seconds=JUST_IN_CASE.total_seconds(), misfire_grace_time=None, coalesce=True
        )
        self._worker = asyncio.create_task(self._work())
        self.wake()

    def wake(self) -> None:
        """Something may be due."""
        self._bell.set()

    async def _ring(self) -> None:
        """APScheduler runs plain functions in a thread of their own, where the bell must not be touched."""
        self.wake()

    async def stop(self, *, at_once: bool = False) -> None:
        """End after the round that is running; once ended, stopping again changes nothing.

        `at_once` cuts that round short: for one that is simply done again at the next start.
        """
        if not self._stopping and self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        self._stopping = True
        self.wake()
        if self._worker and not self._worker.done():
            if at_once:
                self._worker.cancel()
                await asyncio.wait({self._worker})
            else:
                await self._worker

    async def _work(self) -> None:
        while not self._stopping:
            await self._bell.wait()
            self._bell.clear()
            if self._stopping:
                return
            try:
                next_due = await self._round()
            except Unavailable as error:
                log.warning("round not finished", problem=str(error))
                continue
            except Exception:  # one bad round must not end all later ones
                log.exception("round failed")
                continue
            self._ring_at(next_due)

    def _ring_at(self, due: datetime | None) -> None:
        """Have the bell rung at that instant of the house's clock, which may not run with the machine's."""
        if due is None:
            return
        wait = max(due - self._clock(), timedelta(0))
        if wait < JUST_IN_CASE:
            moment = datetime.now(UTC) + wait
            self._scheduler.add_job(
                self._ring, "date", run_date=moment, id="earliest", replace_existing=True, misfire_grace_time=None
            )
