"""Messages that Slack may have taken without an answer: nobody is told twice where we can know."""

from __future__ import annotations

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from structlog.testing import capture_logs

from bot.playground.faults import DROP_ANSWER, NO_ANSWER
from bot.slack.answering import Answers
from bot.slack.messages import RENDERINGS
from bot.slack.sending import Sender
from bot.usecases.messages import MessageKind
from storage.models import DeliveryState
from tests.slack.sending.post import ANA, INCIDENTS, LOUNGE, RAJ, Post, repeated


async def test_a_direct_message_that_slack_took_without_an_answer_is_found_and_told_once(post: Post) -> None:
    number = await post.created()
    await post.send()
    post.workspace.faults.add(method="chat.postMessage", kind=DROP_ANSWER, only=lambda args: args["channel"] == RAJ)
    before = repeated(MessageKind.REVIEW_REQUEST)
    await post.submitted(number)
    await post.send()
    assert (await post.row(MessageKind.REVIEW_REQUEST)).ts is None
    await post.wait(seconds=5)
    (request,) = post.messages(RAJ)
    row = await post.row(MessageKind.REVIEW_REQUEST)
    assert (row.state, row.channel, row.ts) == (DeliveryState.SENT, request.channel, request.ts)
    assert repeated(MessageKind.REVIEW_REQUEST) == before


async def test_what_changed_while_a_message_was_in_doubt_is_in_it_once_it_is_found(post: Post) -> None:
    number = await post.created()
    await post.submitted(number)
    post.workspace.faults.add(method="chat.postMessage", kind=DROP_ANSWER, only=lambda args: args["channel"] == RAJ)
    await post.send()
    await post.published(number)
    await post.wait(seconds=5)
    (request,) = post.messages(RAJ)
    assert "You approved it" in request.text
    assert post.workspace.messages.find(request.channel, request.ts) == request


@pytest.mark.parametrize("method", ["conversations.open", "conversations.history"])
@pytest.mark.parametrize("kind", [429, 503, "internal_error", NO_ANSWER])
async def test_a_message_stays_in_doubt_until_it_could_be_looked_for(post: Post, method: str, kind: int | str) -> None:
    number = await post.created()
    await post.submitted(number)
    post.workspace.faults.add(method="chat.postMessage", kind=DROP_ANSWER, only=lambda args: args["channel"] == RAJ)
    post.workspace.faults.add(method=method, kind=kind, times=2)
    await post.send()
    for _ in range(3):
        await post.wait(seconds=30)
    assert len(post.messages(RAJ)) == 1
    assert (await post.row(MessageKind.REVIEW_REQUEST)).state == DeliveryState.SENT


async def test_a_line_in_the_thread_of_a_direct_message_is_found_there(post: Post) -> None:
    number = await post.created(channel=None)
    await post.send()
    post.workspace.faults.add(
        method="chat.postMessage", kind=DROP_ANSWER, only=lambda args: bool(args.get("thread_ts"))
    )
    await post.written(number, "The alarm rang.", version=1)
    await post.send()
    await post.wait(seconds=5)
    (card,) = post.messages(ANA)
    assert post.thread(card) == ["Ana wrote Detection."]
    assert (await post.row(MessageKind.HISTORY)).state == DeliveryState.SENT


async def test_a_channel_message_that_slack_took_without_an_answer_is_sent_again_and_counted(post: Post) -> None:
    post.workspace.faults.add(method="chat.postMessage", kind=DROP_ANSWER)
    before = repeated(MessageKind.CARD)
    await post.created()
    await post.send()
    with capture_logs() as logs:
        await post.wait(seconds=5)
    assert len(post.messages(INCIDENTS)) == 2
    assert repeated(MessageKind.CARD) == before + 1
    assert [each["event"] for each in logs] == ["message sent again"]


@pytest.mark.parametrize(("recipient", "channel"), [(RAJ, INCIDENTS), (INCIDENTS, INCIDENTS)])
async def test_a_message_that_never_arrived_is_told_once(post: Post, recipient: str, channel: str) -> None:
    number = await post.created(channel)
    await post.submitted(number)
    post.workspace.faults.add(
        method="chat.postMessage", kind=NO_ANSWER, only=lambda args: args["channel"] == recipient, times=2
    )
    await post.send()
    assert post.messages(recipient) == []
    for _ in range(3):
        await post.wait(seconds=30)
    assert len(post.messages(recipient)) == 1


async def test_an_answer_that_comes_too_late_is_as_good_as_none(post: Post) -> None:
    number = await post.created()
    await post.send()
    await post.submitted(number)
    post.workspace.faults.add(method="chat.postMessage", delay=0.4, only=lambda args: args["channel"] == RAJ)
    raj = post.workspace.person(RAJ)
    since = raj.mark()
    await post.send(post.sender(timeout=0.2))
    await raj.sees("asks for your review", since=since)
    await post.wait(seconds=5)
    assert len(post.messages(RAJ)) == 1


async def test_while_slack_is_out_of_reach_nothing_counts_as_repeated(post: Post) -> None:
    client = AsyncWebClient("xoxb-playground", "http://127.0.0.1:1/api/")
    client.retry_handlers = []
    unreachable = Sender(client, post.reader, post.units, RENDERINGS, answers=Answers(client, post.units))
    before = repeated(MessageKind.CARD)
    await post.created()
    for _ in range(6):
        await post.send(unreachable)
        await post.clock.advance(900)
    await post.send()
    assert len(post.messages(INCIDENTS)) == 1
    assert repeated(MessageKind.CARD) == before


async def test_a_card_told_instead_is_told_once_though_slack_did_not_answer(post: Post) -> None:
    post.workspace.faults.add(method="chat.postMessage", kind=DROP_ANSWER, only=lambda args: args["channel"] == ANA)
    await post.created(LOUNGE)
    await post.send()
    await post.wait(seconds=5)
    assert len(post.messages(ANA)) == 1
