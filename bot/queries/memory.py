"""What was read and cannot have changed, kept in this process so that a question asked again costs next to nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, MutableMapping
from typing import Any, TypeVar

Value = TypeVar("Value")
Kept = MutableMapping[Hashable, Any]


class Memory:
    """One a process. Holds what was read at one revision of who is on call; the next revision empties it."""

    def __init__(self) -> None:
        self._revision = -1
        self._kept: Kept = {}

    def of(self, revision: int) -> Kept:
        """What is kept of a revision. A reading that is behind gets an empty mapping of its own."""
        if revision < self._revision:
            return {}
        if revision > self._revision:
            self._revision, self._kept = revision, {}
        return self._kept


class Recollection:
    """One reading's way to the memory. It asks for the revision once, before anything else is read.

    Never stale: what is read after the revision was asked for is as new as that revision, or newer.
    """

    def __init__(self, revision: Callable[[], Awaitable[int]], memory: Memory) -> None:
        self._revision = revision
        self._memory = memory
        self._found: Kept | None = None

    @classmethod
    def of_nothing(cls) -> Recollection:
        """For a transaction that writes: it remembers only what it has read itself, until it ends."""

        async def none() -> int:
            return 0

        return cls(none, Memory())

    async def kept(self) -> Kept:
        """What is kept of the revision of this reading. Keep values only that nobody changes."""
        if self._found is None:
            self._found = self._memory.of(await self._revision())
        return self._found

    async def remembered(self, key: Hashable, load: Callable[[], Awaitable[Value]]) -> Value:
        """The value kept under a key, loaded where there is none.

        None is not kept: what is asked for and is not there would grow without end.
        """
        kept = await self.kept()
        value: Value = kept[key] if key in kept else await load()
        if value is not None:
            kept[key] = value
        return value
