"""What is done about an alert when its time has come; as things stand then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.queries import responders
from bot.queries.alert_log import AlertHappening, CloseReason
from bot.queries.last_resort import is_reachable
from bot.usecases.alerts.asked import tell_passed_on
from bot.usecases.alerts.calling import as_named, begin_round, next_on_call, responders_of, take_planned
from bot.usecases.alerts.ending import end
from bot.usecases.alerts.flow import TELLING, begin, free, pass_on_timer, restart_timer, show_incidents
from bot.usecases.alerts.held import changed
from bot.usecases.alerts.telling import Telling, write
from bot.usecases.unit import Unit
from bot.vocabulary import AlertStatus, AlertStep
from storage import alert_timers, alerts
from storage.alert_timers import Planned
from storage.models import Alert

WATCHBILL = "Watchbill"
"""Who has closed an alert that nobody has."""
LOOKED_AFTER = timedelta(hours=1)
"""After how long it is looked at again whether somebody still is at work on an alert. Who takes that back does not wait
for it: all are told then, and told again as long after that as the policy says."""


async def act(unit: Unit, alert: Alert, due: Sequence[Planned]) -> None:
    """Do what is due about an alert that is held, in order of time; nothing is left to do about a closed one.

    After a time in which nothing was done several steps are due at once. Where one of them tells all from the
    beginning, the later ones are not taken as they were planned before. And what comes after an escalation's last step
    still leaves those whom that step tells their time to answer.
    """
    taken: dict[str, datetime] = {}
    is_new = False
    for planned in due:
        if alert.status != AlertStatus.OPEN:
            return
        if is_new and planned.step in TELLING:
            continue
        if planned.step is AlertStep.ESCALATE:
            if (telling := await escalated(unit, alert, planned)) is not None:
                await write(unit, alert, telling)
                taken[planned.details["escalation"]["id"]] = planned.due_at
        elif planned.step is AlertStep.REPEAT and (last := taken.get(planned.details["escalation"]["id"])):
            later = Planned(AlertStep.REPEAT, unit.now + (planned.due_at - last), planned.details)
            await alert_timers.add(unit.session, alert.number or 0, [later])
        else:
            is_new |= await _act(unit, alert, planned)


async def _act(unit: Unit, alert: Alert, planned: Planned) -> bool:
    """Do one step that is none of an escalation's; answers whether all are told from the beginning."""
    match planned.step:
        case AlertStep.BEGIN:
            return await _begin(unit, alert, planned)
        case AlertStep.REPEAT:
            await _repeat(unit, alert, planned)
        case AlertStep.CALL_NEXT:
            await _pass_on(unit, alert)
        case AlertStep.RESTART:
            return await _restart(unit, alert, planned)
        case AlertStep.WAKE:
            return await _wake(unit, alert, planned)
        case AlertStep.CLOSE:
            await _close(unit, alert, planned)
    return False


async def _begin(unit: Unit, alert: Alert, planned: Planned) -> bool:
    """A delay is over. Of one that was acknowledged meanwhile nobody needs to hear any more; a snooze is waited for."""
    if alert.acknowledged:
        return False
    if alert.snoozed_until is not None and _is_snoozed(unit, alert):
        await alert_timers.remove(unit.session, alert.number or 0, [AlertStep.WAKE])
        waking = Planned(AlertStep.WAKE, alert.snoozed_until, planned.details)
        await alert_timers.add(unit.session, alert.number or 0, [waking])
        return False
    await begin(unit, alert, restart=planned.details.get("restart"))
    return True


async def escalated(unit: Unit, alert: Alert, planned: Planned) -> Telling | None:
    """What a step of an escalation has to tell; None where its condition does not hold any more, or it is snoozed."""
    telling = Telling()
    if alert.status == AlertStatus.OPEN and not _is_snoozed(unit, alert):
        await take_planned(unit, alert, planned, telling)
    return telling if telling.happened else None


async def _repeat(unit: Unit, alert: Alert, planned: Planned) -> None:
    """The escalation once more, as it is now; or, after the last time, the alert's end. A snooze begins it anew."""
    if _is_snoozed(unit, alert):
        return
    escalation, round_ = as_named(planned.details["escalation"]), planned.details["round"]
    if round_ is None:
        await end(unit, alert, by=WATCHBILL, after={"why": CloseReason.ESCALATION.value})
        return
    plan = await responders.escalation_plan(unit.remembering, escalation.id)
    if plan is None:
        return
    telling = Telling()
    telling.say(AlertHappening.REPEATED, escalation=planned.details["escalation"], round=round_)
    if plan.plan.repeat and plan.plan.repeat.resets:
        await alerts.reset_recipients(unit.session, alert.number or 0, now=unit.now)
        if alert.acknowledged:
            free(alert)
            telling.say(AlertHappening.UNACKNOWLEDGED)
            await show_incidents(unit, alert)
    await begin_round(unit, alert, plan, telling, round_=round_)
    await write(unit, alert, telling)


async def _pass_on(unit: Unit, alert: Alert) -> None:
    """Nobody has answered a page: whoever is next on call is told too, one after the other until nobody is left."""
    if alert.acknowledged:
        return
    telling = await next_on_call(unit, alert, await responders_of(unit, alert))
    if any(is_reachable(each) for each in telling.people.values()):
        telling.timers += pass_on_timer(unit, alert)
    if telling.people:
        await write(unit, alert, telling)
        await tell_passed_on(unit, alert)


async def _restart(unit: Unit, alert: Alert, planned: Planned) -> bool:
    """Everybody is told again. While somebody has acknowledged it, or it is snoozed, that waits: it may come back."""
    details, times = planned.details, planned.details["times"]
    if alert.acknowledged:
        later = Planned(AlertStep.RESTART, unit.now + LOOKED_AFTER, details)
        await alert_timers.add(unit.session, alert.number or 0, [later])
        return False
    if alert.snoozed_until is not None:
        due_at = alert.snoozed_until + timedelta(seconds=details["seconds"])
        await alert_timers.add(unit.session, alert.number or 0, [Planned(AlertStep.RESTART, due_at, details)])
        return False
    await changed(unit, alert, AlertHappening.RESTARTED, after={"times": times + 1, "most": details["most"]})
    await begin(unit, alert)
    await alert_timers.add(unit.session, alert.number or 0, restart_timer(unit, details, times=times + 1))
    return True


async def _wake(unit: Unit, alert: Alert, planned: Planned) -> bool:
    """A snooze is over: it is nobody's again, and its people are told, where no delay has them wait longer."""
    alert.snoozed_until = None
    free(alert)
    await changed(unit, alert, AlertHappening.WOKE)
    await show_incidents(unit, alert)
    if await alert_timers.pending(unit.session, alert.number or 0, AlertStep.BEGIN):
        return False
    await begin(unit, alert, restart=planned.details.get("restart"))
    return True


async def _close(unit: Unit, alert: Alert, planned: Planned) -> None:
    """It ends where it has not come again meanwhile; else it is looked at again, so long after the last time."""
    due_at = alert.last_occurred_at + timedelta(seconds=planned.details["seconds"])
    if due_at > unit.now:
        await alert_timers.add(unit.session, alert.number or 0, [Planned(AlertStep.CLOSE, due_at, planned.details)])
        return
    await end(unit, alert, by=WATCHBILL, after={"why": CloseReason.POLICY.value})


def _is_snoozed(unit: Unit, alert: Alert) -> bool:
    return alert.snoozed_until is not None and alert.snoozed_until > unit.now
