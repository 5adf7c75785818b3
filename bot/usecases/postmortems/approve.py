"""Give one's approval."""

from __future__ import annotations

from collections.abc import Sequence

from bot.engines.lifecycle.review import Review, approved, count
from bot.errors import Locked
from bot.queries.history import Happening
from bot.usecases.postmortems.held import Held, happened, hold, put, tell_reviewers
from bot.usecases.unit import Unit
from bot.vocabulary import Verb
from storage import postmortems


class TextMovedOn(Locked):
    """The text is not the one that the approval was meant for."""


async def approve(unit: Unit, number: int, *, seen: Sequence[int] | None = None) -> Review:
    """Count the actor's approval; a second one changes nothing.

    `seen` is the text it is meant for: the versions of its sections in their order. A section that the actor wrote
    last counts as seen, for nobody can change a section without having its newest text before them. None: the text as
    it is, whatever it is.

    Raises:
        TextMovedOn: somebody else changed the text since it was seen.
        NotFound: no such postmortem.
        NotAllowed: the actor is not one of its reviewers, or its owner without `SELF_APPROVAL`.
        Locked: it is not in review.
    """
    held = await hold(unit, number, Verb.GIVE_VERDICT)
    review = approved(held.review, unit.person.id, now=unit.now, rules=held.rules)
    if review == held.review:
        return review
    if seen is not None:
        await _refuse_unseen(unit, held, seen)
    await put(unit, held, review)
    await happened(unit, held, Happening.APPROVED, after={"approvals": count(review, held.rules)})
    await tell_reviewers(unit, held, [each.user_id for each in review.reviewers])
    return review


async def _refuse_unseen(unit: Unit, held: Held, seen: Sequence[int]) -> None:
    sections = await postmortems.sections(unit.session, held.row.id)
    known = dict(enumerate(seen))
    changed = [each for place, each in enumerate(sections) if each.version != known.get(place)]
    if any(each.updated_by != unit.person.id for each in changed):
        raise TextMovedOn(
            f"The text of {held.label} changed after this message was shown to you: read it, then approve."
        )
