"""A small Slack workspace with the bot in it: everything goes over the wire, nothing is mocked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.playground.clock import WorkspaceClock
from bot.playground.hands import Hands
from bot.playground.manifest import Manifest
from bot.playground.seeds import demo_workspace
from bot.playground.server import Playground
from bot.playground.workspace import Workspace
from bot.queries import deliveries
from bot.settings import Settings
from bot.transfer.demo import fill
from bot.wiring import House, build, manifest_text
from storage.database import Database
from tests.conftest import hung_up

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
MORNING = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
"""A Wednesday."""


@dataclass
class Town:
    """The workspace, the bot that lives in it, and the clock of both."""

    workspace: Workspace
    playground: Playground
    house: House
    clock: WorkspaceClock

    def person(self, user_id: str) -> Hands:
        """What that person can do and see."""
        return self.workspace.person(user_id)

    async def all_told(self) -> None:
        """Return when no message is due or in the sender's hands: what was seen is written down too."""
        async with asyncio.timeout(10):
            while True:
                async with self.house.reader() as reading:
                    if await deliveries.next_due(reading) is None:
                        return
                await asyncio.sleep(0.02)  # the sender announces the end of its round to nobody

    async def move(self, **units: float) -> None:
        """Move everybody's clock forward, by the units that `timedelta` knows."""
        await self.clock.advance(timedelta(**units).total_seconds())


@pytest.fixture(params=["http"])
def way_in(request: pytest.FixtureRequest) -> str:
    """How Slack reaches the bot. A story that must hold for both asks for `@pytest.mark.parametrize("way_in", ...)`."""
    return str(request.param)


@pytest.fixture
def house_settings() -> dict[str, object]:
    """Settings beyond the tokens; a test module overrides this fixture to have others."""
    return {}


@pytest.fixture
async def town(database: Database, way_in: str, house_settings: dict[str, object]) -> AsyncIterator[Town]:
    """A workspace with the bot started in it; at the end Slack must have had nothing to complain of."""
    clock = WorkspaceClock.still(MORNING)
    wanted = Settings.model_validate(house_settings)
    workspace = demo_workspace(Manifest.read(manifest_text(wanted)), clock)
    playground = Playground(workspace, socket_mode=way_in == "socket")
    await playground.start()
    app = workspace.app
    settings = Settings.model_validate(
        {
            "slack_bot_token": app.bot_token,
            "slack_app_token": app.app_token if way_in == "socket" else "",
            "slack_signing_secret": app.signing_secret,
            "slack_api_url": playground.api_url,
            **house_settings,
        }
    )
    house = build(settings, clock=clock.now, database=database)
    runner = web.AppRunner(house.web, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    playground.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    await house.connect()

    async def wake() -> None:
        house.clockwork.wake()

    clock.on_advance(wake)
    yield Town(workspace, playground, house, clock)
    await house.clockwork.stop()
    await playground.settled()
    await runner.cleanup()
    await house.close()
    await playground.stop()
    await hung_up()
    assert [str(each) for each in workspace.violations] == []


@pytest.fixture
async def staffed(town: Town) -> Town:
    """The town with the demo's schedules: Raj has Payments this week, and Platform opens at eight in New York."""
    await fill(town.house.units, town.house.reader, town.house.desk.people.person)
    await town.person("U01ANA").sees("Raj wrote Fault")  # the demo's postmortem has told all it has to tell
    await town.all_told()
    return town
