"""A real Prometheus Alertmanager in a folder of its own, told of nothing but an address and a key."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession

from tests.processes import free_port

PROGRAM = "prometheus-alertmanager"
PATIENCE_SECONDS = 30
BEGAN, ENDED = "2020-01-01T00:00:00Z", "2020-01-01T00:00:01Z"


def path_of_alertmanager() -> str | None:
    """Where it is on this machine; None where it is not."""
    return shutil.which(PROGRAM)


@dataclass(frozen=True)
class Alertmanager:
    """One that runs at `address`."""

    session: ClientSession
    address: str

    async def fire(self, name: str, **labels: str) -> None:
        """Let a rule of Prometheus be broken."""
        await self._tell({"labels": {"alertname": name, **labels}, "annotations": {"summary": f"{name} is broken"}})

    async def resolve(self, name: str, **labels: str) -> None:
        """Let it be kept again."""
        over = {"startsAt": BEGAN, "endsAt": ENDED}
        await self._tell({"labels": {"alertname": name, **labels}, **over})

    async def _tell(self, alert: dict[str, Any]) -> None:
        async with self.session.post(f"{self.address}/api/v2/alerts", json=[alert]) as answer:
            assert answer.status == 200, await answer.text()


@asynccontextmanager
async def alertmanager(folder: Path, *, sends_to: str, key: str) -> AsyncIterator[Alertmanager]:
    """Alertmanager, which sends its alerts there: each rule's as soon as it is broken, and once it is kept again."""
    config = {
        "global": {"opsgenie_api_url": sends_to, "opsgenie_api_key": key},
        "route": {"receiver": "house", "group_by": ["alertname"], "group_wait": "10ms", "group_interval": "200ms"},
        "receivers": [{"name": "house", "opsgenie_configs": [{"send_resolved": True}]}],
    }
    file = folder / "alertmanager.yml"
    file.write_text(json.dumps(config))  # YAML has JSON in it
    address = f"127.0.0.1:{free_port()}"
    process = await asyncio.create_subprocess_exec(
        path_of_alertmanager() or PROGRAM,
        f"--config.file={file}",
        f"--storage.path={folder}",
        f"--web.listen-address={address}",
        "--cluster.listen-address=",
        "--log.level=warn",
        stdin=asyncio.subprocess.DEVNULL,
    )
    try:
        async with ClientSession() as session:
            await _is_ready(session, f"http://{address}/-/ready", process)
            yield Alertmanager(session, f"http://{address}")
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _is_ready(session: ClientSession, url: str, process: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            assert process.returncode is None, "Alertmanager ended by itself"
            try:
                async with session.get(url) as answer:
                    if answer.status == 200:
                        return
            except ClientError:
                pass
            await asyncio.sleep(0.02)
