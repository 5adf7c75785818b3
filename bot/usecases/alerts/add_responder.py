"""Bring an alert to one more: a person, a team, a schedule or an escalation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack

from bot.errors import Locked
from bot.queries.alerts import AlertRef
from bot.usecases.alerts.flow import call_responder, show
from bot.usecases.alerts.held import label
from bot.usecases.alerts.said import Said, held_for, note_down
from bot.usecases.alerts.wanted import MOST_RESPONDERS, WantedResponder
from bot.usecases.fields import Faults
from bot.usecases.references import Ref, missing, named, people_named
from bot.usecases.unit import Unit
from bot.vocabulary import AlertResponderKind, AlertStatus
from storage import alerts
from storage.models import Alert, Escalation, Schedule, Team

TABLES: Mapping[AlertResponderKind, Any] = {
    AlertResponderKind.TEAM: Team,
    AlertResponderKind.SCHEDULE: Schedule,
    AlertResponderKind.ESCALATION: Escalation,
}


async def add_responder(
    unit: Unit, ref: AlertRef, wanted: WantedResponder, *, field: str = "responder", **said: Unpack[Said]
) -> Alert:
    """They are told of it now; who was a responder already is told once more. Answers the alert.

    `field` is what the request calls them.

    Raises:
        NotFound: there is no such alert.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `field`, `note`, `user`, `source`.
        Locked: it is closed, or has as many responders as an alert can have.
    """
    faults = Faults()
    found = await id_of(unit, wanted.kind, wanted.ref)
    faults.add(field, None if found else missing(wanted.kind, wanted.ref))
    alert = await held_for(unit, ref, said, faults)
    assert found is not None  # noqa: S101  else it was refused
    if alert.status == AlertStatus.CLOSED:
        raise Locked(f"{label(alert)} is closed: nobody is told of it any more.")
    there = [(each.kind, each.responder_id) for each in await _responders(unit, alert)]
    if len(there) >= MOST_RESPONDERS and (wanted.kind, found) not in there:
        raise Locked(f"{label(alert)} has {MOST_RESPONDERS} responders, which is as many as an alert can have.")
    await note_down(unit, alert, said)
    await call_responder(unit, alert, wanted.kind, found)
    await show(unit, alert)
    return alert


async def id_of(unit: Unit, kind: AlertResponderKind, ref: Ref) -> str | None:
    """The id of whom a request names; None where there is nobody, or nothing, of that kind within reach."""
    if kind is AlertResponderKind.USER:
        person = (await people_named(unit, [ref])).of(ref)
        return person.id if person else None
    row = (await named(unit, TABLES[kind], [ref])).of(ref)
    return row.id if row else None


async def _responders(unit: Unit, alert: Alert) -> list[Any]:
    assert alert.number is not None  # noqa: S101  a row that was read
    return (await alerts.responders_of(unit.session, [alert.number]))[alert.number]
