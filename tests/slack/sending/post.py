"""A workspace, a database, and a sender that runs when the test says so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from prometheus_client import REGISTRY
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import col, select

from bot.engines.documents.document import from_plain
from bot.playground.clock import WorkspaceClock
from bot.playground.manifest import Manifest
from bot.playground.messages import Message
from bot.playground.people import user_object
from bot.playground.seeds import demo_workspace
from bot.playground.server import Playground
from bot.playground.workspace import Workspace
from bot.queries.people import Person
from bot.queries.reading import Reader
from bot.settings import Settings
from bot.slack.answering import Answers
from bot.slack.messages import RENDERINGS
from bot.slack.pacing import Pace
from bot.slack.people import as_profile
from bot.slack.rendered import Rendering
from bot.slack.sending import Sender
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
from bot.wiring import manifest_text
from storage.database import Database
from storage.models import Delivery
from tests.conftest import hung_up

INCIDENTS, LOUNGE, HIDDEN, ARCHIVED = "C02INCIDENTS", "C06LOUNGE", "C07HIDDEN", "C08OLD"
ANA, RAJ = "U01ANA", "U02RAJ"


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
        answers = Answers(client, self.units)
        return Sender(client, self.reader, self.units, {**RENDERINGS, **renderings}, answers=answers, pace=pace)

    async def send(self, sender: Sender | None = None) -> None:
        """Send everything that is due at this moment."""
        sender = sender or self.sender()
        while await sender.send_due():
            await sender.settled()

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


@asynccontextmanager
async def opened(database: Database, clock: WorkspaceClock, settings: Settings | None = None) -> AsyncIterator[Post]:
    """A workspace that serves for the length of the block; at the end Slack must have had nothing to complain of."""
    settings = settings or Settings()
    workspace = demo_workspace(Manifest.read(manifest_text(settings)), clock)
    playground = Playground(workspace)
    await playground.start()
    units, reader = Units(database, clock.now, settings), Reader(database, clock.now, settings)
    try:
        yield Post(workspace, playground, database, units, reader, settings, clock)
    finally:
        await playground.stop()
        await hung_up()
    assert [str(each) for each in workspace.violations] == []


def repeated(kind: MessageKind) -> float:
    return REGISTRY.get_sample_value("watchbill_deliveries_repeated_total", {"kind": kind}) or 0


def counted(kind: MessageKind, result: str) -> float:
    return REGISTRY.get_sample_value("watchbill_deliveries_total", {"kind": kind, "result": result}) or 0
