"""A tiny Bolt app as the bot under test, and the stand-in it talks to, on one event loop and real sockets."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.clock import WorkspaceClock
from bot.playground.manifest import Manifest
from bot.playground.seeds import demo_workspace
from bot.playground.server import Playground
from bot.playground.workspace import Workspace

START = datetime(2026, 3, 27, 9, 0, tzinfo=UTC)

MANIFEST = """
display_information: {name: Watchbill, description: Who is on call}
features:
  app_home: {home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false}
  bot_user: {display_name: watchbill, always_online: true}
  slash_commands:
    - {command: /oncall, description: Who is on call, usage_hint: now, should_escape: true}
    - {command: /raw, description: Without escaping, should_escape: false}
  shortcuts:
    - {name: Add to postmortem, type: message, callback_id: add_message, description: Add this message}
    - {name: New postmortem, type: global, callback_id: new_one, description: Begin}
oauth_config:
  scopes:
    bot: [commands, "chat:write", "im:write", "im:history", "users:read", "users:read.email", "app_mentions:read",
          "channels:read", "channels:history", "channels:join", "channels:manage", "usergroups:read"]
    bot_optional: ["groups:read"]
settings:
  event_subscriptions: {bot_events: [app_home_opened, app_mention, message.im, message.channels, user_change]}
  interactivity: {is_enabled: true}
  socket_mode_enabled: true
"""


@pytest.fixture
def clock() -> WorkspaceClock:
    return WorkspaceClock.still(START)


@pytest.fixture
def workspace(clock: WorkspaceClock) -> Workspace:
    return demo_workspace(Manifest.read(MANIFEST), clock)


@pytest.fixture
def ack_limit() -> float:
    """How long the bot may take; a test about being late makes it short."""
    return 3.0


@pytest.fixture
async def playground(workspace: Workspace, ack_limit: float) -> AsyncIterator[Playground]:
    playground = Playground(workspace, signed_at=time.time, ack_limit=ack_limit)
    await playground.start()
    yield playground
    await playground.stop()


@pytest.fixture
async def client(playground: Playground, workspace: Workspace) -> AsyncIterator[AsyncWebClient]:
    yield AsyncWebClient(token=workspace.app.bot_token, base_url=playground.api_url)


@pytest.fixture
def bot(client: AsyncWebClient, workspace: Workspace) -> AsyncApp:
    return AsyncApp(client=client, signing_secret=workspace.app.signing_secret)


@pytest.fixture
async def over_http(bot: AsyncApp, playground: Playground) -> AsyncIterator[AsyncApp]:
    """The bot, served on a port of its own and reached by signed requests."""
    runner = web.AppRunner(bot.web_app(path="/slack/events"), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    playground.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield bot
    await runner.cleanup()


@pytest.fixture
async def over_sockets(workspace: Workspace, ack_limit: float) -> AsyncIterator[tuple[AsyncApp, Playground]]:
    """The bot, connected by Socket Mode."""
    playground = Playground(workspace, socket_mode=True, ack_limit=ack_limit)
    await playground.start()
    client = AsyncWebClient(token=workspace.app.bot_token, base_url=playground.api_url)
    bot = AsyncApp(client=client, signing_secret=workspace.app.signing_secret)
    handler = AsyncSocketModeHandler(bot, workspace.app.app_token)
    await handler.connect_async()
    await playground.sockets.until_connected()
    yield bot, playground
    await handler.close_async()
    await playground.stop()
