"""Where we are installed is asked once, before anybody is served; who comes from elsewhere is told by it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot import wiring
from bot.errors import Misconfigured
from bot.playground.clock import WorkspaceClock
from bot.playground.manifest import Manifest
from bot.playground.seeds import demo_workspace
from bot.playground.server import Playground
from bot.settings import Settings
from bot.slack.installation import Installation
from bot.slack.receiving import PATH
from bot.usecases.unit import Units
from bot.usecases.workspaces.occupy import occupy
from bot.wiring import build
from storage.database import Database
from tests.slack.by_hand import command_body, send
from tests.slack.conftest import MANIFEST, MORNING, Town


def _installed(**said: Any) -> Installation:
    answer = AsyncSlackResponse(
        client=AsyncWebClient(),
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": True, "team_id": "T1", "user_id": "UBOT", "bot_id": "B1", **said},
        headers={},
        status_code=200,
    )
    installation = Installation()
    installation.learn(answer, bot_token="xoxb-1")
    return installation


@pytest.mark.parametrize(
    ("ours", "user", "expected"),
    [
        ({}, {}, False),
        ({}, {"team_id": "T1"}, False),
        ({}, {"team_id": "T2"}, True),
        ({}, {"team_id": "T2", "enterprise_user": {"enterprise_id": "E1"}}, True),
        ({"enterprise_id": None}, {"team_id": "T2", "enterprise_user": {"enterprise_id": None}}, True),
        ({"enterprise_id": "E1"}, {"team_id": "T2"}, True),
        ({"enterprise_id": "E1"}, {"team_id": "T2", "enterprise_user": {"enterprise_id": "E1"}}, False),
        ({"enterprise_id": "E1"}, {"team_id": "T2", "enterprise_user": {"enterprise_id": "E2"}}, True),
    ],
)
async def test_who_comes_from_a_connected_workspace(
    ours: dict[str, Any], user: dict[str, Any], *, expected: bool
) -> None:
    assert _installed(**ours).is_foreign(user) is expected


async def test_before_anything_is_known_nobody_is_ours() -> None:
    assert Installation().is_foreign({"team_id": "T1"})


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_typed_is_not_lost_when_slack_would_not_say_again_who_we_are(town: Town) -> None:
    town.workspace.faults.add(method="auth.test", kind="internal_error", times=50)
    ana = town.person("U01ANA")
    assert (await ana.command("/postmortem", "create My precious title", channel="C02INCIDENTS")).ok
    await ana.sees("New postmortem")
    assert sum(call.method == "auth.test" for call in town.workspace.calls) == 1


@pytest.fixture
async def stranger(database: Database, units: Units) -> AsyncIterator[Town]:
    """A house that serves, but is not connected yet, on a database that turns out to be the playground's."""
    async with units.begin(None) as unit:
        await occupy(unit, team_id="T99DEMO", is_playground=True)
    clock = WorkspaceClock.still(MORNING)
    workspace = demo_workspace(Manifest.read(MANIFEST), clock)
    playground = Playground(workspace)
    await playground.start()
    tokens = {
        "slack_bot_token": workspace.app.bot_token,
        "slack_signing_secret": workspace.app.signing_secret,
        "slack_api_url": playground.api_url,
    }
    house = build(Settings.model_validate(tokens), clock=clock.now, database=database)
    runner = web.AppRunner(house.web, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    playground.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
    yield Town(workspace, playground, house, clock)
    await runner.cleanup()
    await house.close()
    await playground.stop()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_nobody_is_served_before_the_database_is_known_to_be_ours(
    stranger: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiring, "CONNECTING_SECONDS", 0.01)
    asking = command_body(stranger, "/oncall", "help")
    assert (await send(stranger, asking)).status == 503
    with pytest.raises(Misconfigured):
        await stranger.house.connect()
    assert (await send(stranger, asking)).status == 503


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_request_that_comes_a_moment_too_early_is_served_once_it_can_be(stranger: Town) -> None:
    early = asyncio.create_task(send(stranger, command_body(stranger, "/oncall", "help")))
    stranger.house.is_playground = True
    stranger.workspace.team = replace(stranger.workspace.team, id="T99DEMO")
    await stranger.house.connect()
    assert (await early).status == 200
