"""The nursery as the tests see it: bots are born there one after another, and killed by their pid."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60


class Nursery:
    """The process that forks bots, and the pid of the one that lives."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._pid: int | None = None

    async def fork(self, order: dict[str, object]) -> int:
        """Let a bot begin; answers its port once it serves."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        await self._process.stdin.drain()
        async with asyncio.timeout(PATIENCE_SECONDS):
            answer = json.loads(await self._process.stdout.readline())
        self._pid = answer["pid"]
        return int(answer["port"])

    def kill(self) -> None:
        """`kill -9` for the bot, if one lives. The nursery buries it before the next is born: the pid is no other's."""
        if self._pid is not None:
            os.kill(self._pid, signal.SIGKILL)
            self._pid = None


@asynccontextmanager
async def nursery(log: Path) -> AsyncIterator[Nursery]:
    """A nursery for the length of the block; what its bots log goes to that file."""
    with log.open("ab") as errors:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.drills.bot_process"),
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
        )
    try:
        yield Nursery(process)
    finally:
        assert process.stdin
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), 10)
        except TimeoutError:
            process.kill()
            await process.wait()
