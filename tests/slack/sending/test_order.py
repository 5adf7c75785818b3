"""One sender after another, one message after another, no faster than Slack takes them."""

from __future__ import annotations

import asyncio

import pytest

from bot.playground.clock import WorkspaceClock
from bot.playground.faults import NO_ANSWER
from bot.playground.rate_limits import RateLimits
from bot.settings import Settings
from bot.slack.pacing import Pace
from bot.usecases.messages import MessageKind
from bot.wiring import build
from storage.database import Database
from storage.models import DeliveryState
from tests.slack.conftest import MORNING
from tests.slack.sending.post import ANA, INCIDENTS, Post, opened, repeated


async def test_a_line_of_history_waits_for_its_card(post: Post) -> None:
    post.workspace.faults.add(method="chat.postMessage", kind="internal_error", times=4)
    number = await post.created()
    await post.send()
    await post.written(number, "The alarm rang.", version=1)
    for _ in range(4):
        await post.wait(seconds=5)
    assert post.calls("chat.postMessage") <= 4
    await post.wait(seconds=30)
    await post.wait(seconds=2)
    (card,) = post.messages(INCIDENTS)
    assert post.thread(card) == ["Ana wrote Detection."]


@pytest.mark.parametrize("kind", [429, 503, NO_ANSWER])
async def test_what_goes_to_one_channel_stays_in_order_when_slack_stumbles(post: Post, kind: int | str) -> None:
    number = await post.created()
    await post.send()
    sections = ("leadup", "fault", "detection", "root-causes")
    post.workspace.faults.add(method="chat.postMessage", kind=kind, only=lambda args: "Leadup" in args["text"], times=2)
    sender = post.sender()
    for section in sections:
        await post.written(number, "So it was.", version=1, section=section)
        await post.clock.advance(0.1)
        await post.send(sender)
    for _ in range(8):
        await post.clock.advance(5)
        await post.send(sender)
    (card,) = post.messages(INCIDENTS)
    assert post.thread(card) == [f"Ana wrote {name}." for name in ("Leadup", "Fault", "Detection", "Root causes")]


async def test_other_channels_do_not_wait_for_one_that_stumbles(post: Post) -> None:
    post.workspace.faults.add(
        method="chat.postMessage", kind=429, retry_after=60, only=lambda args: args["channel"] == INCIDENTS
    )
    await post.created(INCIDENTS)
    await post.created("C03PAYMENTS")
    await post.send()
    assert (len(post.messages(INCIDENTS)), len(post.messages("C03PAYMENTS"))) == (0, 1)


async def test_a_message_touched_while_it_is_being_sent_is_edited_after_it(post: Post) -> None:
    taken = asyncio.Event()

    def is_taken(_args: object) -> bool:
        taken.set()
        return True

    post.workspace.faults.add(method="chat.postMessage", delay=0.2, only=is_taken)
    number = await post.created()
    sending = asyncio.create_task(post.send())
    await taken.wait()
    await post.submitted(number)
    await sending
    (card,) = post.messages(INCIDENTS)
    assert "review" in card.text
    row = await post.row(MessageKind.CARD)
    assert (row.revision, row.sent_revision, row.state) == (2, 2, DeliveryState.SENT)


async def test_what_a_lease_is_too_short_for_goes_back_unsent(post: Post) -> None:
    for number in range(5):
        await post.created(title=f"Outage {number}")
        await post.clock.advance(1)
    moving: list[asyncio.Task[None]] = []

    def slow(_args: object) -> bool:
        moving.append(asyncio.create_task(post.clock.advance(40)))
        return True

    post.workspace.faults.add(method="chat.postMessage", delay=0.05, only=slow)
    before = repeated(MessageKind.CARD)
    sender = post.sender()
    assert await sender.send_due() == 5
    await sender.settled()
    assert len(post.messages(INCIDENTS)) == 1
    await post.send()
    assert [each.text.split(". ")[0] for each in post.messages(INCIDENTS)] == [
        f"PM-{number + 1} Outage {number}" for number in range(5)
    ]
    assert repeated(MessageKind.CARD) == before


async def test_two_houses_on_one_database_never_send_the_same_message(post: Post) -> None:
    post.workspace.rate_limits.enabled = False
    app = post.workspace.app
    settings = Settings(
        slack_bot_token=app.bot_token,
        slack_signing_secret=app.signing_secret,
        slack_api_url=post.playground.api_url,
    )
    houses = [build(settings, clock=post.clock.now, database=Database(_url(post.database))) for _ in range(2)]
    ana = post.workspace.person(ANA)
    since = ana.mark()
    for house in houses:
        await house.connect()
    channels = ("C02INCIDENTS", "C03PAYMENTS", "C04PLATFORM", "C01GENERAL")
    for number in range(24):
        await post.created(channels[number % 4], title=f"Outage {number}")
        for house in houses:
            house.clockwork.wake()
    for number in range(24):
        await ana.sees(f"PM-{number + 1} ", since=since)
    for house in houses:
        await house.close()
    assert sorted(len(post.messages(channel)) for channel in channels) == [6, 6, 6, 6]
    assert post.calls("chat.postMessage") == 24


def _url(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


@pytest.mark.parametrize("gap", [0.0, 0.3, 1.0, 3.0])
def test_the_pace_never_trips_slacks_limit_and_wastes_no_time(gap: float) -> None:
    now = 0.0
    limits = RateLimits(WorkspaceClock.running(wall=lambda: now))
    pace = Pace(per_second=1, burst=8)
    waits = []
    for _ in range(40):
        waits.append(pace.seconds_to_wait("C1", now=now))
        now += waits[-1]
        assert limits.seconds_to_wait("chat.postMessage", per_minute=None, channel="C1") == 0
        now += gap
    assert waits[:8] == [0.0] * 8
    assert now <= max(40 * gap, 32 + gap) + 1e-6


def test_room_is_told_without_being_taken() -> None:
    pace = Pace(per_second=2, burst=3)
    for _ in range(3):
        assert pace.seconds_until_room("tabs", now=10.0) == 0
        assert pace.seconds_to_wait("tabs", now=10.0) == 0
    assert pace.seconds_until_room("tabs", now=10.0) == 0.5
    assert pace.seconds_until_room("tabs", now=10.0) == 0.5
    assert pace.seconds_until_room("tabs", now=10.5) == 0


async def test_forty_messages_at_once_reach_a_channel_without_tripping_slacks_limit(database: Database) -> None:
    hurry = 50  # times as fast as the machine's clock runs the workspace's, and with it Slack's limit
    time = asyncio.get_running_loop().time
    start = time()
    clock = WorkspaceClock.running(wall=lambda: MORNING.timestamp() + (time() - start) * hurry)
    async with opened(database, clock) as post:
        for number in range(40):
            await post.created(title=f"Outage {number}")
        await post.send(post.sender(pace=Pace(per_second=hurry, burst=8)))
        assert len(post.messages(INCIDENTS)) == 40
        assert [each.result for each in post.workspace.calls if not each.ok] == []
