"""Give an alert to somebody."""

from __future__ import annotations

from typing import Unpack

from bot.errors import Locked
from bot.queries.alert_log import AlertHappening
from bot.queries.alerts import AlertRef
from bot.queries.people import as_person
from bot.usecases.alerts.flow import call_person, show
from bot.usecases.alerts.held import changed, label
from bot.usecases.alerts.said import Said, asked_by, held_for, note_down
from bot.usecases.fields import Faults, unfit
from bot.usecases.references import Ref, missing, people_named
from bot.usecases.unit import Unit
from bot.vocabulary import AlertStatus
from storage.models import Alert


async def assign(unit: Unit, ref: AlertRef, owner: Ref, **said: Unpack[Said]) -> Alert:
    """It has a new owner, who is told of it. Answers the alert.

    That acknowledges nothing: nobody has said yet that they are at work on it, and whoever else is to be told while
    nobody has, is told. The same owner again is told once more.

    Raises:
        NotFound: there is no such alert.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `owner`: there is no such user, or they cannot own it; `note`, `user`, `source`.
        Locked: it is closed.
    """
    faults = Faults()
    row = (await people_named(unit, [owner])).of(owner)
    person = as_person(row, unit.settings) if row else None
    faults.add("owner", unfit(person, task="own an alert") if person else missing("user", owner))
    alert = await held_for(unit, ref, said, faults)
    assert person is not None  # noqa: S101  else it was refused
    if alert.status == AlertStatus.CLOSED:
        raise Locked(f"{label(alert)} is closed: nobody is told of it any more.")
    before, alert.owner_id = alert.owner_id, person.id
    after = {"owner_id": person.id, **asked_by(said)}
    await changed(unit, alert, AlertHappening.ASSIGNED, before={"owner_id": before}, after=after)
    await note_down(unit, alert, said)
    await call_person(unit, alert, person.id)
    await show(unit, alert)
    return alert
