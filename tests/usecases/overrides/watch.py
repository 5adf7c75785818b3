"""The smallest world an override needs, and what one looks at in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from bot.engines.rotation import Participant, on_call
from bot.queries import changes, schedules
from bot.queries.changes import Change
from bot.queries.people import Person
from bot.queries.reading import Reader
from bot.queries.schedules import Watched
from bot.usecases.overrides.planning import OverridePlan, WantedOverride, plan
from bot.usecases.overrides.put_on import put_on
from bot.usecases.schedules.create import create
from bot.usecases.schedules.wanted import WantedRotation, WantedSchedule
from bot.usecases.undo.take_back import take_back
from bot.usecases.unit import Units
from bot.vocabulary import ParticipantKind, RotationType
from storage.models import Delivery, Event, Override
from tests.conftest import StillClock

MONDAY_NINE = datetime(2026, 11, 16, 9)  # noqa: DTZ001  a local time


def weekly(*people: Person, name: str = "Primary", rotation_id: str | None = None) -> WantedRotation:
    """A weekly rotation since this Monday, 09:00."""
    roster = tuple(Participant(ParticipantKind.USER, person.id) for person in people)
    return WantedRotation(rotation_id, name, roster, RotationType.WEEKLY, 1, MONDAY_NINE)


def wanted_schedule(*rotations: WantedRotation, name: str = "Payments", team: str | None = None) -> WantedSchedule:
    """A schedule in Berlin."""
    return WantedSchedule(name, "Europe/Berlin", team, rotations)


@dataclass(frozen=True)
class Watch:
    """One schedule, Payments, and those who keep it; each step is one committed unit."""

    units: Units
    reader: Reader
    clock: StillClock
    schedule_id: str

    def wanted(self, who: Person, start: datetime, hours: float, *rotation_ids: str) -> WantedOverride:
        """An override of Payments that begins then and lasts so long."""
        return WantedOverride(self.schedule_id, who.id, start, start + timedelta(hours=hours), rotation_ids)

    async def planned(self, actor: Person, wanted: WantedOverride) -> OverridePlan:
        """What it would come to."""
        async with self.reader() as reading:
            return await plan(reading, actor, wanted)

    async def put(self, actor: Person, wanted: WantedOverride, *, key: str | None = None) -> int:
        """Shown and made: the id of its event."""
        shown = (await self.planned(actor, wanted)).fingerprint
        async with self.units.begin(actor, key=key) as unit:
            return await put_on(unit, wanted, shown=shown)

    async def undone(self, actor: Person, event_id: int) -> Change:
        """Taken back, and read again."""
        async with self.units.begin(actor) as unit:
            await take_back(unit, event_id)
        async with self.reader() as reading:
            change = await changes.by_id(reading, event_id)
        assert change
        return change

    async def watched(self, *, since: datetime | None = None) -> Watched:
        """The schedule with its overrides."""
        async with self.reader() as reading:
            found = await schedules.by_id(reading, self.schedule_id, since=since)
        assert found
        return found

    async def holders(self, at: datetime) -> list[str | None]:
        """The ids of those on call at an instant."""
        found = await self.watched(since=min(at, self.clock.now))
        return [segment.participant.id for segment in on_call(found.schedule, at, found.overrides)]

    async def rows(self) -> Sequence[Override]:
        """The overrides in the order of their sequence."""
        async with self.reader() as reading:
            return (await reading.session.exec(select(Override).order_by(col(Override.sequence)))).all()

    async def told(self, kind: str) -> list[str]:
        """Who gets a message of a kind, in order."""
        async with self.reader() as reading:
            found = await reading.session.exec(select(Delivery.recipient).where(Delivery.kind == kind))
            return sorted(found.all())

    async def event_id(self, verb: str) -> int:
        """The last event of that verb."""
        async with self.reader() as reading:
            rows = await reading.session.exec(select(Event).where(Event.verb == verb).order_by(col(Event.id).desc()))
            found = rows.first()
        assert found and found.id
        return found.id


async def told_watch(
    units: Units, reader: Reader, clock: StillClock, maker: Person, *rotations: WantedRotation, team: str | None = None
) -> Watch:
    """Payments, made by `maker`."""
    async with units.begin(maker) as unit:
        schedule_id = await create(unit, wanted_schedule(*rotations, team=team))
    return Watch(units, reader, clock, schedule_id)
