"""Leave a person in peace about a postmortem until a day."""

from __future__ import annotations

from datetime import date, timedelta

from bot.engines import wallclock
from bot.errors import Locked
from bot.queries import people
from bot.queries.history import Happening
from bot.usecases.fields import Faults, wrong_text
from bot.usecases.postmortems.held import Held, happened, hold
from bot.usecases.reminders.plan import plan
from bot.usecases.unit import Unit
from bot.vocabulary import PostmortemStatus, Verb
from storage import actions, snoozes
from storage.models import Snooze

LONGEST = timedelta(days=366)
"""A snooze that nobody remembers having set is a reminder lost."""


async def snooze(unit: Unit, number: int, until: date, *, reason: str = "", for_user: str | None = None) -> None:
    """Nothing about it reaches a person before the morning of `until`, a day in their zone.

    For oneself it is nobody else's business: no card, no thread tells it. For another (`for_user`, their id) the
    thread does. The same again changes nothing: a press whose answer was lost is pressed once more.

    Raises:
        NotFound: no such postmortem.
        NotAllowed: the actor is no member; for others, neither owner, lead nor admin.
        Locked: it is published, and no action of it waits for that person.
        BadFields: `until`, `reason`, `user`.
    """
    user_id = for_user or unit.person.id
    is_own = user_id == unit.person.id
    held = await hold(unit, number, Verb.SNOOZE_SELF if is_own else Verb.SNOOZE_OTHERS)
    if held.review.status is PostmortemStatus.PUBLISHED and not await _owes(unit, held, user_id):
        raise Locked(f"{held.label} is published: there is nothing left to be reminded of.")
    await _check(unit, user_id, until, reason)
    reason = reason.strip()
    stored = await snoozes.of_person(unit.session, held.row.id, user_id)
    if stored and (stored.until, stored.reason) == (until, reason):
        return
    before = {"until": str(stored.until) if stored else None}
    by = unit.person.id
    row = stored or Snooze(postmortem_id=held.row.id, user_id=user_id, until=until, created_by=by)
    row.until, row.reason, row.created_by = until, reason, by
    unit.session.add(row)
    after = {"user_id": user_id, "until": str(until), "reason": reason}
    if is_own:
        await unit.event(Happening.SNOOZED, held.row.id, before=before, after=after)
        await plan(unit, held.row, held.reviewers)
    else:
        await happened(unit, held, Happening.SNOOZED, before=before, after=after)


async def _owes(unit: Unit, held: Held, user_id: str) -> bool:
    """Whether an action of it waits for that person: they are reminded of these also once it is published."""
    return any(each.owner_id == user_id for each in await actions.owed(unit.session, [held.row.id]))


async def _check(unit: Unit, user_id: str, until: date, reason: str) -> None:
    person = (await people.by_ids(unit.reading, [user_id])).get(user_id)
    faults = Faults()
    if person is None:
        faults.add("user", "This person is not known here. Choose somebody else.")
    elif until <= wallclock.to_local(unit.now, person.zone).date():
        faults.add("until", "Choose a day after today; reminders come again on its morning.")
    elif until > wallclock.to_local(unit.now, person.zone).date() + LONGEST:
        faults.add("until", f"{until.day} {until:%b %Y} is more than a year away. Choose a day before that.")
    faults.add("reason", wrong_text(reason.strip(), called="Reason"))
    faults.refuse()
