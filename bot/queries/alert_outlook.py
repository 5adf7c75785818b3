"""An alert with what lies around it, as its card shows it: who is on call for it, and whom it is brought to next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.engines.escalation import counts, read_rule
from bot.queries import alert_lines, alerts, on_call, on_duty, people, schedules
from bot.queries.alert_log import AlertHappening
from bot.queries.alerts import AlertView
from bot.queries.on_call import ScheduleStanding
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.vocabulary import AlertResponderKind, AlertStep, EscalationCondition, IncidentStatus
from storage import alert_timers, deliveries, events, incident_parts
from storage.models import AlertTimer, Event

MOST_SCHEDULES = 3
"""Of those it was brought to, how many a card tells of."""
SAID_FOR = timedelta(minutes=15)
"""How long a channel that has heard that nobody is on call needs not hear it again, of other alerts."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next step of an escalation: when, whom it tells as things stand, and on what condition."""

    at: datetime
    people: tuple[Person, ...]
    condition: EscalationCondition
    escalation: str


@dataclass(frozen=True, slots=True)
class AlertOutlook:
    """An alert, how the first schedules it was brought to stand now, and its next step where there is one.

    `incident` is what the incident is called to which it belongs, empty where it belongs to none; `incident_status` is
    how that stands. `begins` is when its people are told first, where that is still to come.
    """

    view: AlertView
    stands: tuple[ScheduleStanding, ...]
    next: NextStep | None
    incident: str = ""
    incident_status: IncidentStatus | None = None
    begins: datetime | None = None
    quiet_by: str = ""
    """The name of the policy by which nobody is told of a page; empty where there is none."""


@dataclass(frozen=True, slots=True)
class NobodyCalled:
    """That nobody could be called to an alert: the names of what stood for nobody, of people who are not in Slack, and
    of those who had passed it on; and a sentence for each who was named and whom there is not.
    """

    alert_id: str
    called: tuple[str, ...]
    unreachable: tuple[str, ...]
    declined: tuple[str, ...]
    missed: tuple[str, ...] = ()


async def nobody_called(reading: Reading, event_id: int) -> NobodyCalled | None:
    """What the event of that id says; None where there is none."""
    event = await events.by_id(reading.session, event_id)
    if event is None:
        return None
    return NobodyCalled(event.subject_id, *_said(event))


async def was_said_lately(reading: Reading, said: NobodyCalled, *, kind: str, channel: str) -> bool:
    """Whether a channel has just heard, by a message of that kind, that the same are not on call, of another alert."""
    since = reading.now - SAID_FOR
    told = await deliveries.told_since(reading.session, kind=kind, recipient=channel, since=since)
    found = await events.by_ids(reading.session, [int(each) for each in told])
    mine = (said.called, said.unreachable, said.declined, said.missed)
    return any(_said(each) == mine for each in found if each.subject_id != said.alert_id)


def _said(event: Event) -> tuple[tuple[str, ...], ...]:
    called = tuple(str(each["name"]) for each in event.after.get("called", ()))
    return called, *(tuple(event.after.get(name, ())) for name in ("unreachable", "declined", "missed"))


@dataclass(frozen=True, slots=True)
class HandOver:
    """That an alert was given to its owner: by whom, where a person did it, and what they wrote along with it."""

    by: Person | None
    note: str


async def handed_over(reading: Reading, view: AlertView) -> HandOver | None:
    """How its owner came to it; None where nobody gave it to them. Three statements at most."""
    event = await events.latest(reading.session, view.id, AlertHappening.ASSIGNED) if view.owner else None
    if event is None or view.owner is None or event.after.get("owner_id") != view.owner.id:
        return None
    by = (await people.by_ids(reading, [event.actor_id])).get(event.actor_id) if event.actor_id else None
    last = await alert_lines.notes(reading, view, limit=1, newest_first=True, beyond=None, backwards=False)
    return HandOver(by, next((line.words for line in last.lines if line.at == event.at), ""))


async def outlook(reading: Reading, alert_id: str) -> AlertOutlook | None:
    """The alert with that id and what lies around it; None where there is none."""
    view = await alerts.by_id(reading, alert_id)
    if view is None:
        return None
    incident = await incident_parts.newest_with_alert(reading.session, view.number)
    return AlertOutlook(
        view=view,
        stands=await _stands(reading, view),
        next=await _next(reading, view) if view.is_open else None,
        incident=f"INC-{incident.number}" if incident else "",
        incident_status=IncidentStatus(incident.status) if incident else None,
        begins=await _begins(reading, view) if view.is_open and not view.recipients else None,
        quiet_by=await _quiet_by(reading, view) if view.created_by and not view.recipients else "",
    )


async def _begins(reading: Reading, view: AlertView) -> datetime | None:
    planned = await alert_timers.pending(reading.session, view.number, AlertStep.BEGIN)
    return planned[0].due_at if planned else None


async def _quiet_by(reading: Reading, view: AlertView) -> str:
    for verb in (AlertHappening.SUPPRESSED, AlertHappening.HELD_BACK):
        event = await events.latest(reading.session, view.id, verb)
        if event is not None:
            return str(event.after["policy"])
    return ""


async def _stands(reading: Reading, view: AlertView) -> tuple[ScheduleStanding, ...]:
    """Of the schedules it was brought to; where it was brought to none, of its team's."""
    ids = [each.id for each in view.responders if each.kind is AlertResponderKind.SCHEDULE][:MOST_SCHEDULES]
    watched = [found for each in ids if (found := await schedules.by_id(reading, each))]
    if not ids and view.owner_team_id:
        watched = (await on_duty.schedules_of_team(reading, view.owner_team_id))[:MOST_SCHEDULES]
    return tuple(await on_call.standings(reading, watched, at=reading.now)) if watched else ()


async def _next(reading: Reading, view: AlertView) -> NextStep | None:
    """The soonest step of its escalations that would be taken if it stayed as it is; of a page, who is next on call.

    While it is snoozed there is none.
    """
    if view.is_snoozed(reading.now):
        return None
    planned = await alert_timers.pending(reading.session, view.number, AlertStep.ESCALATE, AlertStep.CALL_NEXT)
    for timer in planned:
        is_page = timer.step == AlertStep.CALL_NEXT
        following = await (_next_on_call(reading, view, timer) if is_page else _escalated(reading, view, timer))
        if following is not None:
            return following
    return None


async def _escalated(reading: Reading, view: AlertView, timer: AlertTimer) -> NextStep | None:
    rule, escalation = read_rule(timer.details["rule"]), timer.details["escalation"]
    if not counts(rule.condition, is_open=view.is_open, acknowledged=view.acknowledged):
        return None
    seed = f"{view.id} {escalation['id']} {timer.details['step']} {timer.details['round']}"
    people = await on_duty.of_recipient(
        reading, rule.kind, rule.recipient_id, rule.notifies, at=timer.due_at, seed=seed
    )
    return NextStep(timer.due_at, tuple(people), rule.condition, str(escalation["name"]))


async def _next_on_call(reading: Reading, view: AlertView, timer: AlertTimer) -> NextStep | None:
    told = {each.person.id for each in view.recipients}
    for responder in view.responders:
        if responder.kind is AlertResponderKind.SCHEDULE and not view.acknowledged:
            people = await on_duty.next_of_schedule(reading, responder.id, at=timer.due_at, besides=told)
            if people:
                return NextStep(timer.due_at, people, EscalationCondition.NOT_ACKNOWLEDGED, escalation="")
    return None
