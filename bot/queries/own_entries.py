"""What Watchbill knows of incidents itself: its own entries in their timelines, and who was on call meanwhile.

Everything is derived when it is read, of many postmortems in a fixed number of statements. What is published is frozen
with its version; here it is told as it is known now.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
from bot.queries import keys, people, schedules
from bot.queries.crew import Crew, crew_of
from bot.queries.history import Happening
from bot.queries.incident_log import IncidentHappening
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from storage import timeline_facts
from storage.models import Event, Incident, Postmortem

MOST_EVENTS = 100
"""Of one incident, and of one postmortem: of those moved to and fro more often the first are told."""
MOST_SCHEDULES = 20
"""Of one postmortem, by name."""
AT_A_TIME = 20
"""Postmortems whose schedules are drawn before others are served."""
OF_INCIDENTS: Mapping[str, DeedKind] = {
    IncidentHappening.OPENED: DeedKind.OPENED,
    IncidentHappening.EDITED: DeedKind.PRIORITY_CHANGED,
    IncidentHappening.RESOLVED: DeedKind.RESOLVED,
    IncidentHappening.CLOSED: DeedKind.CLOSED,
    IncidentHappening.REOPENED: DeedKind.INCIDENT_REOPENED,
}
OF_POSTMORTEMS: Mapping[str, DeedKind] = {
    Happening.SUBMITTED: DeedKind.SUBMITTED,
    Happening.WITHDRAWN: DeedKind.WITHDRAWN,
    Happening.APPROVED: DeedKind.APPROVED,
    Happening.CHANGES_REQUESTED: DeedKind.CHANGES_REQUESTED,
    Happening.PUBLISHED: DeedKind.PUBLISHED,
    Happening.REOPENED: DeedKind.REOPENED,
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one postmortem's incident: Watchbill's own entries, in the order of time, and who was on call.

    `on_call` are people's ids. `incident` is the row it stands on.
    """

    entries: tuple[OwnEntry, ...]
    on_call: frozenset[str]
    incident: Incident

    def course(self, row: Postmortem, signals: Iterable[Signal], responder_ids: Iterable[str]) -> Course:
        """How the incident went on, by what is kept in the timeline and by what somebody said of it."""
        return course_of(
            signals,
            started_at=row.started_at,
            said=said_of(row),
            opened_at=self.incident.created_at,
            responding=self.on_call.union(responder_ids),
        )


def said_of(row: Postmortem) -> Moments:
    """What somebody said of an incident's course."""
    return Moments(row.detected_at, row.responded_at, row.ended_at)


async def known_of(reading: Reading, rows: Sequence[Postmortem]) -> dict[str, Known]:
    """What is known of each of these postmortems, by their ids.

    Five statements, and some ten more where schedules concern them, however many they are.
    """
    if not rows:
        return {}
    incidents = await timeline_facts.incidents_of(reading.session, {row.incident_id for row in rows})
    deeds = await _deeds(reading, rows, incidents)
    duty = await _duty(reading, rows)
    found = {}
    for row in rows:
        on_call, names = duty.get(row.id, (HandOvers(), {}))
        incident = incidents[row.incident_id]
        own = [*deeds.get(incident.id, ()), *deeds.get(row.id, ())]
        found[row.id] = Known(own_entries(Facts(tuple(own), on_call, names)), on_call.everybody, incident)
    return found


async def _deeds(
    reading: Reading, rows: Sequence[Postmortem], incidents: Mapping[str, Incident]
) -> Mapping[str, list[Deed]]:
    """What was done, by the id of what it was done to."""
    labels = {each.id: f"INC-{each.number}" for each in incidents.values()} | {
        row.id: f"PM-{row.number}" for row in rows
    }
    verbs = {*OF_INCIDENTS, *OF_POSTMORTEMS}
    events = await timeline_facts.events_of(reading.session, labels.keys(), verbs, most=MOST_EVENTS)
    known = await people.by_ids(reading, {each.actor_id for each in events if each.actor_id})
    names = {person.id: person.name for person in known.values()}
    names |= await keys.names(reading, {each.key_id for each in events if each.key_id and not each.actor_id})
    deeds: dict[str, list[Deed]] = {each: [] for each in labels}
    for event in events:
        kind = OF_INCIDENTS.get(event.verb) or OF_POSTMORTEMS[event.verb]
        if kind is DeedKind.PRIORITY_CHANGED and "priority" not in event.after:
            continue
        by = names.get(event.actor_id or event.key_id or "", "")
        deeds[event.subject_id].append(Deed(event.at, kind, labels[event.subject_id], by, _result(event)))
    return deeds


def _result(event: Event) -> str:
    match event.verb:
        case IncidentHappening.OPENED:
            return str(event.after.get("priority", ""))
        case IncidentHappening.EDITED:
            return f"{event.before['priority']} to {event.after['priority']}"
        case Happening.APPROVED:
            return str(event.after.get("approvals", ""))
        case _:
            return ""


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
    teams = await timeline_facts.teams_concerned(reading.session, rows)
    linked = await timeline_facts.schedules_of_channels(reading.session, {row.channel for row in rows if row.channel})
    found = await schedules.of_teams(
        reading,
        {team for several in teams.values() for team in several},
        and_ids={each for several in linked.values() for each in several},
        since=min(row.started_at for row in rows),
    )
    concerned = {}
    for row in rows:
        of_teams = [each for each in found if each.team_id in teams[row.id]]
        here = linked.get(row.channel or "", ())
        concerned[row.id] = (of_teams or [each for each in found if each.schedule.id in here])[:MOST_SCHEDULES]
    return concerned
