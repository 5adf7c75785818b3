"""Make a published postmortem a draft again."""

from __future__ import annotations

from bot.engines.lifecycle.due import draft_due
from bot.engines.lifecycle.review import Review, reopened
from bot.queries import people
from bot.queries.history import Happening
from bot.usecases.fields import Faults, wrong_text
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.held import Held, happened, hold, put, tell_reviewers
from bot.usecases.unit import Unit
from bot.vocabulary import Verb
from storage import deliveries


async def reopenable(unit: Unit, number: int) -> Held:
    """The postmortem, for an actor who may reopen it: asked before they are asked why.

    Raises:
        NotFound, NotAllowed, Locked: as `reopen`.
    """
    held = await hold(unit, number, Verb.REOPEN)
    reopened(held.review, reason="to be asked for")
    return held


async def reopen(unit: Unit, number: int, reason: str) -> Review:
    """Unlock it. All verdicts are void, and it is due anew, as if it were made now: nobody is late with it yet.

    Raises:
        NotFound: no such postmortem.
        NotAllowed: the actor is neither its owner, nor a reviewer, a lead of its team or an admin.
        Locked: it is not published.
        BadFields: `reason`.
    """
    held = await hold(unit, number, Verb.REOPEN)
    reason = reason.strip()
    review = reopened(held.review, reason=reason)
    faults = Faults()
    faults.add("reason", wrong_text(reason, called="Reason"))
    faults.refuse()
    await unlock(unit, held, review, reason=reason)
    return review


async def unlock(unit: Unit, held: Held, review: Review, *, reason: str) -> None:
    """Carry it out; programs give no reason."""
    owner = (await people.by_ids(unit.reading, [held.row.owner_id]))[held.row.owner_id]
    held.row.published_at = None
    held.row.draft_due_on = draft_due(
        made=unit.now, incident_ended=None, zone=owner.zone, working_days=unit.settings.postmortem_due_days
    )
    await put(unit, held, review)
    # The next publication is announced by a message of its own.
    await deliveries.close(unit.session, kind=MessageKind.PUBLISHED_ANNOUNCEMENT, subject=held.row.id)
    await happened(unit, held, Happening.REOPENED, after={"reason": reason, "due_on": str(held.row.draft_due_on)})
    await tell_reviewers(unit, held, [each.user_id for each in review.reviewers])
