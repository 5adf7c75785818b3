"""Ask for a draft's review, or name one more reviewer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.engines import wallclock
from bot.engines.lifecycle.due import review_due
from bot.engines.lifecycle.review import Review, submitted, waiting
from bot.queries import people
from bot.queries.history import Happening
from bot.queries.people import Person
from bot.queries.reviewers import proposed_for
from bot.usecases.fields import Faults, unfit
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.held import Held, happened, hold, put, tell_reviewers
from bot.usecases.unit import Unit
from bot.vocabulary import PostmortemStatus, Verb
from storage import deliveries


async def submit(unit: Unit, number: int, reviewers: Sequence[str] = (), *, due_on: date | None = None) -> Review:
    """Put it into review and ask each reviewer by direct message.

    Nobody named: those asked before who have not left; where nobody was, who reviews by default what strikes its
    services, or else concerns its team.

    `reviewers` are ids of people. `due_on` None: two working days. In review already: the new ones are asked too.

    Raises:
        NotFound: no such postmortem.
        NotAllowed: the actor is no member of the workspace.
        BadFields: `reviewers`, `due_on`.
        Locked: it is published, or in review and nobody new is named.
    """
    held = await hold(unit, number, Verb.SUBMIT)
    earlier = held.review
    known = await people.by_ids(unit.reading, [held.row.owner_id, *reviewers])
    owner = known[held.row.owner_id]
    _check(unit, reviewers, known, owner, due_on)
    if not reviewers and not _asked_before(earlier):
        reviewers = await default_reviewers(unit, held)
    review = submitted(earlier, reviewers=reviewers, now=unit.now, rules=held.rules)
    await ask_for_review(unit, held, review, zone=owner.zone, due_on=due_on)
    return review


async def default_reviewers(unit: Unit, held: Held) -> list[str]:
    """The ids of those who review it unless somebody else is named."""
    return [each.id for each in await proposed_for(unit.reading, held.row)]


async def ask_for_review(unit: Unit, held: Held, review: Review, *, zone: ZoneInfo, due_on: date | None = None) -> None:
    """Carry it out, however the engine came to the review: whoever is new hears of it. `zone` is where the owner is."""
    earlier = held.review
    is_new_round = earlier.status is not review.status
    if is_new_round or due_on:
        held.row.review_due_on = review_due(asked=unit.now, zone=zone, chosen=due_on)
    await put(unit, held, review)
    asked = _asked(held, earlier, is_new_round=is_new_round)
    after = {"status": review.status, "reviewer_ids": asked, "due_on": str(held.row.review_due_on)}
    await happened(unit, held, Happening.SUBMITTED, before={"status": earlier.status}, after=after)
    if is_new_round:
        await _forget_last_requests(unit, held, asked)
    await tell_reviewers(unit, held, asked)


def _asked_before(earlier: Review) -> bool:
    """Whether it is in review, or somebody is left of those who reviewed it."""
    if earlier.status is not PostmortemStatus.DRAFT:
        return True
    return any(not each.has_left and each.user_id != earlier.owner_id for each in earlier.reviewers)


def _check(unit: Unit, reviewers: Sequence[str], known: dict[str, Person], owner: Person, due_on: date | None) -> None:
    faults = Faults()
    for reviewer in reviewers:
        faults.add("reviewers", unfit(known.get(reviewer), task="review"))
    if due_on and due_on < wallclock.to_local(unit.now, owner.zone).date():
        faults.add("due_on", "Due: this day is past. Choose today or later.")
    faults.refuse()


def _asked(held: Held, earlier: Review, *, is_new_round: bool) -> list[str]:
    known = set() if is_new_round else {each.user_id for each in earlier.reviewers}
    return [each for each in waiting(held.review, held.rules) if each not in known]


async def _forget_last_requests(unit: Unit, held: Held, reviewer_ids: Sequence[str]) -> None:
    """A new round is a new message: an edit of the old one would reach nobody."""
    known = await people.by_ids(unit.reading, reviewer_ids)
    for slack_id in sorted(each.slack_id for each in known.values() if each.slack_id):
        await deliveries.close(unit.session, kind=MessageKind.REVIEW_REQUEST, subject=held.row.id, recipient=slack_id)
