"""What Watchbill knows of incidents itself: its own entries in their timelines, and who was on call meanwhile.

Everything is derived when it is read, of many postmortems in a fixed number of statements. What is published is frozen
with its version; here it is told as it is known now.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.engines.timeline import (
    Course,
    Deed,
    DeedKind,
    Facts,
    HandOvers,
    Moments,
    OwnEntry,
    Signal,
    course_of,
    hand_overs,
    own_entries,
)
from bot.queries import schedules
from bot.queries.crew import Crew, crew_of
from bot.queries.own_deeds import deeds_of
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from storage import timeline_facts
from storage.models import Incident, Postmortem

MOST_SCHEDULES = 20
"""Of one postmortem, by name."""
AT_A_TIME = 20
"""Postmortems whose schedules are drawn before others are served."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one postmortem's incident: Watchbill's own entries, in the order of time, and who was on call.

    `on_call` are people's ids. `incident` is the row it stands on. `raised_at` and `acknowledged_at` are of its alerts.
    """

    entries: tuple[OwnEntry, ...]
    on_call: frozenset[str]
    incident: Incident
    raised_at: datetime | None = None
    acknowledged_at: datetime | None = None

    def course(self, row: Postmortem, signals: Iterable[Signal], responder_ids: Iterable[str]) -> Course:
        """How the incident went on, by what is kept in the timeline and by what somebody said of it."""
        return course_of(
            signals,
            started_at=row.started_at,
            said=said_of(row),
            opened_at=self.incident.created_at,
            responding=self.on_call.union(responder_ids),
            raised_at=self.raised_at,
            acknowledged_at=self.acknowledged_at,
        )


def said_of(row: Postmortem) -> Moments:
    """What somebody said of an incident's course."""
    return Moments(row.detected_at, row.responded_at, row.ended_at)


async def known_of(reading: Reading, rows: Sequence[Postmortem]) -> dict[str, Known]:
    """What is known of each of these postmortems, by their ids.

    Four statements, and some ten more where schedules concern them, however many they are.
    """
    if not rows:
        return {}
    found_incidents = await timeline_facts.incidents_of(reading.session, {row.incident_id for row in rows})
    deeds = await deeds_of(reading, rows, found_incidents)
    duty = await _duty(reading, rows)
    found = {}
    for row in rows:
        on_call, names = duty.get(row.id, (HandOvers(), {}))
        incident, _ = found_incidents[row.incident_id]
        own = (*deeds.of_incidents.get(incident.id, ()), *deeds.of_postmortems.get(row.id, ()))
        found[row.id] = Known(
            own_entries(Facts(own, on_call, names)),
            on_call.everybody,
            incident,
            raised_at=_first(own, DeedKind.RAISED),
            acknowledged_at=_first(own, DeedKind.ACKNOWLEDGED),
        )
    return found


def _first(deeds: Iterable[Deed], kind: DeedKind) -> datetime | None:
    return min((each.at for each in deeds if each.kind is kind), default=None)


async def _duty(reading: Reading, rows: Sequence[Postmortem]) -> Mapping[str, tuple[HandOvers, Mapping[str, str]]]:
    """Who was on call in the course of each, by its id, with their names by theirs."""
    since = min(row.started_at for row in rows)
    concerned = await _watched(reading, rows)
    everything = {each.schedule.id: each for several in concerned.values() for each in several}
    if not everything:
        return {}
    crew = await crew_of(reading, list(everything.values()), since=since)
    names = {person.id: person.name for person in crew.naming.people.values()}
    found = {}
    for number, row in enumerate(row for row in rows if concerned[row.id]):
        if number and number % AT_A_TIME == 0:
            await asyncio.sleep(0)
        found[row.id] = (_hand_overs(reading, row, concerned[row.id], crew), names)
    return found


def _hand_overs(reading: Reading, row: Postmortem, watched: Sequence[Watched], crew: Crew) -> HandOvers:
    concerned = [each.schedule for each in watched]
    return hand_overs(concerned, crew.directory, start=row.started_at, end=row.ended_at or reading.now)


async def _watched(reading: Reading, rows: Sequence[Postmortem]) -> Mapping[str, list[Watched]]:
    """The schedules of the teams concerned by each postmortem; where these have none, those of its channel."""
    by_row = await timeline_facts.concerned(reading.session, rows)
    found = await schedules.of_teams(
        reading,
        {team for each in by_row.values() for team in each.teams},
        and_ids={schedule_id for each in by_row.values() for schedule_id in each.schedules},
        since=min(row.started_at for row in rows),
    )
    concerned = {}
    for row in rows:
        by = by_row[row.id]
        of_teams = [each for each in found if each.team_id in by.teams]
        concerned[row.id] = (of_teams or [each for each in found if each.schedule.id in by.schedules])[:MOST_SCHEDULES]
    return concerned
