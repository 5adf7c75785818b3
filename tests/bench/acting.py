"""People at work in Slack, as the bot sees them: commands, buttons, mentions, shortcuts, the Home tab opened.

Each act is timed until it is acknowledged and until its answer is there, wherever that comes: in the acknowledgement,
at the response URL, as a form that opens, in the channel for the asker's eyes, or on the Home tab.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientSession, web

from bot.playground.delivery.over_http import signature
from bot.slack.ids import Shortcut
from tests.bench.load import BOT_TOKEN, FORM, PATIENCE_SECONDS, SECRET

Said = Mapping[str, Any]
NOTHING: Said = {}


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody was told, and the seconds it took until acknowledged and until told."""

    acknowledged: float
    answered: float
    said: Said

    @property
    def text(self) -> str:
        """All of it as JSON, for a look at whether it is what was asked for."""
        return json.dumps(self.said, ensure_ascii=False)

    def button(self, action_id: str) -> Said:
        """The first button whose action_id begins so.

        Raises:
            LookupError: there is none; the message shows what was said instead.
        """
        for element in _elements(self.said):
            if str(element.get("action_id", "")).startswith(action_id) and element.get("type") == "button":
                return element
        raise LookupError(f"no {action_id} in {self.text[:600]}")


def _elements(node: object) -> Iterator[Said]:
    if isinstance(node, list):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, Mapping):
        yield node
        for child in node.values():
            yield from _elements(child)


@dataclass
class ListeningSlack:
    """A Slack that takes every call with as little as a bot needs, and notices who is answered by it."""

    base_url: str = ""
    _waiting: dict[str, asyncio.Future[tuple[float, Said]]] = field(default_factory=dict)

    @property
    def api_url(self) -> str:
        """What SLACK_API_URL is set to."""
        return f"{self.base_url}/api/"

    def expect(self, *keys: str) -> asyncio.Future[tuple[float, Said]]:
        """When, and with what, the first of these is answered: a request's name, `ephemeral:U1` or `home:U1`."""
        future: asyncio.Future[tuple[float, Said]] = asyncio.get_running_loop().create_future()
        self._waiting |= dict.fromkeys(keys, future)
        return future

    def application(self) -> web.Application:
        """The routes."""
        application = web.Application(client_max_size=2**22)
        application.router.add_route("*", "/api/{method}", self._call)
        application.router.add_post("/answer/{name}", self._take)
        application.router.add_post("/upload", self._upload)
        return application

    async def _call(self, request: web.Request) -> web.Response:
        at, method = time.perf_counter(), request.match_info["method"]
        args = await (request.json() if request.content_type == "application/json" else request.post())
        match method:
            case "views.open":
                self._answer(str(args["trigger_id"]), at, _view(args))
            case "views.publish":
                self._answer("home:" + str(args["user_id"]), at, _view(args))
            case "chat.postEphemeral":
                self._answer("ephemeral:" + str(args["user"]), at, dict(args))
        return web.json_response(
            {
                "ok": True,
                "team_id": "T1",
                "user_id": "UBOT",
                "bot_id": "B1",
                "url": self.base_url,
                "team": "T",
                "channel": "D1",
                "ts": f"{time.time():.6f}",
                "view": {"id": "V1"},
                "file_id": "F000000001",
                "upload_url": f"{self.base_url}/upload",
            }
        )

    async def _take(self, request: web.Request) -> web.Response:
        at = time.perf_counter()
        self._answer(request.match_info["name"], at, await request.json())
        return web.Response(text="ok")

    async def _upload(self, request: web.Request) -> web.Response:
        return web.Response(text=f"OK - {len(await request.read())}")

    def _answer(self, key: str, at: float, said: Said) -> None:
        waiting = self._waiting.pop(key, None)
        if waiting is not None and not waiting.done():
            waiting.set_result((at, said))


def _view(args: Mapping[str, Any]) -> Said:
    view = args["view"]
    found: Said = json.loads(view) if isinstance(view, str) else view
    return found


@asynccontextmanager
async def listening_slack() -> AsyncIterator[ListeningSlack]:
    """It, served on a free port."""
    slack = ListeningSlack()
    runner = web.AppRunner(slack.application(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield slack
    await runner.cleanup()


@dataclass(frozen=True, slots=True)
class Actor:
    """One person in one channel; does one thing at a time."""

    slack: ListeningSlack
    session: ClientSession
    bot_url: str
    slack_id: str
    channel: str
    clock: Callable[[], float] = time.time
    """What Slack's signature is dated by."""

    async def types(self, line: str) -> Answered:
        """Send a slash command, `/oncall now payments`."""
        command, _, text = line.partition(" ")
        name = _name(self.slack_id)
        fields = {
            "team_id": "T1",
            "channel_id": self.channel,
            "channel_name": "incidents",
            "user_id": self.slack_id,
            "command": command,
            "text": text,
            "response_url": self._url(name),
            "trigger_id": name,
        }
        return await self._send(urlencode(fields).encode(), name)

    async def presses(self, button: Said) -> Answered:
        """Press a button in an answer that only this person sees."""
        name = _name(self.slack_id)
        action = {key: button[key] for key in ("action_id", "value") if key in button}
        container = {"type": "message", "message_ts": name, "channel_id": self.channel, "is_ephemeral": True}
        payload = {
            "type": "block_actions",
            "container": container,
            "channel": {"id": self.channel, "name": "incidents"},
            "actions": [{**action, "type": "button", "block_id": "b", "action_ts": name}],
        }
        return await self._interact(payload, name)

    async def marks(self, shortcut: Shortcut, text: str) -> Answered:
        """Choose a shortcut on the menu of a message of somebody else's."""
        name = _name(self.slack_id)
        message = {"type": "message", "user": "U0003", "ts": name, "text": text}
        payload = {
            "type": "message_action",
            "callback_id": shortcut,
            "message": message,
            "message_ts": name,
            "channel": {"id": self.channel, "name": "incidents"},
            "action_ts": name,
        }
        return await self._interact(payload, name)

    async def says(self, words: str) -> Answered:
        """Speak to the bot in a channel."""
        event = {
            "type": "app_mention",
            "user": self.slack_id,
            "channel": self.channel,
            "channel_type": "channel",
            "text": f"<@UBOT> {words}",
            "ts": _name(self.slack_id),
        }
        return await self._happens(event, f"ephemeral:{self.slack_id}")

    async def opens_home(self) -> Answered:
        """Open the Home tab."""
        event = {"type": "app_home_opened", "user": self.slack_id, "channel": "D1", "tab": "home"}
        return await self._happens(event, f"home:{self.slack_id}")

    async def _happens(self, event: Mapping[str, Any], answered_as: str) -> Answered:
        body = {"type": "event_callback", "team_id": "T1", "event": event, "event_id": _name(self.slack_id)}
        return await self._send(json.dumps(body).encode(), answered_as, content_type="application/json")

    async def _interact(self, payload: Mapping[str, Any], name: str) -> Answered:
        common = {
            "user": {"id": self.slack_id},
            "team": {"id": "T1", "domain": "acme"},
            "trigger_id": name,
            "response_url": self._url(name),
        }
        return await self._send(urlencode({"payload": json.dumps({**common, **payload})}).encode(), name)

    async def _send(self, body: bytes, answered_as: str, *, content_type: str = FORM) -> Answered:
        answer = self.slack.expect(answered_as)
        begun = time.perf_counter()
        async with self.session.post(self.bot_url, data=body, headers=self._signed(body, content_type)) as ack:
            said = await ack.read()
            acknowledged = time.perf_counter() - begun
            assert ack.status == 200, (ack.status, said)
        if said.startswith(b"{"):
            return Answered(acknowledged, acknowledged, json.loads(said))
        at, told = await asyncio.wait_for(answer, PATIENCE_SECONDS)
        return Answered(acknowledged, at - begun, told)

    def _signed(self, body: bytes, content_type: str) -> dict[str, str]:
        timestamp = str(int(self.clock()))
        return {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(SECRET, timestamp, body),
        }

    def _url(self, name: str) -> str:
        return f"{self.slack.base_url}/answer/{name}"


def _name(slack_id: str) -> str:
    """A name nothing else has, in the form of a message's `ts`."""
    return f"{time.time_ns() // 1_000_000_000}.{time.monotonic_ns()}{slack_id[1:]}"


def settings(slack: ListeningSlack, database_url: str) -> dict[str, str]:
    """What a bot needs to live beside that Slack."""
    return {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": database_url,
    }
