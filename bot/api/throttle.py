"""How often a key may ask: token buckets of each key and domain, shared by all processes on one database.

A process leases some tokens at a time and spends them from memory, so that a request costs no write of its own. The
more is asked, the more it leases: one token at first, then twice as many with each lease of the same step, until a
fifth of the bucket. Leased tokens that were not spent at the end of a step, or when the process ends, are lost.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import ceil

from bot.queries.actors import KeyHolder
from bot.queries.reading import Clock
from bot.usecases.keys.lease import lease
from bot.usecases.unit import Units
from bot.vocabulary import Domain, RateLimit

SHARE = 5
"""One lease takes this part of a bucket at most: other processes want some too."""
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class _Purse:
    """What this process holds of one bucket, and what it knows of the rest."""

    tokens: int = 0
    ends: datetime = _LONG_AGO
    more_at: datetime = _LONG_AGO
    size: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Throttle:
    """The limits of one process. `units` should ring for nobody: a lease is nothing that others wait to hear of."""

    def __init__(self, units: Units, clock: Clock, limits: Iterable[RateLimit]) -> None:
        self._units = units
        self._clock = clock
        self._limits = {limit.domain: limit for limit in limits}
        self._purses: dict[tuple[str, Domain], _Purse] = {}

    def limit_of(self, domain: Domain) -> RateLimit | None:
        """The limit of a domain; None where there is none."""
        return self._limits.get(domain)

    async def spend(self, key: KeyHolder, domain: Domain) -> int:
        """Take a token for one request; answers 0, or the whole seconds to wait where there is none.

        Raises:
            Unavailable: a token had to be leased, and the database does not answer.
        """
        limit = self.limit_of(domain)
        if limit is None:
            return 0
        purse = self._purses.setdefault((key.id, domain), _Purse())
        async with purse.turn:
            now = self._clock()
            if purse.ends <= now:
                purse.tokens, purse.size = 0, 0
            if not purse.tokens and purse.more_at <= now:
                await self._fill(purse, key, limit)
            if not purse.tokens:
                return max(1, ceil((purse.more_at - now).total_seconds()))
            purse.tokens -= 1
            return 0

    async def _fill(self, purse: _Purse, key: KeyHolder, limit: RateLimit) -> None:
        wanted = min(max(1, purse.size * 2), max(1, limit.requests // SHARE))
        async with self._units.begin(key) as unit:
            leased = await lease(unit, key.id, limit, wanted=wanted)
        purse.tokens, purse.size, purse.ends = leased.tokens, wanted, leased.ends
        if leased.tokens < wanted:
            purse.more_at = leased.more_at
