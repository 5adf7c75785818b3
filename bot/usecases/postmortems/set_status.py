"""Move a postmortem from any state to any other, as programs may."""

from __future__ import annotations

from dataclasses import replace

from bot.engines.lifecycle.review import Review, Reviewer, moved_by_program
from bot.queries import people
from bot.queries.actors import KeyHolder
from bot.queries.history import Happening
from bot.usecases.postmortems.held import Held, happened, hold, put, take, tell_reviewers
from bot.usecases.postmortems.publish import make_public
from bot.usecases.postmortems.reopen import unlock
from bot.usecases.postmortems.submit import ask_for_review, default_reviewers
from bot.usecases.unit import Unit
from bot.vocabulary import PostmortemStatus, Verb

VERBS = {
    PostmortemStatus.DRAFT: Verb.REOPEN,
    PostmortemStatus.IN_REVIEW: Verb.SUBMIT,
    PostmortemStatus.PUBLISHED: Verb.PUBLISH,
}


async def set_status(unit: Unit, number: int, status: PostmortemStatus) -> Review:
    """Give it that status, without verdicts, reviewers or a reason; the one it has already changes nothing.

    Everything follows as if people had done it: the announcement, the requests of the reviewers there are (where nobody
    was asked before, of those who review by default), the reminders.
    People are held to the review's rules and have verbs of their own.

    Raises:
        NotFound: no such postmortem.
        NotAllowed: the key acts for another team.
    """
    assert isinstance(unit.actor, KeyHolder), "this verb is for programs"  # noqa: S101  a caller's mistake
    held = await hold(unit, number, VERBS[status])
    if status is not held.review.status and held.review.status is PostmortemStatus.PUBLISHED:
        held = await take(unit, held.row, Verb.REOPEN)
        await unlock(unit, held, _moved(unit, held, PostmortemStatus.DRAFT), reason="")
    review = _moved(unit, held, status)
    if review.status is held.review.status:
        return held.review
    match status:
        case PostmortemStatus.PUBLISHED:
            await make_public(unit, held, review)
        case PostmortemStatus.IN_REVIEW:
            owner = (await people.by_ids(unit.reading, [held.row.owner_id]))[held.row.owner_id]
            if not review.reviewers:
                named = await default_reviewers(unit, held)
                review = replace(review, reviewers=tuple(Reviewer(each, unit.now) for each in named))
            await ask_for_review(unit, held, review, zone=owner.zone)
        case PostmortemStatus.DRAFT:
            await _withdraw(unit, held, review)
    return review


def _moved(unit: Unit, held: Held, status: PostmortemStatus) -> Review:
    return moved_by_program(held.review, status, now=unit.now)


async def _withdraw(unit: Unit, held: Held, review: Review) -> None:
    """Out of review without a word of its reviewers: their requests say that nothing is asked of them any more."""
    before = {"status": held.review.status}
    held.row.review_due_on = None
    await put(unit, held, review)
    await happened(unit, held, Happening.WITHDRAWN, before=before)
    await tell_reviewers(unit, held, [each.user_id for each in review.reviewers])
