"""The wire between Slack and the bot, in a test's hands: it can be cut, and another bot put at its end."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum

from aiohttp import ClientError, ClientSession, web

from bot.playground.clock import WorkspaceClock
from bot.playground.server import Playground
from bot.wiring import House, build
from storage.database import Database


class Cut(StrEnum):
    """Where the wire is cut for what Slack sends next."""

    UNHEARD = "the bot never hears of it"
    UNANSWERED = "the bot does it, and its answer is lost"
    LATE = "the bot's answer comes after Slack stopped waiting"


class Wire:
    """Stands where Slack believes the bot to be, and hands everything on to the house behind it."""

    def __init__(self, playground: Playground, clock: WorkspaceClock) -> None:
        self._playground = playground
        self._clock = clock
        self._runner: web.AppRunner | None = None
        self._front: web.AppRunner | None = None
        self._target = ""
        self._cut: Cut | None = None
        self._there = asyncio.Event()

    async def open(self) -> None:
        """Begin to listen for Slack."""
        front = web.Application(client_max_size=4 * 1024 * 1024)
        front.router.add_post("/slack/events", self._hand_on)
        self._front, port = await _served(front)
        self._playground.bot_url = f"http://127.0.0.1:{port}/slack/events"

    async def attach(self, house: House) -> None:
        """Put this house at the other end."""
        self._runner, port = await _served(house.web)
        self._target = f"http://127.0.0.1:{port}/slack/events"
        self._there.set()
        await house.connect()

    async def kill(self, house: House, database: Database) -> House:
        """End a house and put another, on the same database, in its place."""
        assert self._runner is not None
        self._there.clear()
        await self._runner.cleanup()
        await house.close()
        another = build(house.settings, clock=self._clock.now, database=database)
        await self.attach(another)
        return another

    def cut(self, how: Cut) -> None:
        """Cut it for the next thing Slack sends, but for events, which Slack repeats anyway."""
        self._cut = how

    async def close(self) -> None:
        """Stop listening."""
        for runner in (self._front, self._runner):
            if runner is not None:
                await runner.cleanup()

    async def _hand_on(self, request: web.Request) -> web.StreamResponse:
        body, headers = await request.read(), request.headers.copy()
        how, self._cut = (None, self._cut) if "json" in request.content_type else (self._cut, None)
        if how is Cut.UNHEARD:
            return _hang_up(request)
        passed = await self._answered(body, headers)
        if how is Cut.UNANSWERED:
            return _hang_up(request)
        if how is Cut.LATE:
            await asyncio.Event().wait()  # until Slack hangs up
        return passed

    async def _answered(self, body: bytes, headers: Mapping[str, str]) -> web.Response:
        """What the house answers; of a house that dies over it, what the next one does."""
        while True:
            await self._there.wait()
            with suppress(ClientError):
                async with ClientSession() as session, session.post(self._target, data=body, headers=headers) as answer:
                    content = await answer.read()
                    return web.Response(status=answer.status, body=content, content_type=answer.content_type)


def _hang_up(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.close()
    return web.Response()


async def _served(application: web.Application) -> tuple[web.AppRunner, int]:
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, runner.addresses[0][1]
