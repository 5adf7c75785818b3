"""Take an acknowledgement back: nobody is at work on the alert any more."""

from __future__ import annotations

from typing import Unpack

from bot.errors import Locked
from bot.queries.alert_log import AlertHappening
from bot.queries.alerts import AlertRef
from bot.usecases.alerts.flow import begin, free, show
from bot.usecases.alerts.held import changed, label
from bot.usecases.alerts.said import Said, asked_by, held_for, note_down
from bot.usecases.unit import Unit
from bot.vocabulary import AlertStatus
from storage.models import Alert


async def unacknowledge(unit: Unit, ref: AlertRef, **said: Unpack[Said]) -> Alert:
    """It is as if it had just come: it has no owner, and its people are told from the beginning. Answers the alert.

    Raises:
        NotFound: there is no such alert.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `note`, `user`, `source`.
        Locked: it is closed, or nobody has acknowledged it.
    """
    alert = await held_for(unit, ref, said)
    if alert.status == AlertStatus.CLOSED:
        raise Locked(f"{label(alert)} is closed: nobody is told of it any more.")
    if not alert.acknowledged:
        raise Locked(f"Nobody has acknowledged {label(alert)}.")
    free(alert)
    alert.snoozed_until = None
    await changed(unit, alert, AlertHappening.UNACKNOWLEDGED, after=asked_by(said))
    await note_down(unit, alert, said)
    await begin(unit, alert)
    await show(unit, alert)
    return alert
