"""Lease tokens of a key: what a process may spend without asking the database for each request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.engines.buckets import Bucket, drawn, full, next_token, step_end
from bot.usecases.unit import Unit
from bot.vocabulary import RateLimit
from storage import keys


@dataclass(frozen=True, slots=True)
class Lease:
    """Tokens that are this process's to spend before `ends`; what is left then is lost.

    With fewer than were wanted the bucket is empty: there are no more before `more_at`.
    """

    tokens: int
    ends: datetime
    more_at: datetime


async def lease(unit: Unit, key_id: str, limit: RateLimit, *, wanted: int) -> Lease:
    """Draw up to `wanted` tokens from the key's bucket in the limit's domain. Processes draw one after another."""
    fresh = full(limit, unit.now)
    row = await keys.allowance(unit.session, key_id, limit.domain, tokens=fresh.tokens, at=fresh.filled_at)
    tokens, left = drawn(Bucket(row.tokens, row.filled_at), limit, wanted=wanted, now=unit.now)
    row.tokens, row.filled_at = left.tokens, left.filled_at
    return Lease(tokens, step_end(limit, unit.now), next_token(left, limit))
