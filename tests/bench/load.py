"""People typing commands at a bot that is a process of its own, and the Slack it answers to: light, so that it is not
measured itself.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from statistics import quantiles
from urllib.parse import urlencode

from aiohttp import ClientSession, TCPConnector, web

from bot.playground.delivery.over_http import signature

BOT_TOKEN, SECRET = "xoxb-bench", "bench-signing-secret"
FORM = "application/x-www-form-urlencoded"
PATIENCE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Taken:
    """How long each command took, in seconds, until acknowledged and until answered; and all of them together."""

    acknowledged: list[float]
    answered: list[float]
    elapsed: float

    @property
    def a_second(self) -> float:
        """Commands answered a second."""
        return len(self.answered) / self.elapsed


def p99(seconds: list[float]) -> float:
    """The time that one in a hundred exceeds."""
    return quantiles(seconds, n=100, method="inclusive")[98]


@dataclass
class BareSlack:
    """Answers every call with as little as a bot needs, and takes answers at response URLs."""

    base_url: str = ""
    _answered: dict[str, asyncio.Future[float]] = field(default_factory=dict)

    @property
    def api_url(self) -> str:
        """What SLACK_API_URL is set to."""
        return f"{self.base_url}/api/"

    def response_url(self, name: str) -> tuple[str, asyncio.Future[float]]:
        """A response URL, and when it is first answered."""
        self._answered[name] = asyncio.get_running_loop().create_future()
        return f"{self.base_url}/answer/{name}", self._answered[name]

    def application(self) -> web.Application:
        """The routes."""
        application = web.Application()
        application.router.add_route("*", "/api/{method}", self._call)
        application.router.add_post("/answer/{name}", self._take)
        return application

    async def _call(self, request: web.Request) -> web.Response:
        said: dict[str, object] = {
            "ok": True,
            "team_id": "T1",
            "user_id": "UBOT",
            "bot_id": "B1",
            "url": self.base_url,
            "team": "T",
        }
        if request.match_info["method"] == "users.info":
            user = request.query.get("user") or str((await request.post()).get("user", ""))
            said["user"] = {"id": user, "name": user, "tz": "Europe/Berlin", "profile": {"display_name": user}}
        return web.json_response(said)

    async def _take(self, request: web.Request) -> web.Response:
        await request.read()
        waiting = self._answered.pop(request.match_info["name"], None)
        if waiting is not None and not waiting.done():
            waiting.set_result(time.perf_counter())
        return web.Response(text="ok")


@asynccontextmanager
async def bare_slack() -> AsyncIterator[BareSlack]:
    """It, served on a free port."""
    slack = BareSlack()
    runner = web.AppRunner(slack.application(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield slack
    await runner.cleanup()


async def typed(slack: BareSlack, bot_url: str, text: str, *, people: int, each: int) -> Taken:
    """`people` at once type `/oncall text`, `each` times one after another, the next when the last was answered."""
    acknowledged: list[float] = []
    answered: list[float] = []

    async def person(session: ClientSession, number: int) -> None:
        for turn in range(each):
            name = f"{number}-{turn}-{time.monotonic_ns()}"
            url, answer = slack.response_url(name)
            body = _command(f"U{number:03}", text, url, trigger=name)
            begun = time.perf_counter()
            async with session.post(bot_url, data=body, headers=_signed(body)) as ack:
                await ack.read()
                assert ack.status == 200, ack.status
            acknowledged.append(time.perf_counter() - begun)
            answered.append(await asyncio.wait_for(answer, PATIENCE_SECONDS) - begun)

    async with ClientSession(connector=TCPConnector(limit=0)) as session:
        begun = time.perf_counter()
        await asyncio.gather(*(person(session, number) for number in range(people)))
        return Taken(acknowledged, answered, time.perf_counter() - begun)


def _command(user: str, text: str, url: str, *, trigger: str) -> bytes:
    fields = {
        "team_id": "T1",
        "channel_id": "C1",
        "user_id": user,
        "command": "/oncall",
        "text": text,
        "response_url": url,
        "trigger_id": trigger,
    }
    return urlencode(fields).encode()


def _signed(body: bytes) -> dict[str, str]:
    timestamp = str(int(time.time()))
    return {
        "Content-Type": FORM,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(SECRET, timestamp, body),
    }
