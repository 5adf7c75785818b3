"""Close an alert: nothing is left to be done about it."""

from __future__ import annotations

from typing import Unpack

from bot.queries.alert_log import AlertHappening
from bot.queries.alerts import AlertRef
from bot.usecases.alerts.flow import show, stand_down
from bot.usecases.alerts.held import changed
from bot.usecases.alerts.said import Said, asked_by, by_whom, come_second, held_for, note_down, was_first
from bot.usecases.unit import Unit
from bot.vocabulary import AlertStatus
from storage.models import Alert


async def close(unit: Unit, ref: AlertRef, **said: Unpack[Said]) -> Alert:
    """Nobody is told of it any more, and its alias is free: the same again is a new alert. Answers the alert.

    Where it is closed nothing changes: a person is told who was first, for a program it is done, `unit.outcome` saying
    who was first. Of an alias only the open alert is meant: by it, one that is closed is not found.

    Raises:
        NotFound: there is no such alert.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `note`, `user`, `source`.
        Locked: it is closed, and a person asks.
    """
    alert = await held_for(unit, ref, said)
    if alert.status == AlertStatus.CLOSED:
        come_second(unit, was_first(unit, alert, did="closed", name=alert.closed_by))
    else:
        alert.status = AlertStatus.CLOSED
        alert.closed_at, alert.closed_by = unit.now, by_whom(unit, said)
        alert.snoozed_until = None
        await changed(unit, alert, AlertHappening.CLOSED, after=asked_by(said))
        await stand_down(unit, alert, closed=True)
        await show(unit, alert)
    await note_down(unit, alert, said)
    return alert
