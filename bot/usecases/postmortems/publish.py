"""Publish a postmortem: lock its text and announce it."""

from __future__ import annotations

from bot.engines.lifecycle.review import Review, published, waiting
from bot.queries import people
from bot.queries.history import Happening
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.held import Held, happened, hold, put, tell_reviewers
from bot.usecases.unit import Unit
from bot.vocabulary import Verb
from storage import snoozes


async def publish(unit: Unit, number: int, *, channel: str | None = None) -> Review:
    """Publish it and announce it in `channel`; None: in its own channel, or nowhere where it has none.

    Every snooze ends with it: one of a text to write or to judge must not silence the actions that follow.

    Raises:
        NotFound: no such postmortem.
        NotAllowed: the actor is neither its owner, nor a reviewer, a lead of its team or an admin.
        Locked: it is a draft, lacks approvals (the sentence names whose), or is published already.
    """
    held = await hold(unit, number, Verb.PUBLISH)
    review = published(held.review, held.rules, awaited=await _awaited(unit, held))
    held.row.published_at = unit.now
    held.row.review_due_on = None
    await put(unit, held, review)
    for snooze in await snoozes.of_postmortems(unit.session, [held.row.id]):
        await unit.session.delete(snooze)
    where = channel or held.row.channel
    await happened(unit, held, Happening.PUBLISHED, after={"channel": where})
    if where:
        await unit.tell(MessageKind.PUBLISHED_ANNOUNCEMENT, held.row.id, where)
    await tell_reviewers(unit, held, [each.user_id for each in review.reviewers])
    return review


async def _awaited(unit: Unit, held: Held) -> list[str]:
    ids = waiting(held.review, held.rules)
    known = await people.by_ids(unit.reading, ids)
    return [known[each].name for each in ids]
