"""The page's own API: what it shows, what it does, whom it lets in."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.clock import WorkspaceClock
from bot.playground.server import Playground
from bot.playground.workspace import Workspace

FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "Form"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "what",
            "label": {"type": "plain_text", "text": "What"},
            "element": {"type": "rich_text_input", "action_id": "text"},
        },
        {
            "type": "actions",
            "block_id": "row",
            "elements": [{"type": "button", "action_id": "press", "text": {"type": "plain_text", "text": "Go"}}],
        },
    ],
}


class Page:
    """Asks and acts as the page does, for Ana."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str) -> None:
        self._session = session
        self.base_url = base_url

    async def get(self, name: str, **query: str) -> tuple[int, dict[str, Any]]:
        async with self._session.get(f"{self.base_url}/page/{name}", params={"as": "U01ANA", **query}) as response:
            return response.status, await response.json()

    async def post(self, name: str, **body: Any) -> tuple[int, dict[str, Any]]:
        headers = {"X-Playground": "1"}
        url = f"{self.base_url}/page/{name}"
        async with self._session.post(url, json={"as": "U01ANA", **body}, headers=headers) as response:
            return response.status, await response.json()


class Stream:
    """Ana's event stream, one event at a time."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response

    async def next(self, kind: str) -> dict[str, Any]:
        async with asyncio.timeout(5):
            async for line in self._response.content:
                if line.startswith(b"data: "):
                    event: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
                    if event["type"] == kind:
                        return event
        raise AssertionError(f"the stream ended without {kind}")


@pytest.fixture
async def page(playground: Playground) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(session, playground.base_url)


@pytest.fixture
async def stream(playground: Playground) -> AsyncIterator[Stream]:
    url = f"{playground.base_url}/page/events?as=U01ANA"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        await response.content.readline()
        yield Stream(response)


async def test_the_page_begins_with_everything_it_needs(page: Page, workspace: Workspace) -> None:
    status, body = await page.get("bootstrap")

    assert status == 200
    assert body["me"]["id"] == "U01ANA" and body["me"]["avatar"]["initials"] == "A"
    assert {channel["name"] for channel in body["channels"]} >= {"general", "board"}
    assert next(channel for channel in body["channels"] if channel["kind"] == "dm")["user"] == workspace.app.user_id
    assert [command["command"] for command in body["commands"]] == ["/oncall", "/raw"]
    assert [shortcut["type"] for shortcut in body["shortcuts"]] == ["message", "global"]
    assert body["now"] == workspace.clock.time()
    assert {user["id"] for user in body["users"]} == set(workspace.people)


async def test_somebody_who_is_not_there_is_refused(page: Page) -> None:
    status, body = await page.get("bootstrap", **{"as": "U404"})

    assert (status, body) == (409, {"error": "there is nobody with the id 'U404'"})


async def test_other_sites_and_other_names_are_refused(playground: Playground) -> None:
    async with aiohttp.ClientSession() as session:
        form = await session.post(f"{playground.base_url}/page/say", data={"as": "U01ANA", "text": "x"})
        named = await session.get(
            f"{playground.base_url}/page/bootstrap?as=U01ANA", headers={"Host": "attacker.example:80"}
        )

    assert (form.status, named.status) == (403, 403)


async def test_what_is_said_appears_with_its_thread(page: Page, stream: Stream, workspace: Workspace) -> None:
    await page.post("say", channel="C01GENERAL", text="hello @raj")
    said = (await stream.next("message"))["message"]
    await page.post("say", channel="C01GENERAL", text="and more", thread_ts=said["ts"])
    _, channel = await page.get("messages", channel="C01GENERAL")
    _, thread = await page.get("messages", channel="C01GENERAL", thread_ts=said["ts"])

    assert said["text"] == "hello <@U02RAJ>" and said["bot"] is False
    assert [(each["ts"], each["reply_count"]) for each in channel["messages"]] == [(said["ts"], 1)]
    assert [each["text"] for each in thread["messages"]] == ["hello <@U02RAJ>", "and more"]


async def test_a_channel_counts_what_was_not_read(page: Page, workspace: Workspace) -> None:
    async def unread() -> int:
        _, body = await page.get("bootstrap")
        return next(int(each["unread"]) for each in body["channels"] if each["id"] == "C01GENERAL")

    await workspace.person("U02RAJ").say("C01GENERAL", "one")
    before = await unread()
    await page.get("messages", channel="C01GENERAL")

    assert (before, await unread()) == (1, 0)


async def test_a_command_that_fails_gives_back_what_was_typed(over_http: AsyncApp, page: Page, stream: Stream) -> None:
    status, body = await page.post("say", channel="C01GENERAL", text="/oncall now")
    notice = await stream.next("notice")
    unknown, _ = await page.post("say", channel="C01GENERAL", text="/nothing")
    in_thread, _ = await page.post("say", channel="C01GENERAL", text="/oncall", thread_ts="1.1")

    assert (status, body) == (200, {"ok": True, "restore": "/oncall now"})
    assert notice["text"] == '/oncall failed with the error "http_client_error"'
    assert (unknown, in_thread) == (409, 409)


async def test_a_form_is_filled_pressed_and_sent(
    over_http: AsyncApp, page: Page, stream: Stream, workspace: Workspace
) -> None:
    pressed: list[dict[str, Any]] = []

    @over_http.command("/oncall")
    async def oncall(ack: AsyncAck, command: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=command["trigger_id"], view=FORM)

    @over_http.action("press")
    async def press(ack: AsyncAck, body: dict[str, Any]) -> None:
        pressed.append(body)
        await ack()

    @over_http.view("form")
    async def form(ack: AsyncAck, view: dict[str, Any]) -> None:
        rich = view["state"]["values"]["what"]["text"]["rich_text_value"]
        bold = rich["elements"][0]["elements"][0].get("style")
        await ack() if bold else await ack(response_action="errors", errors={"what": "Louder"})

    await page.post("say", channel="C01GENERAL", text="/oncall")
    view_id = (await stream.next("view_opened"))["view"]["id"]
    quiet = {"what": {"text": {"markdown": "quiet"}}}
    await page.post("press", view_id=view_id, block_id="row", action_id="press", value=None, state=quiet)
    _, refused = await page.post("submit", view_id=view_id, state=quiet)
    _, taken = await page.post("submit", view_id=view_id, state={"what": {"text": {"markdown": "**loud**"}}})
    closed = await stream.next("view_closed")
    gone, _ = await page.post("submit", view_id=view_id, state={})
    away, _ = await page.post("close", view_id=view_id)

    typed = pressed[0]["view"]["state"]["values"]["what"]["text"]["rich_text_value"]
    assert typed["elements"][0]["elements"] == [{"type": "text", "text": "quiet"}]
    assert refused == {"ok": False, "errors": {"what": "Louder"}}
    assert taken == {"ok": True} and closed["view_id"] == view_id
    assert gone == 409 and away == 200
    assert workspace.violations == []


async def test_the_home_tab_asks_the_bot_and_follows_it(over_http: AsyncApp, page: Page, stream: Stream) -> None:
    home = {"type": "home", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "Your shifts"}}]}

    @over_http.event("app_home_opened")
    async def opened(event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view=home)

    _, empty = await page.get("home")
    published = await stream.next("home")
    _, body = await page.get("home")

    assert empty == {"view": None}
    assert body["view"]["id"] == published["view"]["id"]


async def test_markdown_becomes_rich_text_and_comes_back(page: Page) -> None:
    _, there = await page.post("markdown", markdown="a **b**")
    _, back = await page.post("markdown", rich_text=there["rich_text"])

    assert back == {"markdown": "a **b**"}


async def test_the_clock_is_moved_forward_only(page: Page, stream: Stream, clock: WorkspaceClock) -> None:
    before = clock.time()
    _, later = await page.post("clock", advance_seconds=3600)
    shown = await stream.next("clock")
    _, exact = await page.post("clock", to=before + 7200)
    back, _ = await page.post("clock", to=before)

    assert (later["now"], shown["now"], exact["now"]) == (before + 3600, before + 3600, before + 7200)
    assert back == 409


async def test_a_violation_is_shown_on_the_page(page: Page, stream: Stream, client: AsyncWebClient) -> None:
    await client.api_call("chat.postMessage", json={"channel": "C01GENERAL", "text": "x", "colour": "red"})

    assert (await stream.next("violation"))["text"] == "unknown field: chat.postMessage: colour"


async def test_the_page_is_served_under_a_policy_that_lets_nothing_else_in(playground: Playground) -> None:
    async with aiohttp.ClientSession() as session, session.get(playground.base_url) as response:
        html = await response.text()

    assert response.url.path.endswith("/") and "<html" in html
    assert response.headers["Content-Security-Policy"].startswith("default-src 'self'")
