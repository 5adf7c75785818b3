"""Have an escalation take its next step now."""

from __future__ import annotations

from typing import Unpack

from bot.errors import Locked
from bot.queries.alerts import AlertRef
from bot.usecases.alerts.add_responder import id_of
from bot.usecases.alerts.flow import call_next, show
from bot.usecases.alerts.held import label
from bot.usecases.alerts.said import Said, held_for, note_down
from bot.usecases.fields import Faults
from bot.usecases.references import Ref, missing
from bot.usecases.unit import Unit
from bot.vocabulary import AlertResponderKind, AlertStatus
from storage.models import Alert


async def escalate(unit: Unit, ref: AlertRef, escalation: Ref | None = None, **said: Unpack[Said]) -> Alert:
    """Whoever is next is told at once. One that the alert was not brought to yet begins; without one, see `call_next`.

    Answers the alert.

    Raises:
        NotFound: there is no such alert.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `escalation`, `note`, `user`, `source`.
        Locked: it is closed, or nobody is left to be told.
    """
    faults = Faults()
    found = await id_of(unit, AlertResponderKind.ESCALATION, escalation) if escalation else None
    faults.add("escalation", missing("escalation", escalation) if escalation and not found else None)
    alert = await held_for(unit, ref, said, faults)
    if alert.status == AlertStatus.CLOSED:
        raise Locked(f"{label(alert)} is closed: nobody is told of it any more.")
    await note_down(unit, alert, said)
    await call_next(unit, alert, found)
    await show(unit, alert)
    return alert
