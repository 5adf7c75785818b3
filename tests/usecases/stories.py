"""The smallest world a postmortem's story needs, and what one looks at in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, event
from sqlmodel import col, select

from bot.engines.documents.document import from_plain
from bot.queries import postmortems
from bot.queries.people import Person
from bot.queries.postmortems import PostmortemView
from bot.queries.reading import Reader
from bot.usecases.people.meet import SlackProfile, meet
from bot.usecases.postmortems.approve import approve
from bot.usecases.postmortems.create import CreatePostmortem, create
from bot.usecases.postmortems.edit_section import edit_section
from bot.usecases.postmortems.publish import publish
from bot.usecases.postmortems.submit import submit
from bot.usecases.unit import Units
from bot.vocabulary import Severity
from storage.models import Delivery, DeliveryState, Event
from tests.conftest import StillClock, met

CHANNEL = "CINCIDENTS"


def wanted(owner: Person, now: datetime, **changes: Any) -> CreatePostmortem:
    """A good form: an incident of half an hour that ended an hour ago, owned by `owner`."""
    good: dict[str, Any] = {
        "title": "Checkout was down",
        "severity": Severity.P2,
        "started_at": now - timedelta(minutes=90),
        "ended_at": now - timedelta(minutes=60),
        "owner_id": owner.id,
        "channel": CHANNEL,
    }
    return CreatePostmortem(**good | changes)


@dataclass(frozen=True)
class Story:
    """Ana owns, Raj and Li review; each step is one committed unit."""

    units: Units
    reader: Reader
    clock: StillClock
    ana: Person
    raj: Person
    li: Person

    async def created(self, **changes: Any) -> int:
        async with self.units.begin(self.ana) as unit:
            return await create(unit, wanted(self.ana, self.clock.now, **changes))

    async def submitted(self, number: int, *reviewers: Person, due_on: date | None = None) -> None:
        async with self.units.begin(self.ana) as unit:
            await submit(unit, number, [each.id for each in reviewers], due_on=due_on)

    async def approved(self, number: int, *reviewers: Person) -> None:
        for reviewer in reviewers:
            async with self.units.begin(reviewer) as unit:
                await approve(unit, number)

    async def published(self, number: int, **options: Any) -> None:
        async with self.units.begin(self.ana) as unit:
            await publish(unit, number, **options)

    async def wrote(self, number: int, text: str, *, section: str = "fault", version: int = 1) -> int:
        async with self.units.begin(self.ana) as unit:
            return await edit_section(unit, number, section, from_plain(text), version=version)

    async def seen(self, number: int) -> PostmortemView:
        async with self.reader() as reading:
            return await postmortems.by_number(reading, number, self.ana)

    async def messages(self, kind: str, *, closed: bool = False) -> list[Delivery]:
        """The messages of a kind, oldest first; those no longer kept up only where asked for."""
        async with self.reader() as reading:
            found = await reading.session.exec(
                select(Delivery)
                .where(Delivery.kind == kind)
                .order_by(col(Delivery.created_at), col(Delivery.recipient))
            )
            return [row for row in found if closed or row.state != DeliveryState.CLOSED]

    async def told(self, kind: str) -> list[str]:
        """Who is told by messages of a kind, in order."""
        return sorted(row.recipient for row in await self.messages(kind))

    async def events(self, verb: str) -> Sequence[Event]:
        async with self.reader() as reading:
            return (await reading.session.exec(select(Event).where(Event.verb == verb).order_by(col(Event.id)))).all()

    async def sent(self) -> None:
        """Everything that waits is in Slack now."""
        async with self.units.begin(None) as unit:
            for row in await unit.session.exec(select(Delivery).where(Delivery.state == DeliveryState.DUE)):
                row.state, row.channel, row.ts, row.sent_revision = DeliveryState.SENT, "D", row.id, row.revision


async def told_story(units: Units, reader: Reader, clock: StillClock) -> Story:
    """A story whose people were met."""
    ana, raj, li = [await met(units, slack_id) for slack_id in ("UANA", "URAJ", "ULI")]
    return Story(units, reader, clock, ana, raj, li)


async def odd_person(units: Units, slack_id: str, *, is_bot: bool = False, has_left: bool = False) -> Person:
    """A bot, or somebody who has left."""
    profile = SlackProfile(slack_id, slack_id.removeprefix("U").title(), None, None, is_bot, False, False, has_left)
    async with units.begin(None) as unit:
        return await meet(unit, profile)


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that reads or writes rows while the block runs."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)
