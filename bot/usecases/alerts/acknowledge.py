"""Acknowledge an alert: somebody is at work on it."""

from __future__ import annotations

from typing import Unpack

from bot.errors import Locked
from bot.queries.alert_log import AlertHappening
from bot.queries.alerts import AlertRef
from bot.usecases.alerts.flow import show, stand_down
from bot.usecases.alerts.held import changed, label
from bot.usecases.alerts.said import Said, asked_by, by_whom, come_second, held_for, note_down, person_meant, was_first
from bot.usecases.unit import Unit
from bot.vocabulary import AlertStatus, RecipientState
from storage import alert_answers
from storage.models import Alert


async def acknowledge(unit: Unit, ref: AlertRef, **said: Unpack[Said]) -> Alert:
    """It has an owner from now on: the person who acknowledges, or whom a program names by their e-mail.

    Escalations stop where they wait for it, and a snooze or a delay ends. Where somebody was first nothing changes: a
    person is told who, for a program it is done, `unit.outcome` saying who was first. Answers the alert.

    Raises:
        NotFound: there is no such alert.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `note`, `user`, `source`.
        Locked: it is closed; or, for a person, somebody was first.
    """
    alert = await held_for(unit, ref, said)
    if alert.status == AlertStatus.CLOSED:
        raise Locked(f"{label(alert)} is closed: there is nothing left to acknowledge.")
    if alert.acknowledged:
        come_second(unit, was_first(unit, alert, did="acknowledged", name=alert.acknowledged_by))
    else:
        await _take(unit, alert, said)
    await note_down(unit, alert, said)
    return alert


async def _take(unit: Unit, alert: Alert, said: Said) -> None:
    person_id = await person_meant(unit, said)
    alert.acknowledged = alert.is_seen = True
    alert.acknowledged_at, alert.acknowledged_by = unit.now, by_whom(unit, said)
    alert.owner_id = person_id or alert.owner_id
    alert.snoozed_until = None
    await changed(unit, alert, AlertHappening.ACKNOWLEDGED, after=asked_by(said))
    if person_id:
        await alert_answers.mark(unit.session, alert, person_id, RecipientState.ACKNOWLEDGED, now=unit.now)
    await stand_down(unit, alert, closed=False)
    await show(unit, alert)
