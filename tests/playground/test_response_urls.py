"""Answers through response urls: how often, how long, and what they may say."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from bot.playground.clock import WorkspaceClock
from bot.playground.hands import Kind
from bot.playground.posting import post
from bot.playground.records import ViolationKind
from bot.playground.server import Playground
from bot.playground.workspace import Workspace

Respond = Callable[[str, Any], Awaitable[tuple[int, str]]]


@pytest.fixture
async def respond(playground: Playground) -> AsyncIterator[Respond]:
    async with aiohttp.ClientSession() as session:

        async def send(url_id: str, body: Any) -> tuple[int, str]:
            async with session.post(f"{playground.base_url}/response/{url_id}", json=body) as response:
                return response.status, await response.text()

        yield send


async def test_a_url_takes_five_answers(workspace: Workspace, respond: Respond) -> None:
    url_id = workspace.response_urls.make(user="U01ANA", channel="C06LOUNGE")

    answers = [await respond(url_id, {"text": f"{number}"}) for number in range(6)]

    assert answers[:5] == [(200, "ok")] * 5
    assert answers[5][0] == 404 and "used_url" in answers[5][1]
    assert [each.text for each in workspace.person("U01ANA").appearances] == ["0", "1", "2", "3", "4"]


async def test_a_url_lives_for_thirty_minutes(workspace: Workspace, respond: Respond, clock: WorkspaceClock) -> None:
    url_id = workspace.response_urls.make(user="U01ANA", channel="C01GENERAL")
    await clock.advance(30 * 60)
    in_time = await respond(url_id, {"text": "in time"})
    await clock.advance(1)
    late = await respond(url_id, {"text": "late"})

    assert in_time == (200, "ok")
    assert late[0] == 404 and "expired_url" in late[1]


async def test_an_answer_is_for_one_person_unless_it_is_for_the_channel(workspace: Workspace, respond: Respond) -> None:
    url_id = workspace.response_urls.make(user="U01ANA", channel="C06LOUNGE", command_echo="/oncall now")

    await respond(url_id, {"text": "for you"})
    await respond(url_id, {"text": "for all", "response_type": "in_channel"})

    [seen] = workspace.person("U02RAJ").appearances
    assert seen.text == "for all"
    assert seen.message is not None and seen.message.command_echo == "/oncall now"


async def test_the_original_is_replaced_and_deleted_on_request(workspace: Workspace, respond: Respond) -> None:
    channel = workspace.channels["C01GENERAL"]
    card = post(workspace, channel, user=workspace.app.user_id, text="card", ephemeral_to="U01ANA")
    url_id = workspace.response_urls.make(user="U01ANA", channel="C01GENERAL", message_ts=card.ts)

    await respond(url_id, {"text": "newer", "replace_original": True})
    newer = workspace.person("U01ANA").screen("C01GENERAL")
    await respond(url_id, {"delete_original": True})

    assert [each.text for each in newer] == ["newer"]
    assert workspace.person("U01ANA").screen("C01GENERAL") == ()
    kinds = [each.kind for each in workspace.person("U01ANA").appearances]
    assert kinds == [Kind.MESSAGE, Kind.MESSAGE_CHANGED, Kind.MESSAGE_DELETED]


@pytest.mark.parametrize(
    ("body", "word", "kind"),
    [
        ({}, "no_text", ViolationKind.INVALID_BLOCKS),
        ([1], "invalid_payload", ViolationKind.BAD_REPLY),
        ({"blocks": [{"type": "section"}]}, "invalid_blocks", ViolationKind.INVALID_BLOCKS),
    ],
)
async def test_what_slack_cannot_show_is_refused_with_one_word(
    workspace: Workspace, respond: Respond, body: Any, word: str, kind: ViolationKind
) -> None:
    url_id = workspace.response_urls.make(user="U01ANA", channel="C01GENERAL")

    assert await respond(url_id, body) == (400, word)
    assert [each.kind for each in workspace.violations] == [kind]


async def test_an_unknown_field_is_a_violation(workspace: Workspace, respond: Respond) -> None:
    url_id = workspace.response_urls.make(user="U01ANA", channel="C01GENERAL")

    await respond(url_id, {"text": "x", "ephemeral": True})

    assert [each.kind for each in workspace.violations] == [ViolationKind.UNKNOWN_FIELD]
