"""Whatever Slack, or something in front of it, answers: the problem has a name."""

from __future__ import annotations

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.refusals import problem_of


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (web.json_response({"ok": False, "error": "not_in_channel"}), "not_in_channel"),
        (web.json_response({"ok": False, "error": "ratelimited"}, status=429), "ratelimited"),
        (web.json_response({"ok": False}), "HTTP 200"),
        (web.Response(status=503, text="<html>", content_type="text/html"), "HTTP 503"),
        (web.Response(status=500, text="oops"), "HTTP 500"),
        (web.Response(status=502, text="{", content_type="application/json"), "HTTP 502"),
    ],
)
async def test_a_refusal_has_slacks_name_or_the_status(answer: web.Response, problem: str) -> None:
    async def respond(_request: web.Request) -> web.Response:
        return answer

    application = web.Application()
    application.router.add_route("*", "/{method}", respond)
    async with TestServer(application) as server:
        client = AsyncWebClient(token="xoxb-1", base_url=str(server.make_url("/")), retry_handlers=[])
        with pytest.raises(SlackApiError) as raised:
            await client.chat_postMessage(channel="C1", text="hello")
    assert problem_of(raised.value) == problem
