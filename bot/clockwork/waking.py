"""Wakes at the earliest due row, every few seconds in case, and whenever something was committed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import Unavailable

log = structlog.get_logger(__name__)
JUST_IN_CASE = timedelta(seconds=5)
LONGEST_REST_SECONDS = 0.4

Round = Callable[[], Awaitable[datetime | None]]
"""Does everything that is due; answers when the next thing is, by the house's clock."""


class Clockwork:
    """Runs rounds, one at a time. APScheduler only rings; what is due is known by the rows.

    The rounds `besides` run each by itself, so that however long the first one takes, they are on time. What rounds
    have begun is ended by `at_end`.
    """

    def __init__(
        self,
        do_round: Round,
        clock: Callable[[], datetime],
        *,
        besides: Sequence[Round] = (),
        at_end: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._hands = [_Hand(each, clock, self._scheduler) for each in (do_round, *besides)]
        self._at_end = at_end
        self._stopping = False

    def start(self) -> None:
        """Begin; the first rounds start at once."""
        self._scheduler.start()
        self._scheduler.add_job(
            self._ring, "interval", seconds=JUST_IN_CASE.total_seconds(), misfire_grace_time=None, coalesce=True
        )
        for hand in self._hands:
            hand.start()

    def wake(self) -> None:
        """Something may be due."""
        for hand in self._hands:
            hand.wake()

    async def _ring(self) -> None:
        """APScheduler runs plain functions in a thread of their own, where the bells must not be touched."""
        self.wake()

    async def stop(self, *, at_once: bool = False) -> None:
        """End after the rounds that are running; once ended, stopping again changes nothing.

        `at_once` cuts those rounds short: for one that is simply done again at the next start.
        """
        if not self._stopping and self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        self._stopping = True
        await asyncio.gather(*(hand.stop(at_once=at_once) for hand in self._hands))
        if self._at_end:
            await self._at_end()


class _Hand:
    """One round, done whenever its bell has rung."""

    def __init__(self, do_round: Round, clock: Callable[[], datetime], scheduler: AsyncIOScheduler) -> None:
        self._round = do_round
        self._clock = clock
        self._scheduler = scheduler
        self._bell = asyncio.Event()
        self._worker: asyncio.Task[None] | None = None
        self._stopping = False

    def start(self) -> None:
        self._worker = asyncio.create_task(self._work())
        self.wake()

    def wake(self) -> None:
        self._bell.set()

    async def stop(self, *, at_once: bool) -> None:
        self._stopping = True
        self.wake()
        if self._worker and not self._worker.done():
            if at_once:
                self._worker.cancel()
                await asyncio.wait({self._worker})
            else:
                await self._worker

    async def _ring(self) -> None:
        """As that of Clockwork."""
        self.wake()

    async def _work(self) -> None:
        while not self._stopping:
            await self._bell.wait()
            self._bell.clear()
            if self._stopping:
                return
            began = asyncio.get_running_loop().time()
            try:
                next_due = await self._round()
            except Unavailable as error:
                log.warning("round not finished", problem=str(error))
                continue
            except Exception:  # one bad round must not end all later ones
                log.exception("round failed")
                continue
            self._ring_at(next_due)
            await self._rest(asyncio.get_running_loop().time() - began)

    async def _rest(self, worked: float) -> None:
        """Twice as long as the round took, a moment at most: where commits ring without end, others are served too."""
        if self._bell.is_set() and not self._stopping:
            await asyncio.sleep(min(2 * worked, LONGEST_REST_SECONDS))

    def _ring_at(self, due: datetime | None) -> None:
        """Have the bell rung at that instant of the house's clock, which may not run with the machine's."""
        if due is None:
            return
        wait = max(due - self._clock(), timedelta(0))
        if wait < JUST_IN_CASE:
            moment = datetime.now(UTC) + wait
            self._scheduler.add_job(
                self._ring,
                "date",
                run_date=moment,
                id=f"earliest {id(self)}",
                replace_existing=True,
                misfire_grace_time=None,
            )
