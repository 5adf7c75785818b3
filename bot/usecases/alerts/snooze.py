"""Snooze an alert: its people are left alone for a while."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Unpack

from bot.errors import Locked
from bot.queries.alert_log import AlertHappening
from bot.queries.alerts import AlertRef
from bot.usecases.alerts.flow import pause, show
from bot.usecases.alerts.held import changed, label
from bot.usecases.alerts.said import Said, asked_by, held_for, note_down
from bot.usecases.fields import Faults
from bot.usecases.unit import Unit
from bot.vocabulary import AlertStatus
from storage.models import Alert

LONGEST = timedelta(days=7)
"""As Opsgenie has it: who needs longer means to close it."""


async def snooze(unit: Unit, ref: AlertRef, until: datetime, **said: Unpack[Said]) -> Alert:
    """Nobody is told of it until then; again while it is snoozed, the new end counts. Answers the alert.

    Raises:
        NotFound: there is no such alert.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `endTime`, `note`, `user`, `source`.
        Locked: it is closed.
    """
    faults = Faults()
    faults.add("endTime", _wrong_end(until, unit.now))
    alert = await held_for(unit, ref, said, faults)
    if alert.status == AlertStatus.CLOSED:
        raise Locked(f"{label(alert)} is closed: nobody is told of it any more.")
    alert.snoozed_until = until
    await changed(unit, alert, AlertHappening.SNOOZED, after={"until": until.isoformat(), **asked_by(said)})
    await note_down(unit, alert, said)
    await pause(unit, alert, until)
    await show(unit, alert)
    return alert


def _wrong_end(until: datetime, now: datetime) -> str | None:
    if until <= now:
        return "endTime: this is past. Choose a time that is to come."
    return f"endTime: at most {LONGEST.days} days from now." if until > now + LONGEST else None
