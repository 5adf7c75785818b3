"""Publish a postmortem: lock its text, freeze all of it as its next version, and announce it."""

from __future__ import annotations

from bot.engines.lifecycle.review import Review, published, waiting
from bot.engines.papers import Paper, Warnings, warnings_of
from bot.errors import Locked
from bot.queries import people
from bot.queries.history import Happening
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.freeze import freeze
from bot.usecases.postmortems.held import Held, happened, hold, put, tell_reviewers
from bot.usecases.unit import Unit
from bot.vocabulary import Verb
from storage import snoozes


class LooksSecret(Locked):
    """Something in it looks like a secret, and whoever publishes it wanted to be asked then."""


async def publish(
    unit: Unit, number: int, *, channel: str | None = None, heeds_secrets: bool = False
) -> tuple[Review, Warnings]:
    """Publish it and announce it in `channel`; None: in its own channel, or nowhere where it has none.

    Answers also what in it is worth a look.
    Every snooze ends with it: one of a text to write or to judge must not silence the actions that follow.

    Raises:
        NotFound: no such postmortem.
        NotAllowed: the actor is neither its owner, nor a reviewer, a lead of its team or an admin.
        Locked: it is a draft, lacks approvals (the sentence names whose), or is published already.
        LooksSecret: with `heeds_secrets`, where something in it looks like a secret.
    """
    held = await hold(unit, number, Verb.PUBLISH)
    review = published(held.review, held.rules, awaited=await _awaited(unit, held))
    warnings = warnings_of(await make_public(unit, held, review, channel=channel))
    if heeds_secrets and warnings.secrets:
        raise LooksSecret(f"Something in {held.label} looks like a secret. Look at it before it is published.")
    return review, warnings


async def publishable(unit: Unit, number: int) -> Held:
    """The postmortem, for an actor who may publish it now: asked before they are shown what others will read.

    Raises:
        NotFound, NotAllowed, Locked: as `publish`.
    """
    held = await hold(unit, number, Verb.PUBLISH)
    published(held.review, held.rules, awaited=await _awaited(unit, held))
    return held


async def make_public(unit: Unit, held: Held, review: Review, *, channel: str | None = None) -> Paper:
    """Carry it out, however the engine came to the published review: for people by verdicts, for programs without."""
    held.row.published_at = unit.now
    held.row.review_due_on = None
    await put(unit, held, review)
    paper = await freeze(unit, held)
    await snoozes.end_all(unit.session, held.row.id)
    where = channel or held.row.channel
    await happened(unit, held, Happening.PUBLISHED, after={"channel": where, "version": paper.version})
    if where:
        await unit.tell(MessageKind.PUBLISHED_ANNOUNCEMENT, held.row.id, where)
    await tell_reviewers(unit, held, [each.user_id for each in review.reviewers])
    return paper


async def _awaited(unit: Unit, held: Held) -> list[str]:
    ids = waiting(held.review, held.rules)
    known = await people.by_ids(unit.reading, ids)
    return [known[each].name for each in ids]
