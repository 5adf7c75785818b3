"""Who hears of an override, by direct message: whom it puts on call and whom it replaces, but not who made it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.queries import people
from bot.queries.changes import Change
from bot.queries.people import Person
from bot.usecases.messages import MessageKind
from bot.usecases.unit import Unit


async def tell_of(unit: Unit, event_id: int, *, put_on: Person | None, replaced: Iterable[Person]) -> None:
    """Have those told whom the override that this event writes down concerns."""
    if put_on:
        await _tell_one(unit, MessageKind.PUT_ON_CALL, event_id, put_on)
    for person in replaced:
        await _tell_one(unit, MessageKind.REPLACED, event_id, person)


async def tell_taken_back(unit: Unit, change: Change) -> None:
    """Have the messages of the override edited; who had put themselves on call hears of it if somebody else undid it.

    Who undid it needs no message, but theirs is brought up to date where they have one.
    """
    replaced, put_on = change.after["replaced"], change.after["user_id"]
    maker, me = change.actor.id if change.actor else None, unit.acting_person.id if unit.acting_person else None
    known = await people.by_ids(unit.reading, [id_ for id_ in (put_on, *replaced) if id_])
    for kind, ids in ((MessageKind.PUT_ON_CALL, [put_on]), (MessageKind.REPLACED, replaced)):
        for person in (known[id_] for id_ in ids if id_ in known):
            if person.slack_id and not person.has_left and not person.id == maker == me:
                await unit.tell(kind, str(change.id), person.slack_id)


async def _tell_one(unit: Unit, kind: MessageKind, event_id: int, person: Person) -> None:
    if person.slack_id and not person.has_left and not person.is_bot and person != unit.actor:
        await unit.tell(kind, str(event_id), person.slack_id)
