"""The bot as a process of its own, which can be killed at any moment and stands again a blink later.

Importing costs more than a second, so one process, the nursery, imports everything once and forks a bot whenever it is
told to. It reads one JSON line an order from its standard input (`database`, `settings`, `clock`: the file of the
clock) and each bot answers on the standard output with its `pid` and `port` once it serves. The end of its input ends
it and the bot that lives: nothing is left behind, however the tests end.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import mmap
import os
import signal
import struct
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.logs import configure_logging
from bot.settings import Settings
from bot.wiring import House, build
from storage.database import Database

LOOK_AT_THE_CLOCK_SECONDS = 0.02
_OFFSET = struct.Struct("<d")
_DIE_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG


class SharedClock:
    """One clock for two processes: the machine's monotonic clock, and how far ahead of it this world is, in a file."""

    def __init__(self, path: Path, *, offset: float | None = None) -> None:
        if offset is not None:
            path.write_bytes(_OFFSET.pack(offset))
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), _OFFSET.size)

    @property
    def offset(self) -> float:
        """Unix seconds of this world less the monotonic clock's."""
        return float(_OFFSET.unpack(self._memory[:])[0])

    @offset.setter
    def offset(self, offset: float) -> None:
        self._memory[:] = _OFFSET.pack(offset)

    def now(self) -> datetime:
        """The present instant of this world."""
        return datetime.fromtimestamp(time.monotonic() + self.offset, UTC)

    def close(self) -> None:
        """Let go of the file."""
        self._memory.close()


def run_nursery() -> None:
    """Fork a bot for every order, until there are no more."""
    child: int | None = None
    for order in sys.stdin:
        _see_out(child)
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            _become_bot(json.loads(order))
    _see_out(child)


def _see_out(child: int | None) -> None:
    """End the bot, if somebody has not done so before, and bury it."""
    if child is not None:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _become_bot(order: dict[str, Any]) -> None:
    os.close(sys.stdin.fileno())
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    try:
        asyncio.run(_live(order))
    finally:
        os._exit(1)  # a bot only ever ends by being killed


async def _live(order: dict[str, Any]) -> None:
    configure_logging(plain=False)
    clock = SharedClock(Path(order["clock"]))
    settings = Settings.model_validate(order["settings"])
    house = build(settings, clock=clock.now, database=Database(order["database"]))
    runner = web.AppRunner(house.web, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await house.connect()
    print(json.dumps({"pid": os.getpid(), "port": runner.addresses[0][1]}), flush=True)
    await _follow(clock, house)


async def _follow(clock: SharedClock, house: House) -> None:
    """Wake the house whenever the world's clock was moved; on its own it only sees its timers run."""
    seen = clock.offset
    while True:
        await asyncio.sleep(LOOK_AT_THE_CLOCK_SECONDS)
        if clock.offset != seen:
            seen = clock.offset
            house.clockwork.wake()


if __name__ == "__main__":
    run_nursery()
