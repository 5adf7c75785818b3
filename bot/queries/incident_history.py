"""What happened to incidents: one event at a time, with everything needed to tell it in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.queries import keys, people, teams
from bot.queries.incident_log import IncidentHappening
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.vocabulary import ResponderKind
from storage import events, incident_parts, incidents


@dataclass(frozen=True, slots=True)
class IncidentHappened:
    """One event of an incident. `people` and `teams` hold everybody it speaks of, by id; `note` what was written.

    `actor` is None where the clock acted, or a program that acts for nobody; `key` is the name of a program's key.
    """

    verb: IncidentHappening
    actor: Person | None
    key: str | None
    incident_id: str
    number: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    people: Mapping[str, Person]
    teams: Mapping[str, str]
    note: str = ""

    @property
    def label(self) -> str:
        """What people call the incident: `INC-7`."""
        return f"INC-{self.number}"


async def by_id(reading: Reading, event_id: int) -> IncidentHappened | None:
    """The event with that id; None where there is none, or its incident is gone."""
    event = await events.by_id(reading.session, event_id)
    incident = await incidents.by_id(reading.session, event.subject_id) if event else None
    if event is None or incident is None:
        return None
    verb = IncidentHappening(event.verb)
    called = event.after["responders"] if verb is IncidentHappening.CALLED else []
    users = {each["id"] for each in called if each["kind"] == ResponderKind.USER}
    if verb is IncidentHappening.ROLES:
        users |= {each for each in (*event.before.values(), *event.after.values()) if each}
    known = await people.by_ids(reading, users | ({event.actor_id} if event.actor_id else set()))
    note_id = event.after["note_id"] if verb is IncidentHappening.NOTED else None
    return IncidentHappened(
        verb=verb,
        actor=known.get(event.actor_id or ""),
        key=(await keys.names(reading, [event.key_id])).get(event.key_id) if event.key_id else None,
        incident_id=incident.id,
        number=incident.number,
        before=event.before,
        after=event.after,
        people=known,
        teams=await teams.names(reading, {each["id"] for each in called if each["kind"] == ResponderKind.TEAM}),
        note=(await incident_parts.notes_by_ids(reading.session, [note_id])).get(note_id, "") if note_id else "",
    )
