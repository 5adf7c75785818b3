"""`/oncall undo [@user]`: take back one's own last change, or somebody else's."""

from __future__ import annotations

from bot.errors import AlreadyDone, Mistake
from bot.queries import changes
from bot.queries.changes import Change
from bot.queries.people import Person
from bot.slack.cards.blocks import Card
from bot.slack.cards.undo import nothing_card, undone_card
from bot.slack.desk import Desk, Request
from bot.slack.words.mentions import extract
from bot.usecases.undo.take_back import take_back

USAGE = "`/oncall undo` takes back your own last change, `/oncall undo @name` somebody else's. Which do you mean?"


async def undo(request: Request, desk: Desk) -> Card:
    """Take back the last change that can be, and say what it was; or say why there is none."""
    mentions = extract(request.words, me=request.person.slack_id or "")
    if mentions.rest or mentions.unresolved or len(mentions.users) > 1:
        raise Mistake(USAGE)
    who = await desk.people.person(mentions.users[0]) if mentions.users else request.person
    async with desk.reader() as reading:
        change = await changes.newest(reading, who.id)
        is_possible = change is not None and change.undone is None and reading.now <= change.until
    if change is None or not is_possible:
        return nothing_card(change, who=who, me=request.person)
    return undone_card(await taken_back(change.id, request.person, desk, key=request.key), me=request.person)


async def taken_back(event_id: int, me: Person, desk: Desk, *, key: str) -> Change:
    """The change, taken back by this request or by an earlier one of the same key.

    Raises:
        Mistake: as `take_back`.
    """
    try:
        async with desk.units.begin(me, key=key) as unit:
            await take_back(unit, event_id)
    except AlreadyDone as done:
        event_id = int(done.outcome or event_id)
    async with desk.reader() as reading:
        change = await changes.by_id(reading, event_id)
    assert change is not None  # noqa: S101  events are never deleted
    return change
