"""One of an alert's own actions was chosen."""

from __future__ import annotations

from typing import Unpack

from bot.errors import Locked
from bot.queries.alert_log import AlertHappening
from bot.queries.alerts import AlertRef
from bot.usecases.alerts.held import changed, label
from bot.usecases.alerts.said import Said, asked_by, held_for, note_down
from bot.usecases.unit import Unit
from storage.models import Alert


async def act(unit: Unit, ref: AlertRef, action: str, **said: Unpack[Said]) -> Alert:
    """Write down that somebody chose one of the actions that it came with; what it means is up to who reads the log.

    Answers the alert.

    Raises:
        NotFound: there is no such alert.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `note`, `user`, `source`.
        Locked: it has no such action.
    """
    alert = await held_for(unit, ref, said)
    if action not in alert.actions:
        known = f"It has: {', '.join(alert.actions)}." if alert.actions else "It has none."
        raise Locked(f"{label(alert)} has no action [{action}]. {known}")
    await changed(unit, alert, AlertHappening.ACTED, after={"action": action, **asked_by(said)})
    await note_down(unit, alert, said)
    return alert
