"""Laws of the token bucket, for any limit, any number of processes that share it, and any moments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engines.buckets import STEPS, Bucket, drawn, filled, full, next_token, step_end
from bot.vocabulary import Domain, RateLimit

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
LIMITS = st.builds(
    RateLimit, st.just(Domain.CONFIGURATION), requests=st.integers(1, 500), seconds=st.sampled_from([1, 7, 60, 3600])
)
GAPS = st.floats(0, 0.4)
"""Between two draws, as a part of the limit's period."""
few = settings(max_examples=150, derandomize=True, deadline=None)


@dataclass
class Purse:
    """What one process has drawn and not spent yet."""

    tokens: int = 0
    ends: datetime = NOON


@few
@given(LIMITS, st.lists(st.tuples(GAPS, st.integers(0, 2), st.integers(1, 60), st.integers(0, 60)), max_size=40))
def test_bucket_and_purses_together_never_hold_more_than_the_limit(
    limit: RateLimit, moves: list[tuple[float, int, int, int]]
) -> None:
    now, bucket, purses = NOON, full(limit, NOON), [Purse() for _ in range(3)]
    spent: list[tuple[datetime, int]] = []
    for gap, who, wanted, uses in moves:
        now += gap * timedelta(seconds=limit.seconds)
        tokens, bucket = drawn(bucket, limit, wanted=wanted, now=now)
        assert 0 <= tokens <= wanted
        left = purses[who].tokens if purses[who].ends > now else 0
        purses[who] = Purse(left + tokens, step_end(limit, now))
        used = min(uses, purses[who].tokens)
        purses[who].tokens -= used
        spent.append((now, used))
        assert filled(bucket, limit, now).tokens + sum(each.tokens for each in purses if each.ends > now) <= (
            limit.requests
        )
    step = timedelta(seconds=limit.seconds) / STEPS
    for at, _used in spent:
        steps = (now - at) / step + 1
        assert sum(used for when, used in spent if when >= at) <= limit.requests * (1 + steps / STEPS)


@few
@given(LIMITS, st.integers(0, 600), GAPS)
def test_what_is_drawn_at_once_is_what_there_is_and_it_all_comes_back_in_one_period(
    limit: RateLimit, wanted: int, gap: float
) -> None:
    tokens, left = drawn(full(limit, NOON), limit, wanted=wanted, now=NOON)
    assert tokens == min(wanted, limit.requests)
    assert filled(left, limit, NOON + timedelta(seconds=limit.seconds)).tokens == limit.requests
    later = NOON + gap * timedelta(seconds=limit.seconds)
    assert filled(filled(left, limit, later), limit, later) == filled(left, limit, later)


@few
@given(LIMITS, GAPS)
def test_the_next_token_is_there_when_it_is_said_to_be_and_not_a_moment_before(limit: RateLimit, gap: float) -> None:
    now = NOON + gap * timedelta(seconds=limit.seconds)
    _, empty = drawn(full(limit, now), limit, wanted=limit.requests, now=now)
    at = next_token(empty, limit)
    assert drawn(empty, limit, wanted=1, now=at)[0] == 1
    assert drawn(empty, limit, wanted=1, now=at - timedelta(microseconds=1))[0] == 0
    assert next_token(full(limit, now), limit) == now


def test_a_clock_that_runs_back_gives_nothing() -> None:
    limit = RateLimit(Domain.SEARCH, requests=10, seconds=60)
    _, empty = drawn(full(limit, NOON), limit, wanted=10, now=NOON)
    assert drawn(empty, limit, wanted=1, now=NOON - timedelta(hours=1)) == (0, Bucket(0.0, NOON))


def test_a_limit_made_smaller_counts_at_once() -> None:
    smaller = RateLimit(Domain.SEARCH, requests=5, seconds=60)
    assert drawn(Bucket(400.0, NOON), smaller, wanted=50, now=NOON)[0] == 5
