"""What is in a sender's hands: a queue for each recipient, worked on beside all others.

A recipient that takes only so many messages a second, or that Slack is slow about, holds up nobody else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.errors import Unavailable

log = structlog.get_logger(__name__)


class Queues:
    """The recipients that are being told something. One that waits for its turn at Slack keeps no hand from others."""

    def __init__(self, *, hands: int) -> None:
        """So many `hands` work at once."""
        self._hands = hands
        self._working = 0
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._listeners: list[Callable[[], None]] = []
        self._stopping = asyncio.Event()

    def on_free(self, listener: Callable[[], None]) -> None:
        """Call this whenever a recipient may be told more, or a hand is free."""
        self._listeners.append(listener)

    @property
    def recipients(self) -> frozenset[str]:
        """Those in hand: what else goes to them waits, so that it goes in order."""
        return frozenset(self._tasks)

    @property
    def free_hands(self) -> int:
        """How many more may be begun; what cannot wait may be begun with none free."""
        return max(0, self._hands - self._working)

    @property
    def is_stopping(self) -> bool:
        """Whether what is not begun is to be given back."""
        return self._stopping.is_set()

    def begin(self, recipient: str, work: Callable[[], Awaitable[None]]) -> None:
        """Work on the queue of a recipient that is not in hand."""
        self._tasks[recipient] = asyncio.create_task(self._work(recipient, work))

    async def rest(self, seconds: float) -> bool:
        """Let others work for a while; answers whether that was cut short, since all is to be given back."""
        self._working -= 1
        self._ring()
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return False
        finally:
            self._working += 1
        return True

    async def settled(self) -> None:
        """Return when nothing is in hand; at once when nothing was."""
        while self._tasks:
            await asyncio.wait(self._tasks.values())

    async def stop(self) -> None:
        """End what is being sent, and have everything else given back. Cut short, what is in hand is dropped."""
        self._stopping.set()
        try:
            await self.settled()
        finally:
            left = list(self._tasks.values())
            self._tasks.clear()
            for task in left:
                task.cancel()
            if left:
                await asyncio.wait(left)

    async def _work(self, recipient: str, work: Callable[[], Awaitable[None]]) -> None:
        self._working += 1
        try:
            await work()
        except Unavailable as error:
            log.warning("messages not settled", problem=str(error))  # they come back when their lease ends
        except Exception:  # nobody awaits it who could say so
            log.exception("messages not settled")
        finally:
            self._working -= 1
            self._tasks.pop(recipient, None)
            self._ring()

    def _ring(self) -> None:
        for listener in self._listeners:
            listener()
