"""What a verb tells: written down with its change, all of it at once, and never what was rolled back."""

from __future__ import annotations

import asyncio

from sqlmodel import col, select

from bot.queries.reading import Reader
from bot.usecases.messages import MessageKind
from bot.usecases.unit import Unit, Units
from storage import deliveries
from storage.models import Delivery, DeliveryState
from tests.usecases.stories import statements

CARD, REQUEST = MessageKind.CARD, MessageKind.REVIEW_REQUEST


async def _stored(reader: Reader, *states: DeliveryState) -> list[tuple[str, str, int]]:
    async with reader() as reading:
        rows = await reading.session.exec(
            select(Delivery)
            .where(col(Delivery.state).in_(states or (DeliveryState.DUE,)))
            .order_by(col(Delivery.kind), col(Delivery.recipient))
        )
        return [(row.kind, row.recipient, row.revision) for row in rows]


async def test_all_that_a_verb_tells_is_written_in_one_statement(units: Units, reader: Reader) -> None:
    with statements() as seen:
        async with units.begin(None) as unit:
            for recipient in ("C2", "C1", "C2"):
                await unit.tell(CARD, "pm", recipient)
            await unit.tell(REQUEST, "pm", "U1")
    assert len(seen) == 1
    assert await _stored(reader) == [(CARD, "C1", 1), (CARD, "C2", 1), (REQUEST, "U1", 1)]


async def test_what_is_told_again_is_an_edit_with_the_last_details(units: Units, reader: Reader) -> None:
    for told in ("first", "second"):
        async with units.begin(None) as unit:
            await unit.tell(CARD, "pm", "C1", {"told": told})
    assert await _stored(reader) == [(CARD, "C1", 2)]
    async with reader() as reading:
        (row,) = await deliveries.kept_up(reading.session, kind=CARD, subject="pm")
    assert row.details == {"told": "second"}


async def test_what_is_told_within_a_savepoint_goes_with_it(units: Units, reader: Reader) -> None:
    async def refused(unit: Unit) -> None:
        async with unit.session.begin_nested():
            await unit.tell(CARD, "pm", "C2")
            raise ValueError

    async with units.begin(None) as unit:
        await unit.tell(CARD, "pm", "C1")
        try:
            await refused(unit)
        except ValueError:
            await unit.tell(CARD, "pm", "C3")
    assert await _stored(reader) == [(CARD, "C1", 1), (CARD, "C3", 1)]


async def test_who_looks_for_messages_finds_those_told_just_before(units: Units, reader: Reader) -> None:
    async with units.begin(None) as unit:
        await unit.tell(REQUEST, "pm", "U1")
        found = await deliveries.kept_up(unit.session, kind=REQUEST, subject="pm")
        assert [each.recipient for each in found] == ["U1"]
    async with units.begin(None) as unit:
        for row in await deliveries.open_ones(unit.session, kind=REQUEST, subjects=["pm"]):
            row.state, row.channel, row.ts = DeliveryState.SENT, "D1", "1.1"
    async with units.begin(None) as unit:
        await deliveries.close(unit.session, kind=REQUEST, subject="pm")
        await unit.tell(REQUEST, "pm", "U1")
    assert await _stored(reader, DeliveryState.CLOSED) == [(REQUEST, "U1", 1)]
    assert await _stored(reader) == [(REQUEST, "U1", 1)]


async def test_told_by_many_at_once_it_is_one_message(units: Units, reader: Reader) -> None:
    async def told(number: int) -> None:
        async with units.begin(None) as unit:
            for recipient in sorted(("C1", "C2", "C3"), reverse=bool(number % 2)):
                await unit.tell(CARD, "pm", recipient)

    await asyncio.gather(*(told(number) for number in range(6)))
    assert await _stored(reader) == [(CARD, "C1", 6), (CARD, "C2", 6), (CARD, "C3", 6)]
