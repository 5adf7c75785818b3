"""The workspace's clock: what time it is in this Slack, and how a test or a person moves it forward."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

Listener = Callable[[], Awaitable[None]]


class WorkspaceClock:
    """One clock for everything the workspace times: messages, triggers, response urls, rate limits, event retries.

    Make one with `WorkspaceClock.running()` (real time plus an offset that can be moved forward) or
    `WorkspaceClock.still(at)` (stands until it is advanced).
    """

    def __init__(self, *, base: Callable[[], float], offset: float = 0.0, runs: bool) -> None:
        self._base = base
        self._offset = offset
        self._runs = runs
        self._listeners: list[Listener] = []
        self._moved = asyncio.Event()

    @classmethod
    def running(cls, *, wall: Callable[[], float] = time.time, offset: float = 0.0) -> WorkspaceClock:
        """A clock that runs with the machine's, `offset` seconds ahead of it."""
        return cls(base=wall, offset=offset, runs=True)

    @classmethod
    def still(cls, at: datetime) -> WorkspaceClock:
        """A clock that stands at an aware moment until it is advanced."""
        if at.tzinfo is None:
            raise ValueError("a workspace clock needs an aware moment")
        start = at.timestamp()
        return cls(base=lambda: start, runs=False)

    @property
    def offset(self) -> float:
        """How many seconds the clock was moved forward in all."""
        return self._offset

    def restore(self, offset: float) -> None:
        """Set how far ahead a running clock is, as it was before a restart; a still clock stays where it stands."""
        if self._runs:
            self._offset = max(self._offset, offset)

    def time(self) -> float:
        """Unix seconds."""
        return self._base() + self._offset

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return datetime.fromtimestamp(self.time(), UTC)

    def on_advance(self, listener: Listener) -> None:
        """Have an async callback awaited, in order of registration, each time the clock was moved."""
        self._listeners.append(listener)

    async def advance(self, seconds: float) -> None:
        """Move forward; returns when every listener is done. ValueError when asked to go back."""
        if seconds < 0:
            raise ValueError("the workspace clock only moves forward")
        self._offset += seconds
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()
        for listener in tuple(self._listeners):
            await listener()

    async def move_to(self, unix: float) -> None:
        """Move forward to a moment in unix seconds. ValueError when it has passed."""
        await self.advance(unix - self.time())

    async def wait_until(self, unix: float) -> None:
        """Return once the clock shows that moment: at once when it has passed; a still clock waits to be advanced."""
        while (left := unix - self.time()) > 0:
            moved = self._moved
            try:
                await asyncio.wait_for(moved.wait(), left if self._runs else None)
            except TimeoutError:
                continue
