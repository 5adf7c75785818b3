"""A house that answers programs, over the wire: real requests to a real server on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from aiohttp import ClientSession, web

from bot.api.listening import Runner
from bot.settings import Settings
from bot.usecases.keys.create import create
from bot.usecases.unit import Units
from bot.vocabulary import Right
from bot.wiring import House, build
from storage.database import Database
from tests.conftest import StillClock, hung_up

EVERY_RIGHT = frozenset(Right)


@dataclass(frozen=True)
class Answer:
    """What came back. `body` is the JSON, or None where it is none; `text` the very text."""

    status: int
    body: Any
    text: str
    headers: Mapping[str, str]

    @property
    def data(self) -> Any:
        """What the envelope holds."""
        return self.body["data"]


@dataclass(frozen=True)
class Api:
    """The APIs of one house. Requests go by `key`, a key with every right; None sends none."""

    session: ClientSession
    address: str
    units: Units
    key: str

    async def make_key(self, *rights: Right, team: str | None = None, name: str = "a test") -> str:
        """A key with these rights alone."""
        async with self.units.begin(None) as unit:
            return await create(unit, name=name, rights=rights, team=team)

    async def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = "",
        headers: Mapping[str, str] | None = None,
        data: Any = None,
    ) -> Answer:
        """One request as `curl` would send it; `body` as JSON, or `data` as it is."""
        text = self.key if key == "" else key
        auth = {"Authorization": f"GenieKey {text}"} if text is not None else {}
        asked = self.session.request(
            method, f"{self.address}{path}", json=body, data=data, headers={**auth, **(headers or {})}
        )
        async with asked as response:
            content = await response.text()
            is_json = response.content_type == "application/json"
            answer = Answer(response.status, await response.json() if is_json else None, content, response.headers)
        if answer.body and "requestId" in answer.body:
            assert answer.body["requestId"] == answer.headers["X-Request-Id"]
        return answer

    async def get(self, path: str, **how: Any) -> Answer:
        """A question."""
        return await self.ask("GET", path, **how)

    async def post(self, path: str, body: Any, **how: Any) -> Answer:
        """Something new."""
        return await self.ask("POST", path, body, **how)


@pytest.fixture
async def api(database: Database, clock: StillClock) -> AsyncIterator[Api]:
    """The APIs of a house that has not reached Slack: programs are answered all the same, as often as they like."""
    async with served(database, clock, rate_limits="off") as api:
        yield api


@asynccontextmanager
async def served(
    database: Database, clock: StillClock, *, prepare: Callable[[House], None] = lambda _house: None, **settings: Any
) -> AsyncIterator[Api]:
    """A house with these settings, and a key of every right. `prepare` is done to it before it listens."""
    async with answering(database, clock, prepare=prepare, **settings) as (house, address):
        async with house.units.begin(None) as unit:
            key = await create(unit, name=f"everything {uuid4()}", rights=EVERY_RIGHT, team=None)
        assert str(UUID(key)) == key
        async with ClientSession() as session:
            yield Api(session, address, house.units, key)


@asynccontextmanager
async def answering(
    database: Database, clock: StillClock, *, prepare: Callable[[House], None] = lambda _house: None, **settings: Any
) -> AsyncIterator[tuple[House, str]]:
    """A house with these settings that listens, and its address; it asks nothing of its database by itself."""
    house = build(
        Settings(slack_bot_token="xoxb-nobody", slack_signing_secret="nobody", **settings),
        clock=clock,
        database=database,
    )
    prepare(house)
    runner = Runner(house.web, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield house, f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
        await house.close()
        await hung_up()
