"""One verb, one transaction: carried out once, or not at all."""

from __future__ import annotations

import asyncio

import pytest
from sqlmodel import col, select

from bot.errors import AlreadyDone, Mistake
from bot.usecases.unit import Unit, Units
from storage.database import Database
from storage.models import Counter, Delivery, Event, Receipt


async def _events(database: Database) -> list[str]:
    async with database.reading() as session:
        return list((await session.exec(select(Event.subject_id).order_by(col(Event.id)))).all())


async def _done(units: Units, key: str, subject: str) -> str:
    """Carry out a small verb; answers its outcome, or that of whoever was first."""
    try:
        async with units.begin(None, key=key) as unit:
            await unit.event("try", subject)
            unit.outcome = subject
    except AlreadyDone as error:
        return error.outcome
    return subject


async def test_the_same_key_is_carried_out_once_and_the_second_learns_what_the_first_made(
    units: Units, database: Database
) -> None:
    assert await _done(units, "trigger-1", "first") == "first"
    assert await _done(units, "trigger-1", "second") == "first"
    assert await _events(database) == ["first"]


async def test_of_many_at_the_same_time_one_is_carried_out_and_all_learn_of_it(
    units: Units, database: Database
) -> None:
    outcomes = await asyncio.gather(*(_done(units, "trigger-1", f"task-{number}") for number in range(8)))
    assert len(set(outcomes)) == 1
    assert await _events(database) == [outcomes[0]]


async def test_different_keys_are_different_requests(units: Units, database: Database) -> None:
    await asyncio.gather(*(_done(units, f"trigger-{number}", "same") for number in range(4)))
    assert await _events(database) == ["same"] * 4


async def test_a_verb_that_refuses_leaves_nothing_and_its_key_free(units: Units, database: Database) -> None:
    async def refused(unit: Unit) -> None:
        await unit.event("try", "refused")
        await unit.tell("card", "pm", "U01ANA")
        assert await unit.next_number("postmortem") == 1
        raise Mistake("No.")

    with pytest.raises(Mistake):
        async with units.begin(None, key="trigger-1") as unit:
            await refused(unit)
    async with database.reading() as session:
        for table in (Event, Delivery, Counter, Receipt):
            assert (await session.exec(select(table))).all() == []
    assert await _done(units, "trigger-1", "again") == "again"


async def test_one_that_waits_for_a_refused_one_is_carried_out(units: Units, database: Database) -> None:
    inside, go_on = asyncio.Event(), asyncio.Event()

    async def refused() -> None:
        with pytest.raises(Mistake):
            async with units.begin(None, key="trigger-1"):
                inside.set()
                await go_on.wait()
                raise Mistake("No.")

    first = asyncio.create_task(refused())
    await inside.wait()
    second = asyncio.create_task(_done(units, "trigger-1", "second"))
    go_on.set()
    await first
    assert await second == "second"
    assert await _events(database) == ["second"]


async def test_who_listens_hears_of_commits_and_of_nothing_else(units: Units) -> None:
    rung: list[str] = []
    units.on_commit(lambda: rung.append("rung"))
    await _done(units, "trigger-1", "first")
    assert rung == ["rung"]
    await _done(units, "trigger-1", "second")
    with pytest.raises(Mistake):
        async with units.begin(None):
            raise Mistake("No.")
    assert rung == ["rung"]


async def test_what_a_verb_told_and_noted_is_there_with_its_commit(units: Units, database: Database) -> None:
    async with units.begin(None) as unit:
        number = await unit.event("create", "pm-1", before={"a": 1}, after={"a": 2})
        await unit.tell("card", "pm-1", "C1", {"event": number})
    async with database.reading() as session:
        event = (await session.exec(select(Event))).one()
        delivery = (await session.exec(select(Delivery))).one()
    assert (event.id, event.at, event.before, event.after) == (number, unit.now, {"a": 1}, {"a": 2})
    assert (delivery.kind, delivery.recipient, delivery.details) == ("card", "C1", {"event": number})
