"""Who is on call as programs ask it: everybody at an instant, teams and escalations with those they stand for."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.engines.rotation import Duty, Participant, duties, duties_of, standing
from bot.queries import schedules
from bot.queries.actors import KeyHolder
from bot.queries.crew import Crew, crew_of
from bot.queries.naming import Naming
from bot.queries.reading import Reading
from bot.queries.schedules import Watched

REMEMBERED_BACK = timedelta(days=31)
"""Overrides and forwardings are read from twice as long ago on: questions this far back are answered from memory."""
AT_A_TIME = 50
"""Schedules that are looked at before others are served."""


@dataclass(frozen=True, slots=True)
class OnCall:
    """Who is on call by a schedule, and what they are called."""

    watched: Watched
    duties: tuple[Duty, ...]
    naming: Naming


@dataclass(frozen=True, slots=True)
class NextOnCall:
    """Who comes next.

    `exact`: everybody on call from the first moment at which that set is another. `others`: of each rotation the first
    after the one at present who is somebody else.
    """

    exact: tuple[Duty, ...]
    others: tuple[Duty, ...]
    naming: Naming


async def on_call(reading: Reading, watched: Watched, *, at: datetime) -> OnCall:
    """Who is on call by a schedule at an instant, past or to come; nobody where it is off.

    Asked again without a change in between it costs no statement.
    """
    watched, crew = await with_crew(reading, watched, since=at)
    return OnCall(watched, duties(watched.schedule, at, crew.directory), crew.naming)


async def on_call_everywhere(reading: Reading, holder: KeyHolder, *, at: datetime) -> list[OnCall]:
    """The same of every schedule within the reach of a key, by name."""
    since = _looked_back(reading, at)
    everything = await schedules.every(reading, since=since)
    crew = await _crew(reading, "crew of every schedule", everything, since)
    found: list[OnCall] = []
    for number, each in enumerate(each for each in everything if holder.reaches(each.team_id)):
        if number % AT_A_TIME == 0:
            await asyncio.sleep(0)
        found.append(OnCall(each, duties(each.schedule, at, crew.directory), crew.naming))
    return found


async def next_on_call(reading: Reading, watched: Watched, *, at: datetime) -> NextOnCall:
    """Who is on call by a schedule after those of an instant; nobody where it is off or no change is in sight."""
    watched, crew = await with_crew(reading, watched, since=at)
    stand = standing(watched.schedule, at, watched.overrides, crew.directory.forwardings)
    others: dict[Participant, Duty] = {}
    for segment in (rotation.next_other for rotation in stand.rotations):
        if segment is not None:
            for duty in duties_of(watched.schedule, [segment], segment.start, crew.directory):
                others.setdefault(duty.participant, duty)
    change = stand.change
    exact = duties_of(watched.schedule, change.people, change.at, crew.directory) if change else ()
    return NextOnCall(exact, tuple(others.values()), crew.naming)


async def with_crew(reading: Reading, watched: Watched, *, since: datetime) -> tuple[Watched, Crew]:
    """A schedule with its crew, for questions about an instant and later; of long ago it is read anew."""
    back = _looked_back(reading, since)
    if back is not None:
        watched = await schedules.by_id(reading, watched.schedule.id, since=back) or watched
    return watched, await _crew(reading, ("crew", watched.schedule.id), (watched,), back)


def _looked_back(reading: Reading, at: datetime) -> datetime | None:
    """Since when overrides and forwardings have to be read; None: those that are remembered are enough."""
    return at if at < reading.now - REMEMBERED_BACK else None


async def _crew(reading: Reading, key: object, watched: tuple[Watched, ...], since: datetime | None) -> Crew:
    if since is not None:
        return await crew_of(reading, watched, since=since)
    return await reading.recollection.remembered(key, lambda: crew_of(reading, watched))
