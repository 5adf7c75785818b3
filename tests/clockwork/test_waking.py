"""The clockwork wakes when something may be due, one round at a time, whatever the clock on the wall does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot.clockwork.waking import Clockwork
from bot.errors import Unavailable
from tests.conftest import StillClock

PATIENCE_SECONDS = 4
"""Less than the five seconds after which it wakes in any case: what comes sooner came for its own reason."""


class Rounds:
    """A round that does what the test says and tells when it began."""

    def __init__(self, *answers: Callable[[], datetime | None]) -> None:
        self._answers = list(answers)
        self.begun: asyncio.Queue[int] = asyncio.Queue()
        self.count = 0

    async def __call__(self) -> datetime | None:
        self.count += 1
        self.begun.put_nowait(self.count)
        return self._answers.pop(0)() if self._answers else None

    async def next(self) -> int:
        """The number of the next round, once it has begun."""
        return await asyncio.wait_for(self.begun.get(), PATIENCE_SECONDS)


@asynccontextmanager
async def _running(rounds: Rounds, clock: StillClock) -> AsyncIterator[Clockwork]:
    clockwork = Clockwork(rounds, clock)
    clockwork.start()
    assert await rounds.next() == 1
    yield clockwork
    await clockwork.stop()


def _raise(error: Exception) -> Callable[[], None]:
    def raising() -> None:
        raise error

    return raising


async def test_the_first_round_starts_at_once_and_a_commit_starts_the_next(clock: StillClock) -> None:
    rounds = Rounds()
    async with _running(rounds, clock) as clockwork:
        clockwork.wake()
        assert await rounds.next() == 2


async def test_it_wakes_when_the_next_row_is_due(clock: StillClock) -> None:
    rounds = Rounds(lambda: clock() + timedelta(milliseconds=50))
    async with _running(rounds, clock):
        assert await rounds.next() == 2


async def test_what_is_due_already_is_looked_at_again_at_once(clock: StillClock) -> None:
    rounds = Rounds(lambda: clock() - timedelta(hours=1))
    async with _running(rounds, clock):
        assert await rounds.next() == 2


async def test_a_jump_of_the_houses_clock_is_a_reason_to_look(clock: StillClock) -> None:
    rounds = Rounds(lambda: clock() + timedelta(days=1))
    async with _running(rounds, clock) as clockwork:
        clock.advance(days=2)
        clockwork.wake()
        assert await rounds.next() == 2


async def test_many_calls_during_a_round_make_one_more_round(clock: StillClock) -> None:
    inside, go_on = asyncio.Event(), asyncio.Event()
    count = 0

    async def slow() -> None:
        nonlocal count
        count += 1
        inside.set()
        await go_on.wait()

    clockwork = Clockwork(slow, clock)
    clockwork.start()
    await asyncio.wait_for(inside.wait(), PATIENCE_SECONDS)
    for _ in range(5):
        clockwork.wake()
    inside.clear()
    go_on.set()
    await asyncio.wait_for(inside.wait(), PATIENCE_SECONDS)
    await clockwork.stop()
    assert count == 2


async def test_a_round_that_fails_does_not_end_the_later_ones(clock: StillClock) -> None:
    rounds = Rounds(_raise(Unavailable("The database does not answer.")), _raise(ValueError("a bug")))
    async with _running(rounds, clock) as clockwork:
        for expected in (2, 3):
            clockwork.wake()
            assert await rounds.next() == expected


async def test_stopping_waits_for_the_round_that_is_running_and_begins_no_other(clock: StillClock) -> None:
    inside, go_on, done = asyncio.Event(), asyncio.Event(), []

    async def slow() -> None:
        inside.set()
        await go_on.wait()
        done.append("round")

    clockwork = Clockwork(slow, clock)
    clockwork.start()
    await asyncio.wait_for(inside.wait(), PATIENCE_SECONDS)
    clockwork.wake()
    stopping = asyncio.create_task(clockwork.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    go_on.set()
    await asyncio.wait_for(stopping, PATIENCE_SECONDS)
    assert done == ["round"]
