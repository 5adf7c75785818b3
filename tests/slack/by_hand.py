"""Requests to the bot made by hand, for what the stand-in's people cannot do; and a response URL that misbehaves."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientSession, web

from bot.playground.delivery.over_http import signature
from tests.slack.conftest import Town

FORM = "application/x-www-form-urlencoded"
TAKEN = 0
"""A trouble of a response URL: it takes the answer, and the connection is cut."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot answered."""

    status: int
    text: str

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.text)


@dataclass
class Answering:
    """A response URL. `troubles` is what befalls the answers to come, one after another: a status, None: no answer, or
    TAKEN: no answer either, though it was taken.

    Afterwards, or without any, answers are taken and kept in `taken`.
    """

    url: str = ""
    troubles: list[int | None] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.Response:
        """Take one answer, or not."""
        said = await request.json()
        if not self.troubles:
            self.taken.append(said)
            return web.Response(text="ok")
        trouble = self.troubles.pop(0)
        if trouble == TAKEN:
            self.taken.append(said)
        if trouble in {None, TAKEN}:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        refusal = {"ok": False, "error": "used_url" if trouble == 404 else "ratelimited"}
        return web.json_response(refusal, status=trouble or 500, headers={"Retry-After": "0"} if trouble == 429 else {})


@asynccontextmanager
async def response_url(*troubles: int | None) -> AsyncIterator[Answering]:
    """A response URL of our own, for the length of the block."""
    answering = Answering(troubles=list(troubles))
    application = web.Application()
    application.router.add_post("/answer", answering.handle)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    answering.url = f"http://127.0.0.1:{runner.addresses[0][1]}/answer"
    yield answering
    await runner.cleanup()


def command_body(
    town: Town, name: str, text: str = "", *, user: str = "U02RAJ", url: str = "", **fields_besides: str
) -> bytes:
    """A slash command as Slack sends it; `fields_besides` take the place of those it usually has."""
    fields = {
        "token": "legacy",
        "team_id": town.workspace.team.id,
        "channel_id": "C02INCIDENTS",
        "channel_name": "incidents",
        "user_id": user,
        "user_name": "somebody",
        "command": name,
        "text": text,
        "api_app_id": town.workspace.app.id,
        "is_enterprise_install": "false",
        "response_url": url,
        "trigger_id": f"{name}.{text}.{user}",
        **fields_besides,
    }
    return urlencode(fields).encode()


def interaction_body(town: Town, payload: Mapping[str, Any]) -> bytes:
    """Something pressed, chosen or sent, as Slack sends it; `payload` says what."""
    common = {
        "user": {"id": "U02RAJ", "username": "raj", "name": "raj", "team_id": town.workspace.team.id},
        "team": {"id": town.workspace.team.id, "domain": "northwind"},
        "enterprise": None,
        "is_enterprise_install": False,
        "api_app_id": town.workspace.app.id,
        "trigger_id": "1.by-hand",
    }
    return urlencode({"payload": json.dumps({**common, **payload})}).encode()


def event_body(town: Town, event: Mapping[str, Any]) -> bytes:
    """Something that happened in the workspace, as Slack sends it."""
    return json.dumps(
        {
            "type": "event_callback",
            "team_id": town.workspace.team.id,
            "api_app_id": town.workspace.app.id,
            "event": event,
            "event_id": "Ev01",
            "event_time": int(town.clock.time()),
        }
    ).encode()


def signed(town: Town, body: bytes, *, content_type: str = FORM, late: float = 0) -> dict[str, str]:
    """The headers that make a request Slack's; `late` seconds ago."""
    timestamp = str(int(town.clock.time() - late))
    return {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(town.workspace.app.signing_secret, timestamp, body),
    }


async def post(town: Town, body: bytes, headers: Mapping[str, str]) -> Reply:
    """Send it to where Slack sends things."""
    assert town.playground.bot_url
    async with (
        ClientSession() as session,
        session.post(town.playground.bot_url, data=BytesIO(body), headers=headers) as answer,
    ):
        return Reply(answer.status, await answer.text())


async def send(town: Town, body: bytes, *, content_type: str = FORM) -> Reply:
    """Sign it and send it."""
    return await post(town, body, signed(town, body, content_type=content_type))
