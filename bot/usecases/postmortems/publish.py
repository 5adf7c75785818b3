"""Publish a postmortem: lock its text and announce it."""

from __future__ import annotations

from bot.engines.lifecycle.review import Review, published
from bot.queries.history import Happening
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.held import happened, hold, put, tell_reviewers
from bot.usecases.unit import Unit
from bot.vocabulary import Verb


async def publish(unit: Unit, number: int, *, channel: str | None = None) -> Review:
    """Publish it and announce it in `channel`; None: in its own channel, or nowhere where it has none.

    Raises:
        NotFound: no such postmortem.
        NotAllowed: the actor is neither its owner, nor a reviewer, a lead of its team or an admin.
        Locked: it is a draft, lacks approvals, or is published already.
    """
    held = await hold(unit, number, Verb.PUBLISH)
    review = published(held.review, held.rules)
    held.row.published_at = unit.now
    held.row.review_due_on = None
    await put(unit, held, review)
    where = channel or held.row.channel
    await happened(unit, held, Happening.PUBLISHED, after={"channel": where})
    if where:
        await unit.tell(MessageKind.PUBLISHED_ANNOUNCEMENT, held.row.id, where)
    await tell_reviewers(unit, held, [each.user_id for each in review.reviewers])
    return review
