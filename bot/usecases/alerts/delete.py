"""Delete an alert."""

from __future__ import annotations

from typing import Unpack

from bot.queries.alert_log import AlertHappening
from bot.queries.alerts import AlertRef
from bot.usecases.alerts.flow import show, stand_down
from bot.usecases.alerts.held import changed
from bot.usecases.alerts.said import Said, asked_by, held_for
from bot.usecases.unit import Unit
from storage.models import Alert


async def delete(unit: Unit, ref: AlertRef, **said: Unpack[Said]) -> Alert:
    """It is gone with its notes and all that was to be done about it; answers what it was. What happened to it stays.

    Raises:
        NotFound: there is no such alert.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `user`, `source`.
    """
    alert = await held_for(unit, ref, said)
    before = {
        "number": alert.number,
        "alias": alert.alias,
        "message": alert.message,
        "priority": str(alert.priority),
        "status": str(alert.status),
    }
    await stand_down(unit, alert, closed=True)
    await show(unit, alert)
    await changed(unit, alert, AlertHappening.DELETED, before=before, after=asked_by(said))
    await unit.session.delete(alert)
    await unit.session.flush()
    return alert
