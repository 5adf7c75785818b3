"""How the bot is reached: signatures, acks in time, events and their retries, sockets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import administration
from bot.playground.clock import WorkspaceClock
from bot.playground.delivery.acks import Retry
from bot.playground.delivery.over_http import signature
from bot.playground.records import ViolationKind
from bot.playground.server import Playground
from bot.playground.workspace import Workspace


class RawBot:
    """A bot that answers as a test says, and remembers what it was sent."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.status = 200
        self.headers: dict[str, str] = {}
        self.hold = asyncio.Event()
        self.hold.set()

    async def handle(self, request: web.Request) -> web.Response:
        self.requests.append((dict(request.headers), await request.read()))
        await self.hold.wait()
        return web.Response(status=self.status, headers=self.headers)


@pytest.fixture
async def raw(playground: Playground) -> AsyncIterator[RawBot]:
    raw = RawBot()
    app = web.Application()
    app.router.add_post("/slack/events", raw.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    playground.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield raw
    raw.hold.set()
    await runner.cleanup()


async def test_every_request_is_signed_over_its_raw_body(raw: RawBot, workspace: Workspace) -> None:
    await workspace.person("U01ANA").command("/oncall", "at 18:00 & <later>", channel="C01GENERAL")

    [(headers, body)] = raw.requests
    expected = signature(workspace.app.signing_secret, headers["X-Slack-Request-Timestamp"], body)
    assert headers["X-Slack-Signature"] == expected
    assert b"text=at+18%3A00+%26amp%3B+%26lt%3Blater%26gt%3B" in body


async def test_a_bot_with_another_secret_refuses_everything(playground: Playground, workspace: Workspace) -> None:
    client = AsyncWebClient(token=workspace.app.bot_token, base_url=playground.api_url)
    runner = web.AppRunner(AsyncApp(client=client, signing_secret="another").web_app(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    playground.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"

    done = await workspace.person("U01ANA").command("/oncall", channel="C01GENERAL")
    await runner.cleanup()

    assert done.ack.status == 401
    assert done.notice == '/oncall failed with the error "http_client_error"'


@pytest.mark.parametrize(
    ("status", "error", "kind"),
    [
        (404, "http_client_error", ViolationKind.UNHANDLED),
        (400, "http_client_error", ViolationKind.FAILED_ACK),
        (500, "http_service_error", ViolationKind.FAILED_ACK),
        (302, "dispatch_failed", ViolationKind.FAILED_ACK),
    ],
)
async def test_a_command_that_fails_shows_slacks_error(
    raw: RawBot, workspace: Workspace, status: int, error: str, kind: ViolationKind
) -> None:
    raw.status = status
    ana = workspace.person("U01ANA")

    done = await ana.command("/oncall", channel="C01GENERAL")

    assert done.notice == f'/oncall failed with the error "{error}"'
    assert ana.notices == (done.notice,)
    assert [each.kind for each in workspace.violations] == [kind]


@pytest.mark.parametrize("ack_limit", [0.2])
async def test_a_late_ack_is_a_timeout_and_a_violation(raw: RawBot, workspace: Workspace) -> None:
    raw.hold.clear()

    done = await workspace.person("U01ANA").command("/oncall", channel="C01GENERAL")

    assert done.notice == '/oncall failed with the error "operation_timeout"'
    assert [each.kind for each in workspace.violations] == [ViolationKind.LATE_ACK]


async def test_a_bot_that_is_not_there_is_a_failed_dispatch(playground: Playground, workspace: Workspace) -> None:
    playground.bot_url = "http://127.0.0.1:9/slack/events"

    done = await workspace.person("U01ANA").command("/oncall", channel="C01GENERAL")

    assert done.notice == '/oncall failed with the error "dispatch_failed"'


async def test_a_failed_event_is_repeated_at_once_after_a_minute_and_after_five(
    raw: RawBot, workspace: Workspace, clock: WorkspaceClock, playground: Playground
) -> None:
    raw.status = 500
    await workspace.person("U01ANA").say("C01GENERAL", "hello")

    counts: list[int] = []
    for seconds in (0, 59, 1, 299, 1, 3600):
        await clock.advance(seconds)
        await playground.settled()
        counts.append(len(raw.requests))

    numbers = [headers.get("X-Slack-Retry-Num") for headers, _ in raw.requests]
    reasons = {headers.get("X-Slack-Retry-Reason") for headers, _ in raw.requests[1:]}
    assert counts == [2, 2, 3, 3, 4, 4]
    assert numbers == [None, "1", "2", "3"] and reasons == {"http_error"}
    assert len({body for _, body in raw.requests}) == 1


async def test_a_retry_stops_when_the_bot_takes_it(
    raw: RawBot, workspace: Workspace, clock: WorkspaceClock, playground: Playground
) -> None:
    raw.status = 500
    await workspace.person("U01ANA").say("C01GENERAL", "hello")
    await playground.settled()
    raw.status = 202

    await clock.advance(60)
    await playground.settled()
    await clock.advance(300)
    await playground.settled()

    assert len(raw.requests) == 3


async def test_no_retry_is_heeded_on_a_refusal(raw: RawBot, workspace: Workspace, playground: Playground) -> None:
    raw.status, raw.headers = 500, {"X-Slack-No-Retry": "1"}
    await workspace.person("U01ANA").say("C01GENERAL", "hello")

    await playground.settled()

    assert len(raw.requests) == 1


async def test_events_come_twice_or_out_of_order_when_a_test_asks(
    over_http: AsyncApp, workspace: Workspace, playground: Playground
) -> None:
    seen: list[tuple[str, str]] = []

    @over_http.event("message")
    async def heard(body: dict[str, Any], event: dict[str, Any]) -> None:
        seen.append((body["event_id"], event["text"]))

    events = playground.line.events
    events.hold()
    ana = workspace.person("U01ANA")
    await ana.say("C01GENERAL", "first")
    await ana.say("C01GENERAL", "second")
    events.release(lambda held: held[::-1])
    await playground.settled()
    events.redeliver(seen[0][0], retry=Retry(1, "http_timeout"))
    await playground.settled()
    events.copies = 2
    await ana.say("C01GENERAL", "third")
    await playground.settled()

    assert sorted(text for _, text in seen) == ["first", "second", "second", "third", "third"]
    assert len({event_id for event_id, _ in seen}) == 3
    assert [each["event"]["text"] for each in events.sent[:2]] == ["second", "first"]


async def test_events_carry_who_where_and_what(
    over_http: AsyncApp, workspace: Workspace, playground: Playground
) -> None:
    seen: dict[str, dict[str, Any]] = {}

    async def keep(event: dict[str, Any]) -> None:
        seen[event["type"] if event["type"] != "message" else event["channel_type"]] = event

    for name in ("message", "app_mention", "app_home_opened", "user_change"):
        over_http.event(name)(keep)
    ana = workspace.person("U01ANA")
    await ana.say("C01GENERAL", "@watchbill who & when?")
    await ana.say(ana.dm.id, "now")
    await ana.say("C06LOUNGE", "@watchbill nobody hears this")
    await ana.open_home()
    administration.change_person(workspace, "U02RAJ", tz="Europe/London")
    await playground.settled()

    assert set(seen) == {"channel", "im", "app_mention", "app_home_opened", "user_change"}
    assert seen["app_mention"]["text"] == "<@U01WATCHBILL> who &amp; when?"
    assert seen["channel"]["ts"] == seen["app_mention"]["ts"]
    assert (seen["im"]["user"], seen["im"]["channel"]) == ("U01ANA", ana.dm.id)
    assert seen["app_home_opened"]["tab"] == "home" and "view" not in seen["app_home_opened"]
    assert seen["user_change"]["user"]["tz"] == "Europe/London"
    assert len(workspace.pings) == 2 and workspace.bot_pings == []
    assert workspace.violations == []


async def test_an_event_nobody_subscribed_to_or_may_hear_is_not_sent(
    raw: RawBot, workspace: Workspace, playground: Playground
) -> None:
    workspace.granted_scopes -= {"channels:history"}
    await workspace.person("U01ANA").say("C01GENERAL", "hello")
    await workspace.person("U01ANA").say("C05SECURITY", "hello")
    administration.archive(workspace, "C03PAYMENTS")
    await playground.settled()

    assert raw.requests == []


async def test_an_unhandled_event_is_a_violation(
    over_http: AsyncApp, workspace: Workspace, playground: Playground
) -> None:
    await workspace.person("U01ANA").open_home()
    await playground.settled()

    assert workspace.violations
    assert {each.kind for each in workspace.violations} == {ViolationKind.UNHANDLED}


async def test_commands_and_events_arrive_by_socket(
    over_sockets: tuple[AsyncApp, Playground], workspace: Workspace
) -> None:
    bot, playground = over_sockets
    heard = asyncio.Event()

    @bot.command("/oncall")
    async def oncall(ack: AsyncAck) -> None:
        await ack("Ana is on call")

    @bot.event("message")
    async def message(event: dict[str, Any]) -> None:
        heard.set()

    ana = workspace.person("U01ANA")
    done = await ana.command("/oncall", channel="C01GENERAL")
    await ana.sees("Ana is on call")
    await ana.say(ana.dm.id, "hello")
    async with asyncio.timeout(5):
        await heard.wait()
    await playground.settled()

    assert done.ok and workspace.violations == []


async def test_a_refreshed_socket_comes_back_and_serves_on(
    over_sockets: tuple[AsyncApp, Playground], workspace: Workspace
) -> None:
    bot, playground = over_sockets

    @bot.command("/oncall")
    async def oncall(ack: AsyncAck) -> None:
        await ack("still here")

    await playground.sockets.refresh()
    async with asyncio.timeout(5):
        await playground.sockets.until_connected()
    done = await workspace.person("U01ANA").command("/oncall", channel="C01GENERAL")

    assert done.ok
    assert [call.method for call in workspace.calls].count("apps.connections.open") == 2


@pytest.mark.parametrize("ack_limit", [0.2])
async def test_silence_on_the_socket_is_a_timeout(
    over_sockets: tuple[AsyncApp, Playground], workspace: Workspace
) -> None:
    done = await workspace.person("U01ANA").command("/raw", channel="C01GENERAL")

    assert done.notice == '/raw failed with the error "operation_timeout"'
    assert [each.kind for each in workspace.violations] == [ViolationKind.LATE_ACK]


async def test_a_socket_needs_a_ticket_and_there_are_ten_at_most(workspace: Workspace) -> None:
    playground = Playground(workspace, socket_mode=True)
    await playground.start()
    client = AsyncWebClient(base_url=playground.api_url)
    async with aiohttp.ClientSession() as session:
        sockets = []
        for _ in range(11):
            answer = await client.apps_connections_open(app_token=workspace.app.app_token)
            sockets.append(await session.ws_connect(answer["url"]))
        first_frames = [await socket.receive_json() for socket in sockets]
        used = await session.get(answer["url"])
        for socket in sockets:
            await socket.close()
    await playground.stop()

    assert [frame["type"] for frame in first_frames] == ["hello"] * 10 + ["disconnect"]
    assert first_frames[9]["num_connections"] == 10
    assert first_frames[10]["reason"] == "too_many_websockets"
    assert used.status == 403


async def test_an_ack_for_nothing_is_ignored_and_pings_are_answered(workspace: Workspace) -> None:
    playground = Playground(workspace, socket_mode=True)
    await playground.start()
    client = AsyncWebClient(base_url=playground.api_url)
    answer = await client.apps_connections_open(app_token=workspace.app.app_token)
    async with aiohttp.ClientSession() as session, session.ws_connect(answer["url"], autoping=False) as socket:
        hello = await socket.receive_json()
        await socket.ping(b"1700000000")
        pong = await socket.receive()
        await socket.send_json({"envelope_id": "unknown"})
        await socket.send_str("not json")
        asked = asyncio.create_task(workspace.person("U01ANA").command("/oncall", channel="C01GENERAL"))
        envelope = await socket.receive_json()
        await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "by hand"}})
        done = await asked
    await playground.stop()

    assert hello["connection_info"] == {"app_id": workspace.app.id}
    assert pong.type is aiohttp.WSMsgType.PONG and pong.data == b"1700000000"
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    assert done.ok and done.ack.body == "by hand"


async def test_a_socket_is_not_opened_with_a_bot_token_or_in_http_mode(
    playground: Playground, workspace: Workspace
) -> None:
    client = AsyncWebClient(base_url=playground.api_url)

    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        await client.apps_connections_open(app_token=workspace.app.bot_token)
    with pytest.raises(SlackApiError, match="socket_mode_not_enabled"):
        await client.apps_connections_open(app_token=workspace.app.app_token)


async def test_only_loopback_is_served(workspace: Workspace) -> None:
    with pytest.raises(ValueError, match="loopback"):
        await Playground(workspace).start("0.0.0.0")


async def test_clicks_go_nowhere_where_the_manifest_leaves_interactivity_off(raw: RawBot, workspace: Workspace) -> None:
    workspace.manifest = replace(workspace.manifest, interactivity=False)

    done = await workspace.person("U01ANA").shortcut("new_one")

    assert done.notice == "The app did not respond: dispatch_failed"
    assert raw.requests == []
    assert [each.kind for each in workspace.violations] == [ViolationKind.FAILED_ACK]


@pytest.mark.parametrize("ack_limit", [0.2])
async def test_an_event_that_timed_out_is_repeated_while_the_first_still_runs(
    raw: RawBot, workspace: Workspace, playground: Playground
) -> None:
    raw.hold.clear()
    await workspace.person("U01ANA").say("C01GENERAL", "hello")
    await playground.settled()

    assert [headers.get("X-Slack-Retry-Reason") for headers, _ in raw.requests] == [None, "http_timeout"]
