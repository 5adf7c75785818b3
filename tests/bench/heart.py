"""A house that answers in this very process, and how long its event loop is held while it does."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.settings import Settings
from bot.wiring import House, build
from storage.database import Database

BEAT = 0.001
"""Seconds between two looks at how long others waited; without a pause they would themselves be in the way."""


@dataclass(slots=True)
class Heart:
    """The longest that others waited, and that the loop worked without a pause, both in seconds."""

    longest_wait: float = 0.0
    longest_work: float = 0.0

    async def beat(self) -> None:
        """Look, again and again, until it is cancelled."""
        while True:
            at, worked = time.perf_counter(), time.thread_time()
            await asyncio.sleep(BEAT)
            self.longest_wait = max(self.longest_wait, time.perf_counter() - at - BEAT)
            self.longest_work = max(self.longest_work, time.thread_time() - worked)


@asynccontextmanager
async def beating() -> AsyncIterator[Heart]:
    """A heart that beats in this loop meanwhile."""
    heart = Heart()
    task = asyncio.create_task(heart.beat())
    yield heart
    task.cancel()


@asynccontextmanager
async def house_at(url: str, now: datetime) -> AsyncIterator[tuple[House, int]]:
    """A house on that database whose clock stands still, and the port where it answers."""
    settings = Settings(slack_bot_token="xoxb-nobody", slack_signing_secret="nobody", rate_limits=())
    house = build(settings, clock=lambda: now, database=Database(url))
    runner = web.AppRunner(house.web, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    gc.collect()
    gc.freeze()  # as `serve` does once it is connected
    yield house, runner.addresses[0][1]
    await runner.cleanup()
    await house.close()
