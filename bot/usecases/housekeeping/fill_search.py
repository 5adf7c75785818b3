"""Make what was written before there was a search findable too."""

from __future__ import annotations

from bot.usecases.postmortems.indexing import index
from bot.usecases.unit import Units
from storage import search

BATCH = 20
"""Little enough that nobody who writes at the same time waits long for it."""


class SearchFill:
    """Goes once through the postmortems that are not in the index, at the start of a process; done before, none are.

    Two processes at once do each other no harm.
    """

    def __init__(self, units: Units) -> None:
        self._units = units
        self._reached = 0
        self._is_done = False

    async def run(self, *, limit: int = BATCH) -> int:
        """One batch, and nothing once all were looked at; answers how many were made findable."""
        if self._is_done:
            return 0
        async with self._units.begin(None) as unit:
            rows = await search.unindexed(unit.session, after=self._reached, limit=limit)
            for row in rows:
                await index(unit, row)
                self._reached = row.number
        self._is_done = len(rows) < limit
        return len(rows)
