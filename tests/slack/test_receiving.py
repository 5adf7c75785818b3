"""Only what Slack signed comes in; what comes in is acknowledged and explained, even when nobody knows it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import structlog
from aiohttp import ClientSession
from sqlmodel import select

from bot.playground.delivery.over_http import signature
from storage.models import Event, Receipt, User
from tests.slack.by_hand import FORM, command_body, event_body, interaction_body, post, response_url, send, signed
from tests.slack.conftest import Town

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Forge = Callable[[Town, bytes], dict[str, str]]
TIMESTAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"


FIELD = {
    "type": "input",
    "block_id": "title",
    "label": {"type": "plain_text", "text": "Title"},
    "element": {"type": "plain_text_input", "action_id": "value"},
}
VIEW = {"id": "V1", "type": "modal", "private_metadata": "", "hash": "1.a", "state": {"values": {}}}


async def _nothing_done(town: Town, calls_before: int) -> bool:
    async with town.house.database.reading() as session:
        rows = [row for table in (User, Receipt, Event) for row in (await session.exec(select(table))).all()]
    return not rows and len(town.workspace.calls) == calls_before


def _with(name: str, value: str) -> Forge:
    """A request that is Slack's in everything but one header."""
    return lambda town, body: {**signed(town, body), name: value}


def _without(name: str) -> Forge:
    return lambda town, body: {key: value for key, value in signed(town, body).items() if key != name}


def _signed_as_of(timestamp: str) -> Forge:
    """A signature that fits a timestamp which is not one."""

    def forge(town: Town, body: bytes) -> dict[str, str]:
        rightly = signature(town.workspace.app.signing_secret, timestamp, body)
        return {"Content-Type": FORM, TIMESTAMP: timestamp, SIGNATURE: rightly}

    return forge


def _bare(_town: Town, _body: bytes) -> dict[str, str]:
    return {"Content-Type": FORM}


def _by_another_secret(town: Town, body: bytes) -> dict[str, str]:
    headers = signed(town, body)
    return {**headers, SIGNATURE: signature("another secret", headers[TIMESTAMP], body)}


FORGED: dict[str, Forge] = {
    "another secret": _by_another_secret,
    "another body": lambda town, body: signed(town, body + b"&x=1"),
    "another moment": lambda town, body: {**signed(town, body), TIMESTAMP: str(int(town.clock.time()) + 1)},
    "over five minutes old": lambda town, body: signed(town, body, late=301),
    "over five minutes ahead": lambda town, body: signed(town, body, late=-301),
    "no timestamp": _without(TIMESTAMP),
    "no signature": _without(SIGNATURE),
    "neither": _bare,
    "empty timestamp": _signed_as_of(""),
    "empty signature": _with(SIGNATURE, ""),
    "words for a timestamp": _signed_as_of("now"),
    "a fraction": lambda town, body: _signed_as_of(f"{town.clock.time():.1f}")(town, body),
    "an exponent": _signed_as_of("1e9"),
    "a negative timestamp": _signed_as_of("-1"),
    "a huge timestamp": _signed_as_of("9" * 400),
    "more than any clock shows": _signed_as_of("9" * 16),
    "digits of another script": _signed_as_of("١٧٣١٩٢٠٠٠٠"),
    "a superscript": _signed_as_of("²"),
    "another version": lambda town, body: {
        **signed(town, body),
        SIGNATURE: signed(town, body)[SIGNATURE].replace("v0=", "v1="),
    },
    "a signature beyond ascii": _with(SIGNATURE, "v0=é٣"),
    "a huge signature": _with(SIGNATURE, "v0=" + "0" * 4000),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
async def test_what_slack_did_not_sign_is_refused_and_nothing_is_done(town: Town, forge: Forge) -> None:
    before = len(town.workspace.calls)
    body = command_body(town, "/oncall", "now", url="http://127.0.0.1:9/never")
    reply = await post(town, body, forge(town, body))
    assert reply.status == 401
    assert await _nothing_done(town, before)


async def test_a_body_that_is_no_text_is_refused_though_it_is_signed(town: Town) -> None:
    before = len(town.workspace.calls)
    body = command_body(town, "/oncall", "now") + b"&x=\xff\xfe"
    assert (await send(town, body)).status == 401
    assert await _nothing_done(town, before)


@pytest.mark.parametrize("late", [299, -299])
async def test_clocks_may_differ_by_less_than_five_minutes(town: Town, late: float) -> None:
    async with response_url() as answers:
        body = command_body(town, "/oncall", "help", url=answers.url)
        assert (await post(town, body, signed(town, body, late=late))).status == 200
        await town.house.in_hand.settled()
        assert len(answers.taken) == 1


async def test_a_body_larger_than_anything_slack_sends_is_refused(town: Town) -> None:
    before = len(town.workspace.calls)
    body = command_body(town, "/oncall", "x" * 2_000_000)
    assert (await send(town, body)).status == 413
    assert await _nothing_done(town, before)


async def test_the_endpoint_is_verified_by_its_challenge(town: Town) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "legacy"}).encode()
    reply = await send(town, body, content_type="application/json")
    assert (reply.status, reply.json) == (200, {"challenge": "abc"})
    unsigned = await post(town, body, {"Content-Type": "application/json"})
    assert unsigned.status == 401


@pytest.mark.parametrize("more", [b"", b"&command=/oncall&text=now&user_id=U02RAJ&channel_id=C1&trigger_id=1"])
async def test_the_certificate_is_checked_without_a_signature_and_nothing_is_done(town: Town, more: bytes) -> None:
    before = len(town.workspace.calls)
    reply = await post(town, b"ssl_check=1&token=legacy" + more, {"Content-Type": FORM})
    assert (reply.status, reply.text) == (200, "")
    assert await _nothing_done(town, before)


async def test_only_posts_come_in(town: Town) -> None:
    assert town.playground.bot_url
    async with ClientSession() as session:
        async with session.get(town.playground.bot_url) as answer:
            assert answer.status == 405
        async with session.post(town.playground.bot_url + "/more") as answer:
            assert answer.status == 404


def _pressed(action_id: str, **more: Any) -> dict[str, Any]:
    action = {"type": "button", "action_id": action_id, "block_id": "b", "value": "v", "action_ts": "1.1"}
    return {
        "type": "block_actions",
        "container": {"type": "message", "message_ts": "1.1", "channel_id": "C02INCIDENTS", "is_ephemeral": True},
        "channel": {"id": "C02INCIDENTS", "name": "incidents"},
        "actions": [action],
        "state": {"values": {}},
        **more,
    }


@pytest.mark.parametrize("action_id", ["from_an_older_version", "", "x" * 255])
async def test_a_button_nobody_knows_any_more_is_acknowledged_and_explained(town: Town, action_id: str) -> None:
    async with response_url() as answers:
        reply = await send(town, interaction_body(town, _pressed(action_id, response_url=answers.url)))
        await town.house.in_hand.settled()
    assert reply.status == 200
    (said,) = answers.taken
    assert "older message" in said["text"]
    assert said["replace_original"] is False


async def test_an_unknown_button_in_a_form_is_explained_by_a_direct_message(town: Town) -> None:
    view = {"id": "V1", "type": "modal", "callback_id": "old", "blocks": [], "private_metadata": "", "hash": "1.a"}
    pressed = _pressed("from_an_older_version", container={"type": "view", "view_id": "V1"}, view=view)
    assert (await send(town, interaction_body(town, pressed))).status == 200
    assert "older message" in (await town.person("U02RAJ").sees("older message", since=0)).text


async def test_a_form_nobody_knows_any_more_stays_open_with_its_text_and_says_what_to_do(town: Town) -> None:
    view = {"callback_id": "from_an_older_version", "blocks": [FIELD]}
    reply = await send(town, interaction_body(town, {"type": "view_submission", "view": {**VIEW, **view}}))
    assert (reply.status, reply.json["response_action"]) == (200, "errors")
    assert "older version" in reply.json["errors"]["title"]


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "view_closed", "view": {"id": "V1", "type": "modal", "callback_id": "old"}, "is_cleared": False},
        {"type": "shortcut", "callback_id": "old", "action_ts": "1.1"},
    ],
    ids=lambda payload: str(payload["type"]),
)
async def test_a_closed_form_or_a_shortcut_nobody_knows_is_acknowledged(town: Town, payload: dict[str, Any]) -> None:
    reply = await send(town, interaction_body(town, payload))
    assert (reply.status, reply.text) == (200, "")


@pytest.mark.parametrize("kind", ["reaction_added", "something_new", "message"])
async def test_an_event_nobody_asked_for_is_acknowledged_so_that_slack_does_not_repeat_it(
    town: Town, kind: str
) -> None:
    body = event_body(town, {"type": kind, "user": "U02RAJ", "channel": "C02INCIDENTS", "ts": "1.1"})
    assert (await send(town, body, content_type="application/json")).status == 200


@pytest.mark.parametrize("acknowledged", [True, False])
async def test_what_nobody_foresaw_is_said_with_a_reference_that_is_in_the_log(
    town: Town, *, acknowledged: bool
) -> None:
    async def broken(ack: Any) -> None:
        if acknowledged:
            await ack()
        raise ValueError("a bug")

    town.house.bolt.command("/broken")(broken)
    async with response_url() as answers:
        with structlog.testing.capture_logs() as lines:
            reply = await send(town, command_body(town, "/broken", url=answers.url))
            await town.house.in_hand.settled()
    assert reply.status == 200
    sentence = answers.taken[0]["text"] if acknowledged else reply.json["text"]
    (reference,) = re.findall(r"`([0-9a-f]{8})`", sentence)
    assert [line["reference"] for line in lines if line["event"] == "unforeseen"] == [reference]


async def test_a_broken_shortcut_is_explained_though_its_acknowledgement_carries_no_words(town: Town) -> None:
    async def broken() -> None:
        raise ValueError("a bug")

    town.house.bolt.shortcut("broken")(broken)
    shortcut = {"type": "shortcut", "callback_id": "broken", "action_ts": "1.1"}
    reply = await send(town, interaction_body(town, shortcut))
    assert (reply.status, reply.text) == (200, "")
    assert (await town.person("U02RAJ").sees("Something went wrong", since=0)).text


async def test_an_event_that_breaks_is_nobodys_answer_and_is_in_the_log(town: Town) -> None:
    async def broken() -> None:
        raise ValueError("a bug")

    town.house.bolt.event("broken")(broken)
    before = len(town.workspace.calls)
    with structlog.testing.capture_logs() as lines:
        reply = await send(town, event_body(town, {"type": "broken"}), content_type="application/json")
        await town.house.in_hand.settled()
    assert reply.status == 200
    assert [line["event"] for line in lines] == ["unforeseen"]
    assert {call.method for call in town.workspace.calls[before:]} <= {"auth.test"}
