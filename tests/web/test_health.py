"""Whether it lives, whether it is ready, its figures; and the id that each request has."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
import structlog
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.errors import Unavailable
from bot.logs import REQUEST_ID, request_id
from bot.web import health
from bot.web.health import health_routes
from storage.database import Database

Client = TestClient[web.Request, web.Application]


class Part:
    """Something that is there or not, as the test says."""

    def __init__(self) -> None:
        self.problem = ""
        self.answers = asyncio.Event()
        self.answers.set()

    async def check(self) -> None:
        """Raises Unavailable with the problem, where there is one; waits while `answers` is not set."""
        await self.answers.wait()
        if self.problem:
            raise Unavailable(self.problem)


@pytest.fixture
def slack() -> Part:
    return Part()


@pytest.fixture
async def client(slack: Part, database: Database) -> AsyncIterator[Client]:
    application = web.Application(middlewares=[request_id])
    application.add_routes(health_routes({"database": database.ping, "slack": slack.check}))

    async def broken(_request: web.Request) -> web.Response:
        raise ValueError("a bug")

    application.router.add_get("/broken", broken)
    async with TestClient(TestServer(application)) as client:
        yield client


pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_it_is_ready_when_every_part_answers(client: Client) -> None:
    answer = await client.get("/readyz")
    assert (answer.status, await answer.json()) == (200, {"status": "ready"})


async def test_it_names_what_is_missing_and_lives_all_the_same(client: Client, slack: Part) -> None:
    slack.problem = "Slack was not reached yet."
    answer = await client.get("/readyz")
    assert answer.status == 503
    assert await answer.json() == {"status": "not ready", "missing": {"slack": "Slack was not reached yet."}}
    assert (await client.get("/healthz")).status == 200


async def test_a_part_that_does_not_answer_at_all_is_missing_too(
    client: Client, slack: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 0.05)
    slack.answers.clear()
    answer = await client.get("/readyz")
    assert answer.status == 503
    assert "No answer" in (await answer.json())["missing"]["slack"]


async def test_the_figures_are_prometheus_text(client: Client) -> None:
    answer = await client.get("/metrics")
    assert (answer.status, answer.content_type) == (200, "text/plain")
    assert "# TYPE python_info gauge" in await answer.text()


@pytest.mark.parametrize("given", ["abc-123", "0" * 64])
async def test_a_request_keeps_the_id_it_came_with(client: Client, given: str) -> None:
    assert (await client.get("/healthz", headers={REQUEST_ID: given})).headers[REQUEST_ID] == given


@pytest.mark.parametrize("given", ["", "a b", '{"x":1}', "0" * 65, "١٢٣", "a_b;c"])
async def test_a_strange_id_is_replaced_by_one_of_ours(client: Client, given: str) -> None:
    answer = await client.get("/healthz", headers={REQUEST_ID: given})
    assert re.fullmatch(r"[0-9a-f-]{36}", answer.headers[REQUEST_ID])


async def test_an_unknown_path_has_an_id_too(client: Client) -> None:
    answer = await client.get("/nothing/here", headers={REQUEST_ID: "abc"})
    assert (answer.status, answer.headers[REQUEST_ID]) == (404, "abc")


async def test_what_nobody_foresaw_is_logged_under_the_id_that_was_answered(client: Client) -> None:
    seen = structlog.testing.LogCapture()
    structlog.configure(processors=[structlog.contextvars.merge_contextvars, seen])
    try:
        answer = await client.get("/broken", headers={REQUEST_ID: "abc"})
    finally:
        structlog.reset_defaults()
    assert answer.status == 500
    assert await answer.json() == {"error": "internal error", "request_id": "abc"}
    (line,) = seen.entries
    assert (line["event"], line["request_id"], line["path"]) == ("request failed", "abc", "/broken")
