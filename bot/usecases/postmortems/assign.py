"""Give a postmortem to a new owner."""

from __future__ import annotations

from bot.engines.lifecycle.review import Review, assigned
from bot.queries import people
from bot.queries.history import Happening
from bot.usecases.fields import Faults, unfit
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.held import happened, hold, home_of, put, tell_person, tell_reviewers
from bot.usecases.unit import Unit
from bot.vocabulary import Verb


async def assign(unit: Unit, number: int, owner_id: str) -> Review:
    """Make somebody its owner and tell them. Its owner named again: nothing changes.

    A card without a channel lives with the owner: the new one gets a card, the old one's is brought up to date once.

    Raises:
        NotFound: no such postmortem.
        NotAllowed: the actor is no member of the workspace.
        Locked: it is published.
        BadFields: `owner`.
    """
    held = await hold(unit, number, Verb.ASSIGN)
    review = assigned(held.review, owner_id)
    if review == held.review:
        return review
    faults = Faults()
    faults.add("owner", unfit((await people.by_ids(unit.reading, [owner_id])).get(owner_id), task="own a postmortem"))
    faults.refuse()
    before = held.row.owner_id
    old_home = await home_of(unit, held.row)
    await put(unit, held, review)
    event_id = await happened(unit, held, Happening.ASSIGNED, before={"owner_id": before}, after={"owner_id": owner_id})
    if old_home and not held.row.channel:
        await unit.tell(MessageKind.CARD, held.row.id, old_home)
    await tell_person(unit, MessageKind.ASSIGNED, event_id, held, owner_id)
    await tell_reviewers(unit, held, [each.user_id for each in review.reviewers if review.asked_at])
    return review
