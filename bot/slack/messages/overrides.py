"""Messages about an override, to those whom it concerns, as they read now."""

from __future__ import annotations

from bot.queries import changes, people
from bot.queries.changes import Change
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.slack.cards.override import put_on_card, replaced_card
from bot.slack.rendered import Told
from bot.usecases.deliveries.claim import Claimed


async def put_on_call(reading: Reading, claimed: Claimed) -> Told | None:
    """To who is on call by it; edited once it is taken back."""
    change, me = await _about(reading, claimed)
    if change is None or me is None or not _is_worth_telling(change, me, claimed):
        return None
    return Told(put_on_card(change, me))


async def replaced(reading: Reading, claimed: Claimed) -> Told | None:
    """To who would be on call without it; edited once it is taken back."""
    change, me = await _about(reading, claimed)
    if change is None or me is None or not _is_worth_telling(change, me, claimed):
        return None
    return Told(replaced_card(change, me))


async def _about(reading: Reading, claimed: Claimed) -> tuple[Change | None, Person | None]:
    change = await changes.by_id(reading, int(claimed.subject))
    return change, await people.by_slack_id(reading, claimed.recipient)


def _is_worth_telling(change: Change, me: Person, claimed: Claimed) -> bool:
    """What was taken back before it was told is told only to who made it, and only where somebody else undid it."""
    if change.undone is None or claimed.ts is not None or claimed.forsaken:
        return True
    made_it = change.actor is not None and change.actor.id == me.id
    undid_it = change.undone.by is not None and change.undone.by.id == me.id
    return made_it and not undid_it
