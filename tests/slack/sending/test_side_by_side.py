"""Recipients are told side by side: none waits for another's pace, nor a new message for edits."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.playground.channels import Channel
from bot.queries.reading import Reading
from bot.slack.cards.blocks import Card
from bot.slack.pacing import Pace
from bot.slack.rendered import Told
from bot.slack.sending import Sender
from bot.usecases.deliveries.claim import Claimed
from bot.usecases.messages import MessageKind
from storage.models import DeliveryState
from tests.slack.sending.post import INCIDENTS, RAJ, Post

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
CHANNELS = 50


async def _plain(_reading: Reading, claimed: Claimed) -> Told:
    return Told(Card(f"{claimed.subject}, revision {claimed.revision}", ()))


async def _tell(post: Post, kind: str, subject: str, recipient: str) -> None:
    async with post.units.begin(None) as unit:
        await unit.tell(kind, subject, recipient)


async def _send_all_that_has_a_turn(sender: Sender, post: Post, *, posts: int) -> None:
    """Take up messages, and more whenever more can be, until so many were posted."""
    free = asyncio.Event()
    sender.on_free(free.set)
    while post.calls("chat.postMessage") < posts:
        free.clear()
        if not await sender.send_due():
            await free.wait()


async def test_who_is_called_does_not_wait_for_fifty_channels_that_have_no_turn(post: Post) -> None:
    app = post.workspace.app.user_id
    names = [f"C9{number:02}" for number in range(CHANNELS)]
    post.workspace.channels.update((name, Channel(id=name, name=name.lower(), members={app})) for name in names)
    async with post.units.begin(None) as unit:
        for name in names:
            for number in range(2):
                await unit.tell(MessageKind.CARD, f"{name}-{number}", name)
    # One message goes at once, the next after half a minute: real time, of which none is to pass here.
    sender = post.sender(pace=Pace(per_second=1 / 30, burst=1), card=_plain, paged=_plain)
    await _send_all_that_has_a_turn(sender, post, posts=CHANNELS)
    since = post.workspace.person(RAJ).mark()
    await _tell(post, MessageKind.PAGED, "db is down", RAJ)
    assert await sender.send_due() > 0
    await post.workspace.person(RAJ).sees("db is down", since=since)
    assert post.calls("chat.postMessage") == CHANNELS + 1

    await sender.stop()
    rows = await post.rows(MessageKind.CARD)
    waiting = [row for row in rows if row.state == DeliveryState.DUE]
    assert len(waiting) == CHANNELS
    assert {(row.attempts, row.due_at) for row in waiting} == {(0, post.clock.now())}
    assert await sender.send_due() == 0


@ONE_DATABASE
async def test_edits_that_slack_has_too_many_of_hold_up_nothing_new(post: Post) -> None:
    sender = post.sender(card=_plain)
    for subject in ("one", "two"):
        await _tell(post, MessageKind.CARD, subject, INCIDENTS)
    await post.send(sender)
    post.workspace.faults.add(method="chat.update", kind=429, retry_after=60)
    await _tell(post, MessageKind.CARD, "one", INCIDENTS)
    await post.send(sender)
    await _tell(post, MessageKind.CARD, "two", INCIDENTS)
    await _tell(post, MessageKind.CARD, "three", INCIDENTS)
    await post.send(sender)
    assert [each.text for each in post.messages(INCIDENTS)] == [
        f"{name}, revision 1" for name in ("one", "two", "three")
    ]
    assert post.calls("chat.update") == 1
    assert (sender.seconds_until_edits(), sender.at_hand().edits) == (60, False)
    await post.clock.advance(timedelta(seconds=60).total_seconds())
    await post.send(sender)
    assert [each.text for each in post.messages(INCIDENTS)] == [
        "one, revision 2",
        "two, revision 2",
        "three, revision 1",
    ]


@ONE_DATABASE
async def test_what_has_no_turn_before_its_lease_ends_is_given_back_until_there_is_one(post: Post) -> None:
    sender = post.sender(pace=Pace(per_second=1 / 60, burst=1), card=_plain)
    for number in range(2):
        await _tell(post, MessageKind.CARD, str(number), INCIDENTS)
    await post.send(sender)
    assert len(post.messages(INCIDENTS)) == 1
    (waiting,) = [row for row in await post.rows(MessageKind.CARD) if row.state == DeliveryState.DUE]
    assert waiting.attempts == 0
    assert timedelta(seconds=45) < waiting.due_at - post.clock.now() <= timedelta(seconds=60)
