"""The sender against Slack's moods: nothing is forgotten, nobody told twice, and what cannot be told is said aloud."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client import REGISTRY
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import col, select
from structlog.testing import capture_logs

from bot.engines.documents.document import from_plain
from bot.playground import administration, posting
from bot.playground.clock import WorkspaceClock
from bot.playground.faults import DROP_ANSWER, NO_ANSWER
from bot.playground.manifest import Manifest
from bot.playground.messages import Message
from bot.playground.people import user_object
from bot.playground.rate_limits import RateLimits
from bot.playground.seeds import demo_workspace
from bot.playground.server import Playground
from bot.playground.workspace import Workspace
from bot.queries.people import Person
from bot.queries.reading import Reader, Reading
from bot.settings import Settings
from bot.slack.messages import RENDERINGS
from bot.slack.pacing import Pace
from bot.slack.people import as_profile
from bot.slack.sending import Rendering, Sender, Told
from bot.usecases.deliveries.claim import Claimed
from bot.usecases.messages import MessageKind
from bot.usecases.people.meet import meet
from bot.usecases.postmortems.approve import approve
from bot.usecases.postmortems.create import CreatePostmortem, create
from bot.usecases.postmortems.edit_section import edit_section
from bot.usecases.postmortems.publish import publish
from bot.usecases.postmortems.submit import submit
from bot.usecases.reminders.wake import wake
from bot.usecases.unit import Units
from bot.vocabulary import Severity
from bot.wiring import build
from storage.database import Database
from storage.models import Delivery, DeliveryState
from tests.slack.conftest import MANIFEST, MORNING

INCIDENTS, LOUNGE, HIDDEN, ARCHIVED = "C02INCIDENTS", "C06LOUNGE", "C07HIDDEN", "C08OLD"
ANA, RAJ = "U01ANA", "U02RAJ"
CANNOT_HEAL = ("account_inactive", "token_revoked", "missing_scope", "invalid_auth")


@dataclass
class Post:
    """A workspace, the database, and one sender that runs when the test says so."""

    workspace: Workspace
    playground: Playground
    database: Database
    units: Units
    reader: Reader
    settings: Settings
    clock: WorkspaceClock

    def sender(self, *, pace: Pace | None = None, timeout: float = 10, **renderings: Rendering) -> Sender:
        """Another sender on the same database."""
        client = AsyncWebClient(self.workspace.app.bot_token, self.playground.api_url)
        client.timeout = timeout  # type: ignore[assignment]  # aiohttp takes fractions of a second
        client.retry_handlers = []
        return Sender(client, self.reader, self.units, {**RENDERINGS, **renderings}, pace=pace)

    async def send(self, sender: Sender | None = None) -> None:
        """Send everything that is due at this moment."""
        sender = sender or self.sender()
        while await sender.send_due():
            pass

    async def wait(self, **units: float) -> None:
        """Let time pass, and send what is due then."""
        await self.clock.advance(timedelta(**units).total_seconds())
        await self.send()

    async def person(self, slack_id: str) -> Person:
        """Somebody of the workspace, met."""
        known = self.workspace.people[slack_id]
        user = user_object(known, team_id=self.workspace.team.id, now=self.clock.now(), with_email=True)
        async with self.units.begin(None) as unit:
            return await meet(unit, as_profile(user))

    async def created(self, channel: str | None = INCIDENTS, title: str = "Checkout down") -> int:
        """A draft of Ana's."""
        ana, now = await self.person(ANA), self.clock.now()
        wanted = CreatePostmortem(title=title, severity=Severity.P2, started_at=now, owner_id=ana.id, channel=channel)
        async with self.units.begin(ana) as unit:
            return await create(unit, wanted)

    async def written(self, number: int, text: str, *, version: int, section: str = "detection") -> None:
        """A section of Ana's."""
        async with self.units.begin(await self.person(ANA)) as unit:
            await edit_section(unit, number, section, from_plain(text), version=version)

    async def woken(self) -> None:
        """Who is due to be reminded is."""
        async with self.units.begin(None) as unit:
            await wake(unit)
        await self.send()

    async def submitted(self, number: int) -> None:
        """Raj is asked for a review."""
        raj = await self.person(RAJ)
        async with self.units.begin(await self.person(ANA)) as unit:
            await submit(unit, number, [raj.id])

    async def published(self, number: int) -> None:
        """Approved by Raj and published by Ana."""
        async with self.units.begin(await self.person(RAJ)) as unit:
            await approve(unit, number)
        async with self.units.begin(await self.person(ANA)) as unit:
            await publish(unit, number)

    async def rows(self, kind: MessageKind) -> list[Delivery]:
        """The messages of a kind, oldest first."""
        statement = select(Delivery).where(Delivery.kind == kind).order_by(col(Delivery.created_at))
        async with self.database.reading() as session:
            return list((await session.exec(statement)).all())

    async def row(self, kind: MessageKind) -> Delivery:
        """The only message of a kind."""
        (row,) = await self.rows(kind)
        return row

    def messages(self, channel: str) -> list[Message]:
        """What the bot said in a channel, or in the direct messages of a person, threads left out."""
        place = self.workspace.dm(channel).id if channel.startswith("U") else channel
        said = self.workspace.messages.in_channel(place)
        return [each for each in said if each.user == self.workspace.app.user_id and not each.is_reply]

    def thread(self, parent: Message) -> list[str]:
        """The lines below a message."""
        return [each.text for each in self.workspace.messages.replies(parent)]

    def calls(self, method: str) -> int:
        """How often a method was called."""
        return sum(each.method == method for each in self.workspace.calls)


@pytest.fixture
async def post(database: Database) -> AsyncIterator[Post]:
    clock = WorkspaceClock.still(MORNING)
    workspace = demo_workspace(Manifest.read(MANIFEST), clock)
    playground = Playground(workspace)
    await playground.start()
    settings = Settings()
    units, reader = Units(database, clock.now, settings), Reader(database, clock.now, settings)
    yield Post(workspace, playground, database, units, reader, settings, clock)
    await playground.stop()
    assert [str(each) for each in workspace.violations] == []


def _repeated(kind: MessageKind) -> float:
    return REGISTRY.get_sample_value("watchbill_deliveries_repeated_total", {"kind": kind}) or 0


def _counted(kind: MessageKind, result: str) -> float:
    return REGISTRY.get_sample_value("watchbill_deliveries_total", {"kind": kind, "result": result}) or 0


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
    given_up = _counted(MessageKind.CARD, "given up")
    await post.created()
    with capture_logs() as logs:
        for _ in range(30):
            await post.wait(minutes=16)
    assert post.calls("chat.postMessage") == 12
    assert (await post.row(MessageKind.CARD)).state == DeliveryState.FAILED
    assert [each["problem"] for each in logs if each["log_level"] == "error"] == ["internal_error"]
    assert _counted(MessageKind.CARD, "given up") == given_up + 1


@pytest.mark.parametrize("problem", CANNOT_HEAL)
async def test_what_cannot_heal_is_given_up_at_once_and_aloud(post: Post, problem: str) -> None:
    post.workspace.faults.add(method="chat.postMessage", kind=problem)
    before = _counted(MessageKind.CARD, problem)
    await post.created()
    with capture_logs() as logs:
        await post.send()
        await post.wait(days=1)
    row = await post.row(MessageKind.CARD)
    assert (row.state, row.failure, post.calls("chat.postMessage")) == (DeliveryState.FAILED, problem, 1)
    assert [(each["event"], each["problem"]) for each in logs if each["log_level"] == "error"] == [
        ("message not told", problem)
    ]
    assert _counted(MessageKind.CARD, problem) == before + 1


async def test_a_direct_message_that_slack_took_without_an_answer_is_found_and_told_once(post: Post) -> None:
    number = await post.created()
    await post.send()
    post.workspace.faults.add(method="chat.postMessage", kind=DROP_ANSWER, only=lambda args: args["channel"] == RAJ)
    repeated = _repeated(MessageKind.REVIEW_REQUEST)
    await post.submitted(number)
    await post.send()
    assert (await post.row(MessageKind.REVIEW_REQUEST)).ts is None
    await post.wait(seconds=5)
    (request,) = post.messages(RAJ)
    row = await post.row(MessageKind.REVIEW_REQUEST)
    assert (row.state, row.channel, row.ts) == (DeliveryState.SENT, request.channel, request.ts)
    assert _repeated(MessageKind.REVIEW_REQUEST) == repeated


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
    repeated = _repeated(MessageKind.CARD)
    await post.created()
    await post.send()
    with capture_logs() as logs:
        await post.wait(seconds=5)
    assert len(post.messages(INCIDENTS)) == 2
    assert _repeated(MessageKind.CARD) == repeated + 1
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
    unreachable = Sender(client, post.reader, post.units, RENDERINGS)
    repeated = _repeated(MessageKind.CARD)
    await post.created()
    for _ in range(20):
        await post.send(unreachable)
        await post.clock.advance(900)
    await post.send()
    assert len(post.messages(INCIDENTS)) == 1
    assert _repeated(MessageKind.CARD) == repeated


@pytest.mark.parametrize(
    ("channel", "mend"), [(LOUNGE, "/invite @watchbill"), (HIDDEN, "/invite @watchbill"), (ARCHIVED, "archived")]
)
async def test_what_a_channel_refuses_reaches_its_owner_with_the_way_to_mend_it(
    post: Post, channel: str, mend: str
) -> None:
    number = await post.created(channel)
    await post.send()
    (card,) = post.messages(ANA)
    assert mend in posting.message_text(post.workspace, card, ANA)
    await post.submitted(number)
    await post.send()
    await post.published(number)
    await post.send()
    now, announcement = post.messages(ANA)
    assert now.ts == card.ts
    assert "published" in now.text
    assert "could not be posted" in posting.message_text(post.workspace, now, ANA)
    assert "PM-1 is published" in announcement.text
    assert mend in posting.message_text(post.workspace, announcement, ANA)
    assert len(post.thread(now)) == 3
    assert post.messages(channel) == []


async def test_a_card_told_instead_is_told_once_though_slack_did_not_answer(post: Post) -> None:
    post.workspace.faults.add(method="chat.postMessage", kind=DROP_ANSWER, only=lambda args: args["channel"] == ANA)
    await post.created(LOUNGE)
    await post.send()
    await post.wait(seconds=5)
    assert len(post.messages(ANA)) == 1


async def test_a_channel_archived_later_leaves_the_card_with_its_owner(post: Post) -> None:
    number = await post.created()
    await post.send()
    administration.archive(post.workspace, INCIDENTS)
    await post.submitted(number)
    await post.send()
    (card,) = post.messages(ANA)
    assert "in-review" in card.text
    assert (await post.row(MessageKind.CARD)).channel == card.channel


async def test_where_the_channel_and_its_owner_refuse_it_is_given_up(post: Post) -> None:
    await post.created(LOUNGE)
    administration.change_person(post.workspace, ANA, deleted=True)
    await post.send()
    await post.wait(days=1)
    assert (await post.row(MessageKind.CARD)).state == DeliveryState.FAILED
    assert post.calls("chat.postMessage") == 2


@pytest.mark.parametrize("in_doubt", [False, True])
async def test_who_has_left_is_not_written_to_for_ever(post: Post, *, in_doubt: bool) -> None:
    number = await post.created()
    await post.send()
    await post.submitted(number)
    if in_doubt:
        post.workspace.faults.add(method="chat.postMessage", kind=NO_ANSWER, only=lambda args: args["channel"] == RAJ)
        await post.send()
    administration.change_person(post.workspace, RAJ, deleted=True)
    await post.wait(seconds=30)
    row = await post.row(MessageKind.REVIEW_REQUEST)
    assert (row.state, row.failure) == (DeliveryState.FAILED, "user_disabled" if in_doubt else "channel_not_found")
    calls = len(post.workspace.calls)
    await post.wait(days=1)
    assert len(post.workspace.calls) == calls


async def test_a_card_deleted_by_hand_is_made_once_more_and_its_history_goes_on_there(post: Post) -> None:
    number = await post.created()
    await post.send()
    (card,) = post.messages(INCIDENTS)
    posting.delete(post.workspace, card)
    await post.written(number, "The alarm rang.", version=1)
    await post.wait(seconds=2)
    await post.wait(seconds=2)
    (anew,) = post.messages(INCIDENTS)
    assert post.thread(anew) == ["Ana wrote Detection."]
    await post.submitted(number)
    await post.send()
    (edited,) = post.messages(INCIDENTS)
    assert edited.ts == anew.ts
    assert len(post.thread(edited)) == 2


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
    assert "in-review" in card.text
    row = await post.row(MessageKind.CARD)
    assert (row.revision, row.sent_revision, row.state) == (2, 2, DeliveryState.SENT)


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


async def test_what_a_lease_is_too_short_for_goes_back_unsent(post: Post) -> None:
    for number in range(5):
        await post.created(title=f"Outage {number}")
        await post.clock.advance(1)
    moving: list[asyncio.Task[None]] = []

    def slow(_args: object) -> bool:
        moving.append(asyncio.create_task(post.clock.advance(40)))
        return True

    post.workspace.faults.add(method="chat.postMessage", delay=0.05, only=slow)
    repeated = _repeated(MessageKind.CARD)
    assert await post.sender().send_due() == 5
    assert len(post.messages(INCIDENTS)) == 1
    await post.send()
    assert [each.text.split(". ")[0] for each in post.messages(INCIDENTS)] == [
        f"PM-{number + 1} Outage {number}" for number in range(5)
    ]
    assert _repeated(MessageKind.CARD) == repeated


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


async def test_forty_messages_at_once_reach_a_channel_without_tripping_slacks_limit(database: Database) -> None:
    hurry = 50
    post = await _hurrying(database, hurry)
    sender = post.sender(pace=Pace(per_second=hurry, burst=8))
    for number in range(40):
        await post.created(title=f"Outage {number}")
    await post.send(sender)
    assert len(post.messages(INCIDENTS)) == 40
    assert [each.result for each in post.workspace.calls if not each.ok] == []
    await post.playground.stop()


async def _hurrying(database: Database, times: float) -> Post:
    """A workspace whose clock, and with it its limits, runs so many times as fast as the machine's."""
    time = asyncio.get_running_loop().time
    start = time()
    clock = WorkspaceClock.running(wall=lambda: MORNING.timestamp() + (time() - start) * times)
    workspace = demo_workspace(Manifest.read(MANIFEST), clock)
    playground = Playground(workspace)
    await playground.start()
    settings = Settings()
    units, reader = Units(database, clock.now, settings), Reader(database, clock.now, settings)
    return Post(workspace, playground, database, units, reader, settings, clock)
