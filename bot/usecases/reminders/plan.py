"""Plan who hears of a postmortem next: asked after every change of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.engines.cadence.facts import Nudge
from bot.engines.cadence.mornings import send_at
from bot.queries.cadence import Cadence, cadence_of
from bot.usecases.reminders.morning import show_what_was_done
from bot.usecases.unit import Unit
from storage import models, reminders
from storage.models import Reminder


async def plan(
    unit: Unit, postmortem: models.Postmortem, reviewers: Sequence[models.Reviewer], *, since: datetime | None = None
) -> None:
    """Set the reminders of one postmortem to what follows from its facts as they are now.

    A reminder that is due and was not told yet (nobody was awake) stays due, where the facts still ask for it. The
    actor's morning message, once they pressed something in it, says what has become of it. The caller holds the
    postmortem's row, and has its reviewers in hands.
    """
    await unit.session.flush()
    cadence = await cadence_of(unit.reading, [postmortem], reviewers={postmortem.id: reviewers})
    rows = {row.recipient: row for row in await reminders.of_postmortem(unit.session, postmortem.id, lock=True)}
    wanted = {each.recipient: each for each in cadence.next_nudges(postmortem.id, after=since or unit.now)}
    wanted |= _overdue(unit, cadence, rows)
    for recipient in rows.keys() - wanted.keys():
        await unit.session.delete(rows[recipient])
    planned = []
    for recipient, nudge in wanted.items():
        late = send_at(unit.now, cadence.zones.of(recipient), cadence.hour)
        new = _new(postmortem.id, nudge, nudge.at if nudge.at > unit.now else late)
        row = rows.get(recipient)
        if row is None or (row.kind, row.planned_at, row.due_at) != (new.kind, new.planned_at, new.due_at):
            planned.append(new)
    await reminders.put_planned(unit.session, planned)
    # Last, for a waking takes reminders before messages too: in one order nobody waits for the other in a circle.
    await show_what_was_done(unit, postmortem.id)


async def plan_newcomers(unit: Unit, cadence: Cadence, postmortem_ids: Iterable[str]) -> None:
    """Plan for those who hear of postmortems since facts changed that are no postmortem's: a new admin, a new lead.

    A postmortem in somebody's hands is left to them, who plan it. Asked last in a transaction, for it locks the others.
    """
    await unit.session.flush()
    newcomers = await _newcomers(unit, cadence, postmortem_ids)
    if not newcomers:
        return
    free = await reminders.lock_free(unit.session, {postmortem_id for postmortem_id, _ in newcomers})
    # Asked again: whoever held one of them until now may have planned for them.
    for postmortem_id, nudge in await _newcomers(unit, cadence, free):
        unit.session.add(_new(postmortem_id, nudge, nudge.at))


async def _newcomers(unit: Unit, cadence: Cadence, postmortem_ids: Iterable[str]) -> list[tuple[str, Nudge]]:
    ids = list(postmortem_ids)
    known = await reminders.recipients(unit.session, ids)
    nudges = ((each, nudge) for each in ids for nudge in cadence.next_nudges(each, after=unit.now))
    return [(each, nudge) for each, nudge in nudges if (each, nudge.recipient) not in known]


def _new(postmortem_id: str, nudge: Nudge, due_at: datetime) -> Reminder:
    return Reminder(
        postmortem_id=postmortem_id, recipient=nudge.recipient, kind=nudge.kind, planned_at=nudge.at, due_at=due_at
    )


def _overdue(unit: Unit, cadence: Cadence, rows: dict[str, Reminder]) -> dict[str, Nudge]:
    """The nudges of mornings past that were not told, by recipient."""
    missed = (
        cadence.nudge_since(row.postmortem_id, recipient, morning=row.planned_at, now=unit.now)
        for recipient, row in rows.items()
        if row.planned_at <= unit.now
    )
    return {nudge.recipient: nudge for nudge in missed if nudge}
