"""Watchbill as people start it: a process of its own, on a free port, in an empty folder."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession

APP = Path(__file__).parents[1] / "app.py"
PATIENCE_SECONDS = 30


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """What a process started by hand has, without the settings of whoever runs the tests."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TZ", "LANG") if name in os.environ}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", **settings}


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended and what it printed."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Its log."""
        return [json.loads(line) for line in self.err.splitlines()]


@dataclass
class Running:
    """A process that serves at `address`."""

    process: asyncio.subprocess.Process
    address: str

    async def answers(self, path: str, status: int) -> str:
        """The body of `path`, once it answers with that status."""
        async with asyncio.timeout(PATIENCE_SECONDS), ClientSession() as session:
            while True:
                try:
                    async with session.get(self.address + path) as answer:
                        if answer.status == status:
                            return await answer.text()
                except ClientError:
                    assert self.process.returncode is None, (await self.ended()).err
                await asyncio.sleep(0.02)

    async def first_line(self) -> str:
        """The first line on its standard output."""
        assert self.process.stdout
        line = await asyncio.wait_for(self.process.stdout.readline(), PATIENCE_SECONDS)
        return line.decode().rstrip("\n")

    def stop(self) -> None:
        """Ask it to end."""
        self.process.send_signal(signal.SIGTERM)

    async def ended(self) -> Ended:
        """Wait for its end."""
        out, err = await asyncio.wait_for(self.process.communicate(), PATIENCE_SECONDS)
        assert self.process.returncode is not None
        return Ended(self.process.returncode, out.decode(), err.decode())


@asynccontextmanager
async def started(folder: Path, *arguments: str, **settings: str) -> AsyncIterator[Running]:
    """`python app.py` with these arguments and settings; killed at the end where it still runs."""
    given = {"PORT": str(free_port()), **settings}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(APP),
        *arguments,
        cwd=folder,
        env=environment(given),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield Running(process, f"http://127.0.0.1:{given['PORT']}")
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def run(folder: Path, *arguments: str, **settings: str) -> Ended:
    """Start it and wait for its end."""
    async with started(folder, *arguments, **settings) as running:
        return await running.ended()
