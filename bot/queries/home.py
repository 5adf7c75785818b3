"""Everything that is somebody's, for their Home tab."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.queries import on_call, own_alerts, schedules, waiting
from bot.queries.on_call import MyShift, ScheduleStanding
from bot.queries.own_alerts import OwnAlert
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.waiting import OpenWork

SCHEDULES, SHIFTS, ALERTS = 5, 5, 3
SHIFTS_AHEAD = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Home:
    """What a Home tab shows, as of `at`.

    `standings` are the schedules that the person stands in, then others by name, SCHEDULES at most of `total`.
    `shifts` are their next ones, SHIFTS at most. `work` is None for an outsider, who sees no postmortems. `alerts` are
    the open ones they were called to, one more than ALERTS at most: that one says that there are more.
    """

    person: Person
    at: datetime
    standings: Sequence[ScheduleStanding]
    total: int
    shifts: Sequence[MyShift]
    work: OpenWork | None
    alerts: Sequence[OwnAlert] = ()


async def home(reading: Reading, person: Person) -> Home:
    """A person's Home tab, in a number of statements that grows with nothing."""
    own = await schedules.concerning(reading, person.id)
    others = await schedules.first(reading, limit=SCHEDULES)
    mine = {each.schedule.id for each in own}
    watched = [*own, *(each for each in others if each.schedule.id not in mine)][:SCHEDULES]
    shifts = await on_call.shifts_of(reading, person, until=reading.now + SHIFTS_AHEAD, concerning=own)
    return Home(
        person=person,
        at=reading.now,
        standings=await on_call.standings(reading, watched, at=reading.now),
        total=await schedules.count(reading),
        shifts=shifts[:SHIFTS],
        work=None if person.is_outsider else await waiting.for_person(reading, person),
        alerts=() if person.is_outsider else await own_alerts.open_of(reading, person, limit=ALERTS + 1),
    )
