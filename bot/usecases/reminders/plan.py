"""Plan who hears of a postmortem next: asked after every change of it."""

from __future__ import annotations

from datetime import datetime

from bot.engines.cadence.facts import Nudge
from bot.engines.cadence.mornings import send_at
from bot.queries.cadence import Cadence, cadence_of
from bot.usecases.unit import Unit
from storage import models, reminders
from storage.models import Reminder


async def plan(unit: Unit, postmortem: models.Postmortem) -> None:
    """Set the reminders of one postmortem to what follows from its facts as they are now.

    A reminder that is due and was not told yet (nobody was awake) stays due, where the facts still ask for it. The
    caller holds the postmortem's row.
    """
    await unit.session.flush()
    cadence = await cadence_of(unit.reading, [postmortem])
    rows = {row.recipient: row for row in await reminders.of_postmortem(unit.session, postmortem.id, lock=True)}
    wanted = {each.recipient: each for each in cadence.next_nudges(postmortem.id, after=unit.now)}
    wanted |= _overdue(unit, cadence, rows)
    for recipient in rows.keys() - wanted.keys():
        await unit.session.delete(rows[recipient])
    for recipient, nudge in wanted.items():
        late = send_at(unit.now, cadence.zones.of(recipient), cadence.hour)
        due_at = nudge.at if nudge.at > unit.now else late
        row = rows.get(recipient)
        if row is None:
            unit.session.add(_new(postmortem, nudge, due_at))
        else:
            row.kind, row.planned_at, row.due_at = nudge.kind, nudge.at, due_at


def _new(postmortem: models.Postmortem, nudge: Nudge, due_at: datetime) -> Reminder:
    return Reminder(
        postmortem_id=postmortem.id, recipient=nudge.recipient, kind=nudge.kind, planned_at=nudge.at, due_at=due_at
    )


def _overdue(unit: Unit, cadence: Cadence, rows: dict[str, Reminder]) -> dict[str, Nudge]:
    """The nudges of mornings past that were not told, by recipient."""
    missed = (
        cadence.nudge_since(row.postmortem_id, recipient, morning=row.planned_at, now=unit.now)
        for recipient, row in rows.items()
        if row.planned_at <= unit.now
    )
    return {nudge.recipient: nudge for nudge in missed if nudge}
