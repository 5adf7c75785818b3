"""Say that an alert is not one's own to see to, or hand it to whoever is next."""

from __future__ import annotations

from collections.abc import Mapping

from bot.errors import Locked
from bot.queries.alert_log import AlertHappening
from bot.queries.alerts import AlertRef
from bot.usecases.alerts.asked import tell_passed_on
from bot.usecases.alerts.flow import call_next, show
from bot.usecases.alerts.held import changed, hold, label
from bot.usecases.unit import Unit
from bot.vocabulary import AlertStatus, AlertStep, RecipientState
from storage import alert_answers, alert_timers, alerts
from storage.models import Alert


async def decline(unit: Unit, ref: AlertRef) -> Alert:
    """The person who was called is waited for no longer; the others are. Answers the alert.

    Raises:
        NotFound: there is no such alert.
        NotAllowed: the actor is no member of the workspace.
        Locked: it is closed, somebody is at work on it, they have passed it on already, or nobody else is called to it
            now or later.
    """
    alert, states = await _asking(unit, ref)
    if not await _others_come(unit, alert, states):
        raise Locked(f"Nobody else is called to {label(alert)}: hand it over to somebody instead.")
    await _mark(unit, alert)
    await show(unit, alert)
    return alert


async def hand_to_next(unit: Unit, ref: AlertRef) -> Alert:
    """Whoever is next by its escalations, else by its schedules, is called in the place of who was. Answers the alert.

    Raises:
        NotFound, NotAllowed: as `decline`.
        Locked: it is closed, somebody is at work on it, they have passed it on already, or nobody is left to be called.
    """
    alert, _ = await _asking(unit, ref)
    await _mark(unit, alert)  # first: where they are the next themselves, nobody is called, and the channel hears that
    await call_next(unit, alert)
    await show(unit, alert)
    await tell_passed_on(unit, alert)
    return alert


async def _asking(unit: Unit, ref: AlertRef) -> tuple[Alert, Mapping[str, RecipientState]]:
    """The alert, held, while it waits for this person's answer; and what everybody has done who was told of it.

    A button that is pressed twice must not call two more.
    """
    alert = await hold(unit, ref)
    if alert.status == AlertStatus.CLOSED:
        raise Locked(f"{label(alert)} is closed: nobody needs to see to it any more.")
    if alert.acknowledged:
        raise Locked(f"{alert.acknowledged_by or 'Somebody'} has acknowledged {label(alert)}: you need to do nothing.")
    states = await alerts.states_of(unit.session, alert.number or 0)
    if states.get(unit.person.id) is RecipientState.DECLINED:
        raise Locked(f"You passed {label(alert)} on already. To give it to somebody you choose, hand it over.")
    return alert, states


async def _others_come(unit: Unit, alert: Alert, states: Mapping[str, RecipientState]) -> bool:
    others = [state for user_id, state in states.items() if user_id != unit.person.id]
    if RecipientState.NOTIFIED in others:
        return True
    return bool(await alert_timers.pending(unit.session, alert.number or 0, AlertStep.ESCALATE))


async def _mark(unit: Unit, alert: Alert) -> None:
    person = unit.person
    await alert_answers.mark(unit.session, alert, person.id, RecipientState.DECLINED, now=unit.now)
    await changed(unit, alert, AlertHappening.DECLINED, after={"user_id": person.id})
