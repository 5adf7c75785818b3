"""Token buckets: how many requests are left, and when there will be more.

A bucket holds as many tokens as its limit has requests, and gets a tenth of them back with each tenth of the limit's
period. These steps begin at the same instants for everybody. Who shares a bucket draws some tokens at a time and
spends them within the step: nothing drawn is left when tokens come back, and so all together never hold more than the
bucket does, however many share it. What is drawn and not spent is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.vocabulary import RateLimit

STEPS = 10
"""In one period of a limit. A token is counted in as many parts, so that each step brings whole parts."""
_ORIGIN = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Bucket:
    """What is in a bucket: whole tokens and tenths of one, as of the instant it was looked at last."""

    tokens: float
    filled_at: datetime


def full(limit: RateLimit, now: datetime) -> Bucket:
    """A bucket that nobody has drawn from."""
    return Bucket(float(limit.requests), now)


def filled(bucket: Bucket, limit: RateLimit, now: datetime) -> Bucket:
    """The bucket with what has come back since; never more than the limit. A clock that runs back changes nothing."""
    steps = max(0, _step(limit, now) - _step(limit, bucket.filled_at))
    parts = min(_parts(bucket) + steps * limit.requests, limit.requests * STEPS)
    return Bucket(parts / STEPS, max(now, bucket.filled_at))


def drawn(bucket: Bucket, limit: RateLimit, *, wanted: int, now: datetime) -> tuple[int, Bucket]:
    """Whole tokens, `wanted` at most and perhaps none, and the bucket without them."""
    there = filled(bucket, limit, now)
    tokens = min(wanted, _parts(there) // STEPS)
    return tokens, Bucket((_parts(there) - tokens * STEPS) / STEPS, there.filled_at)


def step_end(limit: RateLimit, now: datetime) -> datetime:
    """Until when tokens that are drawn now may be spent."""
    return _ORIGIN + (_step(limit, now) + 1) * _length(limit)


def next_token(bucket: Bucket, limit: RateLimit) -> datetime:
    """When a whole token can be drawn: at once where one is there."""
    missing = STEPS - _parts(bucket)
    if missing <= 0:
        return bucket.filled_at
    steps = -(-missing // limit.requests)
    return _ORIGIN + (_step(limit, bucket.filled_at) + steps) * _length(limit)


def _parts(bucket: Bucket) -> int:
    return round(bucket.tokens * STEPS)


def _length(limit: RateLimit) -> timedelta:
    return timedelta(seconds=limit.seconds) / STEPS


def _step(limit: RateLimit, at: datetime) -> int:
    return (at - _ORIGIN) // _length(limit)
