"""`/postmortem delete` and its `undo`."""

from __future__ import annotations

from bot.errors import NotFound
from bot.queries import deletions, documents
from bot.queries.deletions import UNDO_WITHIN
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.deletion import back_card, confirmation_card, gone_card
from bot.slack.commands.postmortem.about import spoken
from bot.slack.desk import Desk, Request
from bot.usecases.postmortems import delete as deleting
from bot.usecases.postmortems.undelete import undelete

SURE = "yes"
"""What the button of the confirmation adds; who types it has said so."""


async def delete(request: Request, desk: Desk) -> Card | Block:
    """`delete PM-12`: asks first, with what will be gone; `delete PM-12 yes` deletes it."""
    number, words = spoken(request.words)
    if words.casefold() == SURE:
        return await _deleted(number, request, desk)
    async with desk.units.begin(request.person) as unit:
        await deleting.deletable(unit, number)
    async with desk.reader() as reading:
        return confirmation_card(await documents.by_number(reading, number, request.person))


async def undo(request: Request, desk: Desk) -> Card | Block:
    """`undo PM-12`: brings back what was deleted; without a number, what the asker deleted last."""
    number = spoken(request.words)[0] if request.words.strip() else await _last(request, desk)
    async with desk.units.begin(request.person, key=request.key) as unit:
        held = await undelete(unit, number)
        unit.outcome = f"{held.label} is back"
    return back_card(held.label)


async def _last(request: Request, desk: Desk) -> int:
    async with desk.reader() as reading:
        last = await deletions.last_of(reading, request.person)
    if last is None:
        raise NotFound("You deleted nothing in the last ten minutes. For another's: `/postmortem undo PM-12`.")
    return last.number


async def _deleted(number: int, request: Request, desk: Desk) -> Card:
    async with desk.units.begin(request.person, key=request.key) as unit:
        held = await deleting.delete(unit, number)
        unit.outcome = f"{held.label} is deleted"
        until = unit.now + UNDO_WITHIN
    return gone_card(held.label, until)
