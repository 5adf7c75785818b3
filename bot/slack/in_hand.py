"""What is being worked on. Bolt runs what follows an acknowledgement as a task of its own, which nobody else awaits."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class InHand:
    """Counts work that was begun and has not ended, so that closing can wait for it."""

    def __init__(self) -> None:
        self._count = 0
        self._nothing = asyncio.Event()
        self._nothing.set()

    def __len__(self) -> int:
        return self._count

    def begin(self) -> None:
        """One more is in hand; each is to be ended once."""
        self._count += 1
        self._nothing.clear()

    def end(self) -> None:
        """One less is in hand."""
        self._count -= 1
        if not self._count:
            self._nothing.set()

    @contextmanager
    def held(self) -> Iterator[None]:
        """In hand for the length of the block, however it ends."""
        self.begin()
        try:
            yield
        finally:
            self.end()

    async def settled(self) -> None:
        """Return when nothing is in hand; at once when nothing was."""
        await self._nothing.wait()
