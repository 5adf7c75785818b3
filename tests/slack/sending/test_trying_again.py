"""What failed is tried again, each time later; what cannot heal is given up aloud."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.playground import posting
from bot.queries.reading import Reading
from bot.slack.rendered import Told
from bot.usecases.deliveries.claim import Claimed
from bot.usecases.messages import MessageKind
from storage.models import DeliveryState
from tests.slack.sending.post import ANA, INCIDENTS, RAJ, Post, counted

CANNOT_HEAL = ("user_not_found", "user_disabled", "cannot_dm_bot", "msg_too_long")


async def test_a_rate_limit_is_waited_out_by_the_houses_clock_and_is_no_attempt(post: Post) -> None:
    post.workspace.faults.add(method="chat.postMessage", kind=429, retry_after=30)
    await post.created()
    await post.send()
    waiting = await post.row(MessageKind.CARD)
    assert (waiting.state, waiting.attempts, waiting.due_at) == (
        DeliveryState.DUE,
        0,
        post.clock.now() + timedelta(seconds=30),
    )
    await post.wait(seconds=29)
    assert post.messages(INCIDENTS) == []
    await post.wait(seconds=1)
    assert len(post.messages(INCIDENTS)) == 1


@pytest.mark.parametrize("kind", [500, 503, "internal_error", "service_unavailable"])
async def test_a_failure_of_slacks_is_tried_again_later_each_time(post: Post, kind: int | str) -> None:
    post.workspace.faults.add(method="chat.postMessage", kind=kind, times=3)
    await post.created()
    await post.send()
    for seconds in (2, 4, 8):
        assert post.messages(INCIDENTS) == []
        await post.wait(seconds=seconds - 1)
        assert post.messages(INCIDENTS) == []
        await post.wait(seconds=1)
    assert len(post.messages(INCIDENTS)) == 1
    assert (await post.row(MessageKind.CARD)).state == DeliveryState.SENT


async def test_what_fails_too_often_is_given_up_aloud(post: Post) -> None:
    post.workspace.faults.add(method="chat.postMessage", kind="internal_error", times=100)
    given_up = counted(MessageKind.CARD, "given up")
    await post.created()
    with capture_logs() as logs:
        for _ in range(30):
            await post.wait(minutes=16)
    assert post.calls("chat.postMessage") == 12
    assert (await post.row(MessageKind.CARD)).state == DeliveryState.FAILED
    assert [each["problem"] for each in logs if each["log_level"] == "error"] == ["internal_error"]
    assert counted(MessageKind.CARD, "given up") == given_up + 1


@pytest.mark.parametrize("problem", CANNOT_HEAL)
async def test_what_cannot_heal_is_given_up_at_once_and_aloud(post: Post, problem: str) -> None:
    post.workspace.faults.add(method="chat.postMessage", kind=problem)
    before = counted(MessageKind.CARD, problem)
    await post.created()
    with capture_logs() as logs:
        await post.send()
        await post.wait(days=1)
    row = await post.row(MessageKind.CARD)
    assert (row.state, row.failure, post.calls("chat.postMessage")) == (DeliveryState.FAILED, problem, 1)
    assert [(each["event"], each["problem"]) for each in logs if each["log_level"] == "error"] == [
        ("message not told", problem)
    ]
    assert counted(MessageKind.CARD, problem) == before + 1


async def test_a_message_that_cannot_be_rendered_holds_up_no_other_and_is_given_up(post: Post) -> None:
    async def broken(_reading: Reading, _claimed: Claimed) -> Told:
        raise KeyError("text")

    sender = post.sender(history=broken)
    number = await post.created()
    await post.send(sender)
    await post.written(number, "The alarm rang.", version=1)
    await post.submitted(number)
    with capture_logs() as logs:
        for _ in range(20):
            await post.clock.advance(900)
            await post.send(sender)
    assert "asks for your review" in post.messages(RAJ)[0].text
    assert [row.state for row in await post.rows(MessageKind.HISTORY)] == [DeliveryState.FAILED] * 2
    assert {each["event"] for each in logs} == {"message not rendered", "message not told"}


@pytest.mark.parametrize("zone", ["Europe/Berlin", None])
async def test_a_morning_message_that_slack_refused_all_day_is_not_told_at_night(post: Post, zone: str | None) -> None:
    post.workspace.people[ANA].tz = zone
    await post.person("U07MAX")  # Vienna's clocks are Berlin's; theirs count where a person's are not known
    await post.created()
    await post.send()
    await post.clock.move_to(datetime(2026, 11, 24, 9, tzinfo=UTC).timestamp())
    post.workspace.faults.add(method="chat.postMessage", kind=503, times=7)
    await post.woken()
    for _ in range(6):
        await post.wait(minutes=15)
    assert post.messages(ANA) == []
    post.workspace.faults.clear()
    await post.clock.move_to(datetime(2026, 11, 24, 20, tzinfo=UTC).timestamp())
    await post.woken()
    assert post.messages(ANA) == []
    await post.clock.move_to(datetime(2026, 11, 25, 9, tzinfo=UTC).timestamp())
    await post.woken()
    (told,) = post.messages(ANA)
    assert told.text.startswith("1 thing waits for you")
    assert "due today" in posting.message_text(post.workspace, told, ANA)
