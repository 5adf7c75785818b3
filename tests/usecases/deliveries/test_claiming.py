"""A message on its way is in one sender's hands at a time, and comes back when that sender vanishes."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.queries.deliveries import next_due
from bot.queries.reading import Reader
from bot.usecases.deliveries import settle
from bot.usecases.deliveries.claim import LEASE, Claimed, claim
from bot.usecases.unit import Units
from storage import deliveries
from storage.database import Database
from storage.models import Delivery, DeliveryState
from tests.conftest import StillClock


async def _tell(units: Units, *subjects: str) -> None:
    async with units.begin(None) as unit:
        for subject in subjects:
            await unit.tell("card", subject, "C1")


async def _claim(units: Units, *, limit: int = 20) -> list[Claimed]:
    async with units.begin(None) as unit:
        return await claim(unit, limit=limit)


async def _row(database: Database, delivery_id: str) -> Delivery:
    async with database.reading() as session:
        row = await deliveries.by_id(session, delivery_id)
    assert row is not None
    return row


async def _next_due(reader: Reader) -> object:
    async with reader() as reading:
        return await next_due(reading)


async def test_what_is_told_is_due_at_once(units: Units, reader: Reader, clock: StillClock) -> None:
    assert await _next_due(reader) is None
    await _tell(units, "pm-1")
    assert await _next_due(reader) == clock()
    (claimed,) = await _claim(units)
    assert (claimed.kind, claimed.subject, claimed.recipient, claimed.revision) == ("card", "pm-1", "C1", 1)
    assert (claimed.forsaken, claimed.attempts, claimed.channel, claimed.ts) == (False, 1, None, None)


async def test_of_one_instant_a_card_comes_before_its_lines_and_these_in_order(units: Units) -> None:
    async with units.begin(None) as unit:
        for kind, subject in (("history", "10"), ("history", "9"), ("card", "pm-1")):
            await unit.tell(kind, subject, "C1")
    assert [(each.kind, each.subject) for each in await _claim(units)] == [
        ("card", "pm-1"),
        ("history", "9"),
        ("history", "10"),
    ]


async def test_nobody_else_gets_it_before_the_lease_ends(units: Units, reader: Reader, clock: StillClock) -> None:
    await _tell(units, "pm-1")
    (first,) = await _claim(units)
    clock.now += LEASE - timedelta(seconds=1)
    assert await _claim(units) == []
    assert await _next_due(reader) == clock() + timedelta(seconds=1)
    clock.advance(seconds=1)
    (again,) = await _claim(units)
    assert again.id == first.id
    assert (again.forsaken, again.attempts) == (True, 2)


async def test_the_oldest_come_first_and_no_more_than_asked_for(units: Units, clock: StillClock) -> None:
    for subject in ("a", "b", "c"):
        await _tell(units, subject)
        clock.advance(seconds=1)
    assert [each.subject for each in await _claim(units, limit=2)] == ["a", "b"]
    assert [each.subject for each in await _claim(units, limit=2)] == ["c"]


async def test_two_workers_at_once_never_hold_the_same_message(units: Units) -> None:
    async with units.begin(None) as unit:
        for number in range(30):
            await unit.tell("card", f"pm-{number}", f"C{number}")
    batches = await asyncio.gather(*(_claim(units, limit=10) for _ in range(4)))
    taken = [each.id for batch in batches for each in batch]
    rest = [each.id for each in await _claim(units, limit=30)]
    assert len(taken + rest) == 30
    assert len(set(taken + rest)) == 30


async def test_a_message_touched_before_it_is_sent_is_one_message(units: Units) -> None:
    await _tell(units, "pm-1")
    await _tell(units, "pm-1")
    (claimed,) = await _claim(units)
    assert claimed.revision == 2


async def test_what_was_sent_rests_until_it_is_touched_and_is_then_edited(
    units: Units, database: Database, clock: StillClock
) -> None:
    await _tell(units, "pm-1")
    (claimed,) = await _claim(units)
    async with units.begin(None) as unit:
        await settle.sent(unit, claimed.id, revision=claimed.revision, channel="C1", ts="1.1")
    assert (await _row(database, claimed.id)).state == DeliveryState.SENT
    clock.now += LEASE
    assert await _claim(units) == []
    await _tell(units, "pm-1")
    (edit,) = await _claim(units)
    assert (edit.id, edit.channel, edit.ts, edit.revision, edit.attempts) == (claimed.id, "C1", "1.1", 2, 1)


async def test_touched_while_it_is_being_sent_it_is_due_again_at_once_as_an_edit(units: Units) -> None:
    await _tell(units, "pm-1")
    (claimed,) = await _claim(units)
    await _tell(units, "pm-1")
    assert await _claim(units) == []
    async with units.begin(None) as unit:
        await settle.sent(unit, claimed.id, revision=claimed.revision, channel="C1", ts="1.1")
    (edit,) = await _claim(units)
    assert (edit.ts, edit.revision, edit.forsaken) == ("1.1", 2, False)


@pytest.mark.parametrize("counted", [True, False])
async def test_postponed_it_comes_back_after_the_wait(
    units: Units, reader: Reader, clock: StillClock, *, counted: bool
) -> None:
    await _tell(units, "pm-1")
    (claimed,) = await _claim(units)
    async with units.begin(None) as unit:
        await settle.postponed(unit, claimed.id, wait=timedelta(seconds=30), why="busy", counted=counted)
    assert await _next_due(reader) == clock() + timedelta(seconds=30)
    assert await _claim(units) == []
    clock.advance(seconds=30)
    (again,) = await _claim(units)
    assert (again.forsaken, again.attempts) == (False, 2 if counted else 1)


async def test_uncertain_it_is_taken_over_as_one_that_may_have_arrived(units: Units, clock: StillClock) -> None:
    await _tell(units, "pm-1")
    (claimed,) = await _claim(units)
    async with units.begin(None) as unit:
        await settle.uncertain(unit, claimed.id, wait=timedelta(seconds=5), why="no answer")
    clock.advance(seconds=5)
    (again,) = await _claim(units)
    assert again.forsaken


async def test_a_message_that_is_gone_from_slack_is_told_anew(units: Units) -> None:
    await _tell(units, "pm-1")
    (claimed,) = await _claim(units)
    async with units.begin(None) as unit:
        await settle.sent(unit, claimed.id, revision=1, channel="C1", ts="1.1")
    await _tell(units, "pm-1")
    (edit,) = await _claim(units)
    async with units.begin(None) as unit:
        await settle.lost(unit, edit.id)
    (anew,) = await _claim(units)
    assert (anew.id, anew.channel, anew.ts) == (claimed.id, None, None)


async def test_what_cannot_be_told_waits_until_it_is_touched(
    units: Units, database: Database, clock: StillClock
) -> None:
    await _tell(units, "pm-1")
    (claimed,) = await _claim(units)
    async with units.begin(None) as unit:
        await settle.failed(unit, claimed.id, revision=1, why="not_in_channel")
    row = await _row(database, claimed.id)
    assert (row.state, row.failure) == (DeliveryState.FAILED, "not_in_channel")
    clock.now += LEASE
    assert await _claim(units) == []
    await _tell(units, "pm-1")
    (again,) = await _claim(units)
    assert again.id == claimed.id


async def test_a_closed_message_is_left_as_it_is_and_the_next_is_a_new_one(units: Units, database: Database) -> None:
    await _tell(units, "pm-1")
    (claimed,) = await _claim(units)
    async with units.begin(None) as unit:
        await settle.sent(unit, claimed.id, revision=1, channel="C1", ts="1.1")
        await deliveries.close(unit.session, kind="card", subject="pm-1", recipient="C1")
    await _tell(units, "pm-1")
    (new,) = await _claim(units)
    assert new.id != claimed.id
    assert (new.channel, new.ts) == (None, None)
    assert (await _row(database, claimed.id)).state == DeliveryState.CLOSED


async def test_what_was_not_told_yet_outlives_the_closing(units: Units) -> None:
    await _tell(units, "pm-1")
    async with units.begin(None) as unit:
        await deliveries.close(unit.session, kind="card", subject="pm-1", recipient="C1")
    assert [each.subject for each in await _claim(units)] == ["pm-1"]


async def test_nothing_to_tell_any_more_closes_it(units: Units, database: Database) -> None:
    await _tell(units, "pm-1")
    (claimed,) = await _claim(units)
    async with units.begin(None) as unit:
        await settle.dropped(unit, claimed.id, revision=1)
    assert (await _row(database, claimed.id)).state == DeliveryState.CLOSED
    assert await _claim(units) == []


@pytest.mark.parametrize("forsaken", [False, True])
async def test_what_was_not_its_turn_is_as_it_was_before(units: Units, clock: StillClock, *, forsaken: bool) -> None:
    await _tell(units, "pm-1")
    (claimed,) = await _claim(units)
    if forsaken:
        clock.now += LEASE
        (claimed,) = await _claim(units)
    async with units.begin(None) as unit:
        await settle.returned(unit, claimed.id, claimed=claimed, wait=timedelta(seconds=3))
    assert await _claim(units) == []
    clock.advance(seconds=3)
    (again,) = await _claim(units)
    assert (again.forsaken, again.attempts) == (forsaken, claimed.attempts)


async def test_what_another_holds_meanwhile_is_not_returned(units: Units, clock: StillClock) -> None:
    await _tell(units, "pm-1")
    (slow,) = await _claim(units)
    clock.now += LEASE
    (other,) = await _claim(units)
    async with units.begin(None) as unit:
        await settle.returned(unit, slow.id, claimed=slow, wait=timedelta(0))
    clock.now += LEASE - timedelta(seconds=1)
    assert await _claim(units) == []
    assert other.forsaken


@pytest.mark.parametrize("how", ["dropped", "failed"])
async def test_touched_while_it_comes_to_its_end_it_is_due_again(units: Units, how: str) -> None:
    await _tell(units, "pm-1")
    (claimed,) = await _claim(units)
    await _tell(units, "pm-1")
    async with units.begin(None) as unit:
        if how == "dropped":
            await settle.dropped(unit, claimed.id, revision=claimed.revision)
        else:
            await settle.failed(unit, claimed.id, revision=claimed.revision, why="missing_scope")
    (again,) = await _claim(units)
    assert again.revision == 2


async def test_closed_while_its_edit_is_being_sent_the_next_is_a_new_message(units: Units, database: Database) -> None:
    await _tell(units, "pm-1")
    (first,) = await _claim(units)
    async with units.begin(None) as unit:
        await settle.sent(unit, first.id, revision=first.revision, channel="C1", ts="1.1")
    await _tell(units, "pm-1")
    (edit,) = await _claim(units)
    async with units.begin(None) as unit:
        await deliveries.close(unit.session, kind="card", subject="pm-1")
    await _tell(units, "pm-1")
    async with units.begin(None) as unit:
        await settle.postponed(unit, edit.id, wait=timedelta(0), why="rate limit")
    (following,) = await _claim(units)
    assert (following.id != first.id, following.ts) == (True, None)
    assert (await _row(database, first.id)).state == DeliveryState.CLOSED
