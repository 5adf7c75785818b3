"""Send a postmortem back to its owner with what should change."""

from __future__ import annotations

from bot.engines.lifecycle.review import Review, changes_requested
from bot.queries.history import Happening
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.comment import meant, remark
from bot.usecases.postmortems.held import Held, happened, hold, put, tell_person, tell_reviewers
from bot.usecases.unit import Unit
from bot.vocabulary import PostmortemStatus, Verb, Verdict


async def request_changes(unit: Unit, number: int, text: str, *, section: str | None = None) -> Review:
    """Make it a draft again and tell its owner why; every earlier approval is void. The same request again is one.

    Raises:
        NotFound: no such postmortem.
        NotAllowed: the actor is not one of its reviewers, or its owner without `SELF_APPROVAL`.
        Locked: it is not in review.
        BadFields: `text`, `section`.
    """
    held = await hold(unit, number, Verb.GIVE_VERDICT)
    text = text.strip()
    if _is_repeated(unit, held, text):
        return held.review
    review = changes_requested(held.review, unit.person.id, now=unit.now, rules=held.rules)
    usage = f"/postmortem changes {held.label} text"
    about = await meant(unit, held, text, section, called="What should change", usage=usage)
    void = [each.user_id for each in held.review.reviewers if each.verdict is Verdict.APPROVED]
    held.row.review_due_on = None
    await put(unit, held, review)
    for reviewer in held.reviewers:
        reviewer.note = text if reviewer.user_id == unit.person.id else ""
    await remark(unit, held, text, about, verdict=Verdict.CHANGES_REQUESTED)
    event_id = await happened(
        unit,
        held,
        Happening.CHANGES_REQUESTED,
        before={"reviewer_ids": void},
        after={"text": text, "section": about.title if about else None},
    )
    await tell_person(unit, MessageKind.CHANGES_REQUESTED, event_id, held, held.row.owner_id)
    await tell_reviewers(unit, held, [each.user_id for each in review.reviewers])
    return review


def _is_repeated(unit: Unit, held: Held, text: str) -> bool:
    is_draft = held.review.status is PostmortemStatus.DRAFT
    return is_draft and any(
        each.user_id == unit.person.id and each.verdict == Verdict.CHANGES_REQUESTED and each.note == text
        for each in held.reviewers
    )
