"""Taking back what was changed about schedules: what is true after it, who may, and what is refused."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from bot.errors import Locked, NotAllowed, NotFound
from bot.queries import changes
from bot.queries.changes import Changing
from bot.queries.people import Person
from bot.queries.reading import Reader
from bot.usecases.channels.link import link
from bot.usecases.channels.unlink import unlink
from bot.usecases.messages import MessageKind
from bot.usecases.schedules.edit import edit
from bot.usecases.schedules.wanted import TakesEffect, WantedSchedule
from bot.usecases.undo.take_back import take_back
from bot.usecases.unit import Units
from storage.models import ChannelLink, Rotation, RotationVersion, Schedule
from tests.conftest import StillClock, met
from tests.usecases.overrides.watch import Watch, told_watch, wanted_schedule, weekly
from tests.usecases.stories import statements

TONIGHT = datetime(2026, 11, 18, 17, 0, tzinfo=UTC)
CHANNEL = "CPAYMENTS"


@pytest.fixture
async def ana(units: Units) -> Person:
    return await met(units, "UANA")


@pytest.fixture
async def raj(units: Units) -> Person:
    return await met(units, "URAJ")


@pytest.fixture
async def li(units: Units) -> Person:
    return await met(units, "ULI")


@pytest.fixture
async def watch(units: Units, reader: Reader, clock: StillClock, ana: Person, raj: Person) -> Watch:
    """Ana has this week, Raj the next; Ana leads its team."""
    return await told_watch(units, reader, clock, ana, weekly(ana, raj), team="Money")


async def test_an_override_that_has_not_begun_is_gone(watch: Watch, ana: Person, li: Person) -> None:
    event_id = await watch.put(ana, watch.wanted(li, TONIGHT, 4))
    change = await watch.undone(ana, event_id)
    assert change.undone and change.undone.ended_at is None
    assert await watch.rows() == []
    assert await watch.holders(TONIGHT) == [ana.id]


async def test_an_override_that_runs_ends_now_and_its_past_stays_true(watch: Watch, ana: Person, li: Person) -> None:
    began = watch.clock.now
    event_id = await watch.put(ana, watch.wanted(li, began, 4))
    watch.clock.advance(minutes=5)
    change = await watch.undone(ana, event_id)
    assert change.undone and change.undone.ended_at == watch.clock.now
    assert await watch.holders(began) == [li.id]
    assert await watch.holders(watch.clock.now) == [ana.id]


async def test_of_one_that_began_before_it_was_made_the_correction_is_gone(
    watch: Watch, ana: Person, li: Person
) -> None:
    made = watch.clock.now
    event_id = await watch.put(ana, watch.wanted(li, made - timedelta(hours=2), 4))
    watch.clock.advance(minutes=5)
    await watch.undone(ana, event_id)
    assert await watch.holders(made - timedelta(hours=1)) == [ana.id]
    assert await watch.holders(made + timedelta(minutes=1)) == [li.id]


async def test_a_correction_of_the_past_is_gone(watch: Watch, ana: Person, li: Person) -> None:
    event_id = await watch.put(ana, watch.wanted(li, watch.clock.now - timedelta(hours=5), 4))
    watch.clock.advance(minutes=9)
    await watch.undone(ana, event_id)
    assert await watch.rows() == []


async def test_one_undone_the_moment_it_began_leaves_nothing_behind(watch: Watch, ana: Person, li: Person) -> None:
    event_id = await watch.put(ana, watch.wanted(li, watch.clock.now, 4))
    await watch.undone(ana, event_id)
    assert await watch.rows() == []


async def test_an_override_that_is_over_stays_on_record(watch: Watch, ana: Person, li: Person) -> None:
    event_id = await watch.put(ana, watch.wanted(li, watch.clock.now, 0.1))
    watch.clock.advance(minutes=8)
    with pytest.raises(Locked, match="That override is over, so it stays on record"):
        await watch.undone(ana, event_id)
    assert len(await watch.rows()) == 1


async def test_what_lay_under_an_override_is_uncovered(watch: Watch, ana: Person, raj: Person, li: Person) -> None:
    await watch.put(ana, watch.wanted(li, TONIGHT, 4))
    event_id = await watch.put(ana, watch.wanted(raj, TONIGHT, 4))
    await watch.undone(ana, event_id)
    assert await watch.holders(TONIGHT) == [li.id]


async def test_who_put_themselves_on_call_hears_that_a_lead_took_it_back(watch: Watch, ana: Person, li: Person) -> None:
    event_id = await watch.put(li, watch.wanted(li, TONIGHT, 4))
    assert await watch.told(MessageKind.PUT_ON_CALL) == []
    await watch.undone(ana, event_id)
    assert await watch.told(MessageKind.PUT_ON_CALL) == ["ULI"]
    assert await watch.told(MessageKind.REPLACED) == ["UANA"]


async def test_nothing_is_taken_back_twice(watch: Watch, ana: Person, li: Person) -> None:
    event_id = await watch.put(ana, watch.wanted(li, TONIGHT, 4))
    await watch.undone(ana, event_id)
    with pytest.raises(Locked, match="Ana took that back already"):
        await watch.undone(ana, event_id)


async def test_of_two_who_take_back_at_once_one_is_told_so(watch: Watch, ana: Person, li: Person) -> None:
    event_id = await watch.put(li, watch.wanted(li, TONIGHT, 4))

    async def undo(actor: Person) -> None:
        async with watch.units.begin(actor) as unit:
            await take_back(unit, event_id)

    ended = await asyncio.gather(undo(ana), undo(li), return_exceptions=True)
    assert sorted(type(each).__name__ for each in ended) == ["Locked", "NoneType"]


async def test_after_ten_minutes_nothing_is_taken_back(watch: Watch, ana: Person, li: Person) -> None:
    event_id = await watch.put(ana, watch.wanted(li, TONIGHT, 4))
    watch.clock.advance(minutes=10, seconds=1)
    with pytest.raises(Locked, match="more than ten minutes ago"):
        await watch.undone(ana, event_id)


async def test_what_nobody_knows_is_not_taken_back(watch: Watch, ana: Person) -> None:
    with pytest.raises(NotFound, match="no longer known"):
        await watch.undone(ana, 4711)


async def test_others_changes_are_taken_back_by_leads_alone(watch: Watch, ana: Person, raj: Person, li: Person) -> None:
    event_id = await watch.put(li, watch.wanted(li, TONIGHT, 4))
    with pytest.raises(NotAllowed, match=r"Only a lead of its team \(Ana\) or an admin can take back somebody else's"):
        await watch.undone(raj, event_id)
    admin = await met(watch.units, "UADMIN")
    await watch.undone(admin, event_id)


async def edited(watch: Watch, actor: Person, what: WantedSchedule, effect: TakesEffect = TakesEffect.NOW) -> int:
    """The schedule, edited; the id of the event."""
    async with watch.units.begin(actor) as unit:
        await edit(unit, watch.schedule_id, what, version=(await watch.watched()).version, effect=effect)
    return await watch.event_id(Changing.EDITED)


async def rows_of(reader: Reader, *tables: type[SQLModel]) -> dict[str, list[dict[str, Any]]]:
    """Every row of these tables, but for versions and in no order."""
    async with reader() as reading:
        found = {table.__name__: (await reading.session.exec(select(table))).all() for table in tables}
    dumped = {name: [{**dict(row), "version": 0} for row in rows] for name, rows in found.items()}
    return {name: sorted(rows, key=repr) for name, rows in dumped.items()}


@pytest.mark.parametrize("effect", TakesEffect)
async def test_an_edit_taken_back_leaves_every_row_as_it_was(
    watch: Watch, reader: Reader, *, ana: Person, raj: Person, li: Person, effect: TakesEffect
) -> None:
    tables = (Schedule, Rotation, RotationVersion)
    [primary] = (await watch.watched()).schedule.rotations
    other = replace(weekly(raj, ana, li, rotation_id=primary.id), length=2)
    watch.clock.advance(days=10)
    await edited(watch, ana, wanted_schedule(other, team="Money"))  # it has a history by now
    before = await rows_of(reader, *tables)
    watch.clock.advance(days=3)

    gone = wanted_schedule(weekly(li, name="Another"), name="Payments EU", team="Cards")
    for what in (
        replace(gone, timezone="Asia/Kolkata"),
        replace(gone, enabled=False),
        wanted_schedule(replace(weekly(li, rotation_id=primary.id), name="First"), weekly(raj, name="Second")),
    ):
        event_id = await edited(watch, ana, what, effect)
        assert await rows_of(reader, *tables) != before
        watch.clock.advance(minutes=3)
        await watch.undone(ana, event_id)
        assert await rows_of(reader, *tables) == before


async def test_an_edit_is_taken_back_only_while_it_is_the_last(watch: Watch, ana: Person, raj: Person) -> None:
    before = (await watch.watched()).schedule
    [primary] = (await watch.watched()).schedule.rotations
    first = await edited(watch, ana, wanted_schedule(weekly(raj, rotation_id=primary.id), team="Money"))
    second = await edited(watch, ana, wanted_schedule(weekly(ana, rotation_id=primary.id), team="Money"))
    with pytest.raises(Locked, match="edited again since"):
        await watch.undone(ana, first)
    await watch.undone(ana, second)
    await watch.undone(ana, first)  # one by one, the newest first
    assert (await watch.watched()).schedule == before


async def test_an_edit_stays_while_an_override_lies_over_a_rotation_of_its(
    watch: Watch, ana: Person, li: Person
) -> None:
    [primary] = (await watch.watched()).schedule.rotations
    kept = weekly(ana, rotation_id=primary.id)
    event_id = await edited(watch, ana, wanted_schedule(kept, weekly(li, name="New"), team="Money"))
    new = next(each.id for each in (await watch.watched()).schedule.rotations if each.name == "New")
    override = await watch.put(ana, watch.wanted(li, TONIGHT, 4, new))
    with pytest.raises(Locked, match="Take that back first"):
        await watch.undone(ana, event_id)
    await watch.undone(ana, override)
    await watch.undone(ana, event_id)


async def test_an_edit_stays_while_its_earlier_name_is_taken(watch: Watch, ana: Person) -> None:
    [primary] = (await watch.watched()).schedule.rotations
    event_id = await edited(watch, ana, wanted_schedule(weekly(ana, rotation_id=primary.id), name="Cards"))
    await told_watch(watch.units, watch.reader, watch.clock, ana, weekly(ana))
    with pytest.raises(Locked, match="Another schedule is called “Payments” by now"):
        await watch.undone(ana, event_id)


async def test_a_new_schedule_taken_back_is_gone(watch: Watch, reader: Reader, ana: Person) -> None:
    change = await watch.undone(ana, await watch.event_id(Changing.CREATED))
    assert change.schedule == "Payments"
    assert await rows_of(reader, Schedule, Rotation, RotationVersion) == {
        "Schedule": [],
        "Rotation": [],
        "RotationVersion": [],
    }
    with pytest.raises(Locked, match="Ana took that back already"):
        await watch.undone(ana, change.id)


async def test_a_new_schedule_in_use_stays(watch: Watch, ana: Person, li: Person) -> None:
    made = await watch.event_id(Changing.CREATED)
    override = await watch.put(ana, watch.wanted(li, TONIGHT, 4))
    with pytest.raises(Locked, match="in use since"):
        await watch.undone(ana, made)
    await watch.undone(ana, override)
    async with watch.units.begin(ana) as unit:
        await link(unit, CHANNEL, watch.schedule_id)
    with pytest.raises(Locked, match="in use since"):
        await watch.undone(ana, made)


async def test_a_link_and_an_unlinking_are_taken_back(watch: Watch, reader: Reader, ana: Person, li: Person) -> None:
    async with watch.units.begin(li) as unit:
        await link(unit, CHANNEL, watch.schedule_id)
    linked = await watch.event_id(Changing.LINKED)
    await watch.undone(li, linked)
    assert await rows_of(reader, ChannelLink) == {"ChannelLink": []}
    for verb in (link, unlink):
        async with watch.units.begin(li) as unit:
            await verb(unit, CHANNEL, watch.schedule_id)
    await watch.undone(li, await watch.event_id(Changing.UNLINKED))
    async with watch.units.begin(li) as unit:
        await unlink(unit, CHANNEL, watch.schedule_id)
    with pytest.raises(Locked, match="unlinked from that channel since"):
        await watch.undone(li, await watch.event_id(Changing.LINKED))


async def test_the_last_change_that_stands_is_found_first(
    watch: Watch, reader: Reader, ana: Person, li: Person
) -> None:
    first = await watch.put(ana, watch.wanted(li, TONIGHT, 1))
    second = await watch.put(ana, watch.wanted(li, TONIGHT, 2))
    found = []
    for event_id in (second, first):
        async with reader() as reading:
            newest = await changes.newest(reading, ana.id)
        assert newest
        found.append(newest.id)
        await watch.undone(ana, event_id)
    assert found == [second, first]
    watch.clock.advance(hours=1)
    async with reader() as reading:
        old = await changes.newest(reading, ana.id)
        nothing = await changes.newest(reading, li.id)
    assert old and old.id == second and old.undone
    assert nothing is None


async def test_what_it_costs_does_not_grow_with_what_there_is(watch: Watch, ana: Person, li: Person) -> None:
    costs = []
    for _ in range(6):
        event_id = await watch.put(ana, watch.wanted(li, TONIGHT, 1))
        with statements() as seen:
            async with watch.units.begin(ana) as unit:
                await take_back(unit, event_id)
        costs.append(len(seen))
    assert costs[-2] == costs[-1] <= 24, "\n".join(seen)


async def test_what_finding_the_last_change_costs_does_not_grow(watch: Watch, ana: Person, li: Person) -> None:
    costs = []
    for _ in range(6):
        await watch.put(ana, watch.wanted(li, TONIGHT, 1))
        async with watch.reader() as reading:
            with statements() as seen:
                assert await changes.newest(reading, ana.id)
        costs.append(len(seen))
    assert costs[0] == costs[-1] <= 5, "\n".join(seen)
