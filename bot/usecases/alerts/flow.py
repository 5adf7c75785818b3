"""Whom an alert is brought to, and when no longer: what the verbs of alerts call.

Each wants the alert's row held (`held.hold`): who holds it holds its timers, responders and recipients. What Slack
shows of the alert is edited where people are told; else `show` has it edited.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.engines.policies import Named
from bot.errors import Locked
from bot.queries import on_duty, responders
from bot.queries.alert_log import AlertHappening
from bot.queries.last_resort import is_reachable
from bot.usecases.alerts.asked import tell_asker
from bot.usecases.alerts.calling import call, next_on_call, responders_of, take_planned
from bot.usecases.alerts.channel import channel_for
from bot.usecases.alerts.held import changed
from bot.usecases.alerts.loud import quiet_down
from bot.usecases.alerts.telling import Telling, described, write
from bot.usecases.messages import MessageKind
from bot.usecases.unit import Unit
from bot.vocabulary import AlertResponderKind, AlertStatus, AlertStep, RecipientState
from storage import alert_answers, alert_timers, alerts, events, subject_deliveries
from storage.alert_timers import Planned
from storage.models import Alert, AlertTimer

TELLING = (AlertStep.BEGIN, AlertStep.ESCALATE, AlertStep.REPEAT, AlertStep.CALL_NEXT, AlertStep.WAKE)
"""The steps that one telling from the beginning takes the place of."""
OF_ESCALATIONS = (AlertStep.ESCALATE, AlertStep.REPEAT)


async def begin(
    unit: Unit, alert: Alert, *, restart: Mapping[str, Any] | None = None, escalations_go_on: bool = False
) -> None:
    """Tell all its people now, from the beginning. Its message goes to its channel. One that is suppressed stays so.

    For an alert that comes back (unacknowledged, reopened) or has waited long enough. `restart` are the details of the
    timer by which all are told again, where they are for the first time. Escalations start anew; with
    `escalations_go_on` those that are under way tell whom they tell first, and their later steps stay as they are
    planned: what is begun anew all the time would never come to those.
    """
    if await events.latest(unit.session, alert.id, AlertHappening.SUPPRESSED) is not None:
        await alert_timers.remove(unit.session, alert.number or 0, TELLING)
        return
    under_way = await _under_way(unit, alert) if escalations_go_on else []
    if not escalations_go_on:
        await alert_timers.remove(unit.session, alert.number or 0, TELLING)
    await _put_restart_off(unit, alert)
    called = await responders_of(unit, alert)
    await _place(unit, alert, called)
    telling = Telling()
    await call(unit, alert, called, telling)
    there = {_escalation_of(each) for each in under_way}
    telling.timers = [each for each in telling.timers if _escalation_of(each) not in there]
    telling.timers += [*restart_timer(unit, restart), *pass_on_timer(unit, alert)]
    await write(unit, alert, telling)


def free(alert: Alert) -> None:
    """Nobody is at work on it any more: who owned it by their acknowledgement does not. What was given stays given."""
    if alert.acknowledged:
        alert.owner_id = None
    alert.acknowledged, alert.acknowledged_at, alert.acknowledged_by = False, None, None


async def stand_down(unit: Unit, alert: Alert, *, closed: bool) -> None:
    """It was acknowledged, or `closed`: who was still to be told is not. The row says so already.

    Nothing is left of what was to be done about a closed alert. An acknowledgement ends a delay and a snooze; a step of
    an escalation is judged when it is due.
    """
    alert.snoozed_until = None
    ended = tuple(AlertStep) if closed else (AlertStep.BEGIN, AlertStep.WAKE)
    await alert_timers.remove(unit.session, alert.number or 0, ended)


async def pause(unit: Unit, alert: Alert, until: datetime) -> None:
    """Snooze it: nobody is told until then. Then it is not acknowledged, and its people are told from the beginning.

    A delay that ends later still counts.
    """
    alert.snoozed_until = until
    before = await alert_timers.pending(unit.session, alert.number or 0, AlertStep.WAKE)
    details = before[0].details if before else {}
    ended = (*OF_ESCALATIONS, AlertStep.CALL_NEXT, AlertStep.WAKE)
    await alert_timers.remove(unit.session, alert.number or 0, ended)
    await alert_timers.add(unit.session, alert.number or 0, [Planned(AlertStep.WAKE, until, details)])


async def call_responder(unit: Unit, alert: Alert, kind: AlertResponderKind, responder_id: str) -> None:
    """Bring an open alert to one more, now: they become a responder, if they are none, and that is written down.

    An escalation that is under way begins anew, and is not under way twice. Somebody there is not is nobody: the caller
    has looked.
    """
    there = await responders_of(unit, alert)
    found = await responders.known(unit.remembering, [(kind, responder_id, None)])
    if not found:
        return
    [named] = [each.named for each in found.values()]
    if named not in there:
        row = alerts.responder_rows(alert.number or 0, [(kind, responder_id)], after=len(there))
        await alerts.RESPONDERS.into(unit.session, row)
        await changed(unit, alert, AlertHappening.CALLED, after={"responders": [described(named)]})
    if alert.status == AlertStatus.OPEN:
        await _place(unit, alert, [*there, named])
        telling = Telling()
        await call(unit, alert, [named], telling)
        for timer in await _under_way(unit, alert) if telling.begun else []:
            if _escalation_of(timer) in telling.begun:
                await unit.session.delete(timer)
        await write(unit, alert, telling)


async def call_person(unit: Unit, alert: Alert, person_id: str) -> None:
    """Tell a person of an open alert, now, without making them a responder: its new owner.

    That very person is meant, also where they had passed it on before.
    """
    people = await on_duty.of_user(unit.remembering, person_id)
    if alert.status != AlertStatus.OPEN or not people:
        return
    await alert_answers.mark(unit.session, alert, person_id, RecipientState.NOTIFIED, now=unit.now)
    telling = Telling()
    telling.reach(people, for_=Named(AlertResponderKind.USER, person_id, people[0].name))
    await write(unit, alert, telling)


async def call_next(unit: Unit, alert: Alert, escalation_id: str | None = None) -> None:
    """Take the next step of an escalation now, the soonest of any where none is named.

    A step that reaches nobody is followed by the one after it. An escalation that the alert was not brought to yet
    begins. Without any, who comes next on call by its schedules and was not told yet is told.

    Raises:
        Locked: nobody is left to be told.
    """
    planned = await alert_timers.pending(unit.session, alert.number or 0, AlertStep.ESCALATE)
    meant = [each for each in planned if escalation_id in {None, each.details["escalation"]["id"]}]
    there = await responders_of(unit, alert)
    telling = Telling()
    if meant:
        states = await alerts.states_of(unit.session, alert.number or 0)
        for timer in meant:
            await unit.session.delete(timer)
            step = Planned(AlertStep.ESCALATE, timer.due_at, timer.details)
            await take_planned(unit, alert, step, telling, is_asked_for=True)
            if any(
                is_reachable(each) and states.get(id_) is not RecipientState.DECLINED
                for id_, each in telling.people.items()
            ):
                break
    elif escalation_id is not None:
        if any(each.id == escalation_id for each in there):
            raise Locked("This escalation has no further step for the alert: everybody in it was told.")
        await call_responder(unit, alert, AlertResponderKind.ESCALATION, escalation_id)
        return
    else:
        telling = await next_on_call(unit, alert, there)
        if not telling.people:
            raise Locked(
                "Nobody is left to be told: no escalation has a further step, and nobody else is next on call."
            )
    await _place(unit, alert, there)
    await write(unit, alert, telling)


async def show(unit: Unit, alert: Alert) -> None:
    """Have what Slack shows of it edited: its message, the direct messages, its incidents' cards; two statements.

    Who paged is told how it stands, and who heard that nobody is on call that somebody has it: three more at most.
    """
    kinds = (MessageKind.ALERT.value, MessageKind.PAGED.value)
    await subject_deliveries.renew(unit.session, subject=alert.id, kinds=kinds, now=unit.now)
    await show_incidents(unit, alert)
    await tell_asker(unit, alert)
    await quiet_down(unit, alert)


async def show_incidents(unit: Unit, alert: Alert) -> None:
    """Have the cards of the incidents to which it belongs tell how it stands."""
    number = alert.number or 0
    await subject_deliveries.renew_of_incidents(unit.session, number, kind=MessageKind.INCIDENT, now=unit.now)


def restart_timer(unit: Unit, restart: Mapping[str, Any] | None, *, times: int = 0) -> list[Planned]:
    """When all are told again; never where they were often enough."""
    if restart is None or times >= restart["most"]:
        return []
    due_at = unit.now + timedelta(seconds=restart["seconds"])
    return [Planned(AlertStep.RESTART, due_at, {**restart, "times": times})]


def pass_on_timer(unit: Unit, alert: Alert) -> list[Planned]:
    """When a page is brought to whoever is next on call; never what a program sends, which has its escalations."""
    if alert.created_by is None:
        return []
    return [Planned(AlertStep.CALL_NEXT, unit.now + timedelta(minutes=unit.settings.page_minutes), {})]


async def _place(unit: Unit, alert: Alert, called: Iterable[Named]) -> None:
    """Give it a channel, where it has none yet: from now on people are told of it."""
    if alert.channel is None:
        alert.channel = await channel_for(unit, called, alert.owner_team_id)


async def _put_restart_off(unit: Unit, alert: Alert) -> None:
    """Who is told now is told again as long after it as the policy says, not sooner."""
    for timer in await alert_timers.pending(unit.session, alert.number or 0, AlertStep.RESTART):
        timer.due_at = unit.now + timedelta(seconds=timer.details["seconds"])


async def _under_way(unit: Unit, alert: Alert) -> list[AlertTimer]:
    """What is still planned of its escalations."""
    return [
        each for step in OF_ESCALATIONS for each in await alert_timers.pending(unit.session, alert.number or 0, step)
    ]


def _escalation_of(planned: Planned | AlertTimer) -> str | None:
    escalation = planned.details.get("escalation")
    return escalation["id"] if escalation else None
