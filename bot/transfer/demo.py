"""The demo data of the playground: two schedules in two zones and one past incident with a half-written postmortem."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.engines.documents.document import from_plain
from bot.engines.rotation import Participant, Restriction, TimeWindow
from bot.engines.wallclock import to_local
from bot.queries import schedules
from bot.queries.people import Person
from bot.queries.reading import Reader
from bot.usecases.postmortems.create import CreatePostmortem, create
from bot.usecases.postmortems.edit_section import edit_section
from bot.usecases.schedules.create import create as create_schedule
from bot.usecases.schedules.wanted import WantedRotation, WantedSchedule
from bot.usecases.unit import Units
from bot.vocabulary import ParticipantKind, RestrictionKind, RotationType, Severity, Weekday

FindPerson = Callable[[str], Awaitable[Person]]
"""The person with an id in Slack."""

ANA, RAJ, MIA, ZOE, NOUR, TOM = "U01ANA", "U02RAJ", "U03MIA", "U04ZOE", "U06NOUR", "U11TOM"
INCIDENTS_CHANNEL = "C02INCIDENTS"
WORKING_DAYS = (Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY)
LONG_AGO = timedelta(days=28)
"""When the schedules were made: longer ago than a change can be taken back, or a first `/oncall undo` would."""
LEADUP = (
    "At 13:50 the payments team raised the size of the connection pool from 20 to 200, to get rid of time-outs at noon."
)
FAULT = "The database takes 150 connections at most. From 14:02 on, two of three checkouts ended with a 502."


async def fill(units: Units, reader: Reader, find: FindPerson) -> bool:
    """Put the demo data into a database that holds no schedule yet; answers whether it did."""
    async with reader() as reading:
        if await schedules.count(reading):
            return False
        now = reading.now
    ana, raj, mia, zoe, nour, tom = [await find(slack_id) for slack_id in (ANA, RAJ, MIA, ZOE, NOUR, TOM)]
    async with units.begin(ana) as unit:
        unit.now = now - LONG_AGO
        await create_schedule(unit, _payments(now, ana, raj, tom))
    async with units.begin(mia) as unit:
        unit.now = now - LONG_AGO
        await create_schedule(unit, _platform(now, mia, zoe, nour))
    async with units.begin(ana) as unit:
        number = await create(unit, _outage(now, owner=ana, responders=(raj, tom)))
    async with units.begin(raj) as unit:
        await edit_section(unit, number, "leadup", from_plain(LEADUP), version=1)
        await edit_section(unit, number, "fault", from_plain(FAULT), version=1)
    return True


def _payments(now: datetime, *roster: Person) -> WantedSchedule:
    """Around the clock, a week each, handed over on Mondays at nine in Berlin."""
    return WantedSchedule(
        name="Payments",
        timezone="Europe/Berlin",
        team="Payments",
        rotations=(
            WantedRotation(
                id=None,
                name="Primary",
                participants=_participants(roster),
                type=RotationType.WEEKLY,
                length=1,
                start=_monday(now, "Europe/Berlin", time(9)) - timedelta(weeks=4),
            ),
        ),
    )


def _platform(now: datetime, *roster: Person) -> WantedSchedule:
    """Working hours in New York, a day each: so there are nights and weekends with nobody, said as what they are."""
    hours = Restriction(
        RestrictionKind.WEEKDAY_AND_TIME_OF_DAY, tuple(TimeWindow(8, 0, 18, 0, day, day) for day in WORKING_DAYS)
    )
    return WantedSchedule(
        name="Platform",
        timezone="America/New_York",
        team="Platform",
        rotations=(
            WantedRotation(
                id=None,
                name="Working hours",
                participants=_participants(roster),
                type=RotationType.DAILY,
                length=1,
                start=_monday(now, "America/New_York", time(8)) - timedelta(weeks=4),
                restriction=hours,
            ),
        ),
    )


def _outage(now: datetime, *, owner: Person, responders: tuple[Person, ...]) -> CreatePostmortem:
    """An incident of nine days ago whose postmortem is due about now, so that a morning's message can be seen."""
    began = now - timedelta(days=9)
    return CreatePostmortem(
        title="Checkout answered 502 after the pool was made larger",
        severity=Severity.P2,
        started_at=began,
        ended_at=began + timedelta(minutes=41),
        owner_id=owner.id,
        services=("checkout", "payments-db"),
        responder_ids=tuple(person.id for person in responders),
        channel=INCIDENTS_CHANNEL,
    )


def _participants(roster: tuple[Person, ...]) -> tuple[Participant, ...]:
    return tuple(Participant(ParticipantKind.USER, person.id) for person in roster)


def _monday(now: datetime, zone: str, at: time) -> datetime:
    """The last Monday at that time on the wall clock of a zone, naive as schedules are wanted."""
    today = to_local(now, ZoneInfo(zone)).date()
    return datetime.combine(today - timedelta(days=today.weekday()), at)
