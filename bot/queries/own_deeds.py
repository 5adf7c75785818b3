"""What was done to incidents, their alerts and their postmortems, as timelines tell it: derived from the events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.engines.timeline import Deed, DeedKind
from bot.escaping import shortened
from bot.queries import keys, people, teams
from bot.queries.alert_log import AlertHappening
from bot.queries.history import Happening
from bot.queries.incident_log import IncidentHappening
from bot.queries.reading import Reading
from bot.vocabulary import ResponderKind
from storage import incident_parts, timeline_facts
from storage.models import Alert, Event, Incident, Postmortem

MOST_EVENTS = 100
"""Of one alert, incident or postmortem: of those moved to and fro more often the first are told."""
MOST_ALERTS = 20
"""Of one incident, the first."""
NOTE_CHARACTERS = 500
OF_ALERTS: Mapping[str, DeedKind] = {
    AlertHappening.RAISED: DeedKind.RAISED,
    AlertHappening.NOTIFIED: DeedKind.CALLED,
    AlertHappening.NOBODY_ON_CALL: DeedKind.NOBODY_ON_CALL,
    AlertHappening.ESCALATED: DeedKind.ESCALATED,
    AlertHappening.ACKNOWLEDGED: DeedKind.ACKNOWLEDGED,
    AlertHappening.UNACKNOWLEDGED: DeedKind.UNACKNOWLEDGED,
    AlertHappening.CLOSED: DeedKind.ALERT_CLOSED,
}
OF_INCIDENTS: Mapping[str, DeedKind] = {
    IncidentHappening.OPENED: DeedKind.OPENED,
    IncidentHappening.EDITED: DeedKind.PRIORITY_CHANGED,
    IncidentHappening.CALLED: DeedKind.CALLED,
    IncidentHappening.ROLES: DeedKind.ROLES_GIVEN,
    IncidentHappening.NOTED: DeedKind.UPDATED,
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
_SAID: Mapping[str, str] = {
    AlertHappening.RAISED: "message",
    IncidentHappening.OPENED: "priority",
    Happening.APPROVED: "approvals",
}
"""Where an event's `after` says what came of it."""
KINDS = {**OF_ALERTS, **OF_INCIDENTS, **OF_POSTMORTEMS}


@dataclass(frozen=True, slots=True)
class Deeds:
    """What was done to each, by id; to an incident, also what was done to its alerts."""

    of_incidents: Mapping[str, Sequence[Deed]]
    of_postmortems: Mapping[str, Sequence[Deed]]


@dataclass(frozen=True, slots=True)
class _Names:
    """Those of whom the events speak, by id, and what was written in notes."""

    everybody: Mapping[str, str]
    notes: Mapping[int, str]

    def doer(self, event: Event) -> str:
        """Who did it: a person, whom a program names or acts for, or the program."""
        return self.everybody.get(event.actor_id or "") or str(
            event.after.get("user") or self.everybody.get(event.key_id or "", "")
        )


async def deeds_of(
    reading: Reading, rows: Sequence[Postmortem], incidents: Mapping[str, tuple[Incident, Sequence[Alert]]]
) -> Deeds:
    """What was done to these postmortems, to their incidents and the alerts of those; five statements at most."""
    alerts = {id_: several[:MOST_ALERTS] for id_, (_, several) in incidents.items()}
    labels = {
        **{each.id: f"alert #{each.number}" for several in alerts.values() for each in several},
        **{id_: f"INC-{each.number}" for id_, (each, _) in incidents.items()},
        **{row.id: f"PM-{row.number}" for row in rows},
    }
    events = await timeline_facts.events_of(reading.session, labels.keys(), KINDS, most=MOST_EVENTS)
    names = await _names_in(reading, events)
    told: dict[str, list[Deed]] = {each: [] for each in labels}
    for event in events:
        if KINDS[event.verb] is not DeedKind.PRIORITY_CHANGED or "priority" in event.after:
            _add(told[event.subject_id], _deed(event, labels[event.subject_id], names))
    return Deeds(
        {each: [*_of_all(alerts[each], told), *told[each]] for each in incidents},
        {row.id: told[row.id] for row in rows},
    )


def _of_all(alerts: Iterable[Alert], told: Mapping[str, Sequence[Deed]]) -> Iterator[Deed]:
    for each in alerts:
        yield from told[each.id]


def _add(deeds: list[Deed], deed: Deed) -> None:
    """Behind the others; people called at one instant are one entry."""
    last = deeds[-1] if deeds else None
    if last and deed.kind is DeedKind.CALLED and (last.at, last.kind, last.by) == (deed.at, deed.kind, deed.by):
        deeds[-1] = Deed(last.at, last.kind, last.subject, last.by, f"{last.result}, {deed.result}")
    else:
        deeds.append(deed)


def _deed(event: Event, label: str, names: _Names) -> Deed:
    kind = KINDS[event.verb]
    by = "" if event.verb == AlertHappening.NOTIFIED else names.doer(event)
    return Deed(event.at, kind, label, by, _result(event, names))


def _result(event: Event, names: _Names) -> str:
    after = event.after
    match event.verb:
        case AlertHappening.RAISED | IncidentHappening.OPENED | Happening.APPROVED:
            return str(after.get(_SAID[event.verb], ""))
        case AlertHappening.NOTIFIED:
            return _called(after)
        case AlertHappening.ESCALATED:
            return f"step {after.get('step', 1)} of {after['escalation']['name']}"
        case IncidentHappening.EDITED:
            return f"{event.before['priority']} to {after['priority']}"
        case IncidentHappening.NOTED:
            return shortened(names.notes.get(after["note_id"], ""), NOTE_CHARACTERS)
        case _:
            return ", ".join(_named_in(event, names))


def _called(after: Mapping[str, object]) -> str:
    """Somebody who was told of an alert, and for whom they stand."""
    through = after.get("through")
    whom = f" ({through['name']})" if isinstance(through, Mapping) and through.get("name") else ""
    return f"{after.get('name') or 'somebody'}{whom}"


def _named_in(event: Event, names: _Names) -> Iterator[str]:
    """Who was called to an incident, or has which role in it from then on."""
    if event.verb == IncidentHappening.CALLED:
        yield from (names.everybody.get(each["id"], "somebody") for each in event.after["responders"])
    if event.verb == IncidentHappening.ROLES:
        for role, user_id in event.after.items():
            yield f"{role} {names.everybody.get(user_id, 'somebody') if user_id else 'nobody'}"


async def _names_in(reading: Reading, events: Sequence[Event]) -> _Names:
    called = [each for event in events if event.verb == IncidentHappening.CALLED for each in event.after["responders"]]
    users = {each["id"] for each in called if each["kind"] == ResponderKind.USER}
    users |= {
        each for event in events if event.verb == IncidentHappening.ROLES for each in event.after.values() if each
    }
    users |= {event.actor_id for event in events if event.actor_id}
    everybody = {each.id: each.name for each in (await people.by_ids(reading, users)).values()}
    everybody |= await keys.names(reading, {each.key_id for each in events if each.key_id and not each.actor_id})
    groups = {each["id"] for each in called if each["kind"] == ResponderKind.TEAM}
    everybody |= await teams.names(reading, groups) if groups else {}
    ids = [event.after["note_id"] for event in events if event.verb == IncidentHappening.NOTED]
    return _Names(everybody, await incident_parts.notes_by_ids(reading.session, ids) if ids else {})
