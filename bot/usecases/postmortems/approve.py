"""Give one's approval."""

from __future__ import annotations

from bot.engines.lifecycle.review import Review, approved, count
from bot.queries.history import Happening
from bot.usecases.postmortems.held import happened, hold, put, tell_reviewers
from bot.usecases.unit import Unit
from bot.vocabulary import Verb


async def approve(unit: Unit, number: int) -> Review:
    """Count the actor's approval; a second one changes nothing.

    Raises:
        NotFound: no such postmortem.
        NotAllowed: the actor is not one of its reviewers, or its owner without `SELF_APPROVAL`.
        Locked: it is not in review.
    """
    held = await hold(unit, number, Verb.GIVE_VERDICT)
    review = approved(held.review, unit.person.id, now=unit.now, rules=held.rules)
    if review == held.review:
        return review
    await put(unit, held, review)
    await happened(unit, held, Happening.APPROVED, after={"approvals": count(review, held.rules)})
    await tell_reviewers(unit, held, [each.user_id for each in review.reviewers])
    return review
