"""Putting somebody on call: what is shown, what is stored, who is told, what is refused."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import AlreadyDone, BadFields, Conflict, Locked, NotAllowed, NotFound
from bot.queries.people import Person
from bot.queries.reading import Reader
from bot.usecases.messages import MessageKind
from bot.usecases.overrides.effects import DRAWN, DRAWN_OF_MANY, MANY
from bot.usecases.overrides.planning import OverridePlan, WantedOverride
from bot.usecases.overrides.put_on import put_on
from bot.usecases.unit import Units
from storage.models import Schedule
from tests.conftest import StillClock, met
from tests.usecases.overrides.watch import Watch, told_watch, weekly
from tests.usecases.stories import odd_person, statements

TONIGHT = datetime(2026, 11, 18, 17, 0, tzinfo=UTC)


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
    """Ana has this week, Raj the next; there is no team."""
    return await told_watch(units, reader, clock, ana, weekly(ana, raj))


async def test_it_lies_over_the_turns_from_its_start_to_its_end(watch: Watch, ana: Person, li: Person) -> None:
    await watch.put(li, watch.wanted(li, TONIGHT, 4))
    assert await watch.holders(TONIGHT - timedelta(seconds=1)) == [ana.id]
    assert await watch.holders(TONIGHT) == [li.id]
    assert await watch.holders(TONIGHT + timedelta(hours=4)) == [ana.id]


async def test_those_it_concerns_are_told_but_not_who_made_it(
    watch: Watch, ana: Person, raj: Person, li: Person
) -> None:
    await watch.put(raj, watch.wanted(li, TONIGHT, 24 * 7))
    assert await watch.told(MessageKind.PUT_ON_CALL) == ["ULI"]
    assert await watch.told(MessageKind.REPLACED) == ["UANA"]
    await watch.put(ana, watch.wanted(ana, TONIGHT, 1))
    assert await watch.told(MessageKind.PUT_ON_CALL) == ["ULI"]
    assert await watch.told(MessageKind.REPLACED) == ["UANA", "ULI"]


async def test_the_plan_says_hour_by_hour_whom_it_replaces(watch: Watch, ana: Person, raj: Person, li: Person) -> None:
    monday = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    await watch.put(li, watch.wanted(li, TONIGHT, 1))
    shown = await watch.planned(ana, watch.wanted(raj, TONIGHT, 24 * 6))
    assert [(each.person and each.person.id, each.start, each.end) for each in shown.stretches] == [
        (li.id, TONIGHT, TONIGHT + timedelta(hours=1)),
        (ana.id, TONIGHT + timedelta(hours=1), monday),
    ]
    assert [(each.person and each.person.id, each.by and each.by.id) for each in shown.covered] == [(li.id, li.id)]
    assert [person.id for person in shown.replaced] == [li.id, ana.id]
    assert shown.is_on_anyway  # from Monday on it is Raj's turn


async def test_a_gap_is_filled_and_said_to_be_one(watch: Watch, ana: Person, li: Person) -> None:
    before = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)
    shown = await watch.planned(ana, watch.wanted(li, before, 4))
    assert [each.person and each.person.id for each in shown.stretches] == [None, ana.id]
    assert shown.is_over and shown.begins_in_the_past
    await watch.put(ana, watch.wanted(li, before, 4))
    assert await watch.holders(before) == [li.id]


async def test_the_later_made_lies_on_top(watch: Watch, ana: Person, raj: Person, li: Person) -> None:
    await watch.put(ana, watch.wanted(li, TONIGHT, 4))
    await watch.put(ana, watch.wanted(raj, TONIGHT, 4))
    assert await watch.holders(TONIGHT) == [raj.id]
    assert [row.sequence for row in await watch.rows()] == [1, 2]


async def test_it_lies_over_the_rotations_that_it_names(
    units: Units, reader: Reader, clock: StillClock, *, ana: Person, raj: Person, li: Person
) -> None:
    watch = await told_watch(units, reader, clock, ana, weekly(ana), weekly(raj, name="Secondary"))
    first, second = [each.id for each in (await watch.watched()).schedule.rotations]
    shown = await watch.planned(ana, watch.wanted(li, TONIGHT, 1, second))
    assert (shown.rotations, shown.rotation_ids) == (("Secondary",), (second,))
    assert [each.person and each.person.id for each in shown.stretches] == [raj.id]
    await watch.put(ana, watch.wanted(li, TONIGHT, 1, second))
    assert await watch.holders(TONIGHT) == [ana.id, li.id]
    assert (await watch.planned(ana, watch.wanted(li, TONIGHT, 1, second, first))).rotation_ids == ()


async def test_over_many_rotations_less_of_a_long_one_is_looked_at(
    units: Units, reader: Reader, clock: StillClock, *, ana: Person, raj: Person, li: Person
) -> None:
    rotations = [weekly(ana, raj, name=f"r{number}") for number in range(MANY)]
    watch = await told_watch(units, reader, clock, ana, *rotations)
    first = (await watch.watched()).schedule.rotations[0].id
    over_all = await watch.planned(ana, watch.wanted(li, TONIGHT, 24 * 90))
    over_one = await watch.planned(ana, watch.wanted(li, TONIGHT, 24 * 90, first))
    assert max(each.end for each in over_all.stretches) == TONIGHT + DRAWN_OF_MANY
    assert max(each.end for each in over_one.stretches) == TONIGHT + DRAWN


async def test_what_changed_since_it_was_shown_is_shown_again(
    watch: Watch, ana: Person, raj: Person, li: Person
) -> None:
    wanted = watch.wanted(li, TONIGHT, 4)
    shown = await watch.planned(ana, wanted)
    await watch.put(raj, watch.wanted(raj, TONIGHT, 1))
    with pytest.raises(Conflict, match="no longer what was shown") as refused:
        async with watch.units.begin(ana) as unit:
            await put_on(unit, wanted, shown=shown.fingerprint)
    now = refused.value.theirs
    assert isinstance(now, OverridePlan) and [person.id for person in now.replaced] == [raj.id, ana.id]
    assert len(await watch.rows()) == 1


async def test_an_override_that_passed_while_it_was_shown_is_shown_as_a_correction(watch: Watch, ana: Person) -> None:
    wanted = watch.wanted(ana, TONIGHT, 1)
    shown = await watch.planned(ana, wanted)
    watch.clock.advance(hours=12)
    with pytest.raises(Conflict):
        async with watch.units.begin(ana) as unit:
            await put_on(unit, wanted, shown=shown.fingerprint)


async def test_the_same_request_counts_once(watch: Watch, ana: Person, li: Person) -> None:
    await watch.put(ana, watch.wanted(li, TONIGHT, 1), key="click")
    with pytest.raises(AlreadyDone):
        await watch.put(ana, watch.wanted(li, TONIGHT, 1), key="click")
    assert len(await watch.rows()) == 1


async def test_of_two_at_once_the_second_is_told_of_the_first(watch: Watch, ana: Person, raj: Person) -> None:
    wanted = [watch.wanted(raj, TONIGHT, 2), watch.wanted(ana, TONIGHT, 2)]
    shown = [(await watch.planned(ana, each)).fingerprint for each in wanted]

    async def make(number: int) -> None:
        async with watch.units.begin(ana) as unit:
            await put_on(unit, wanted[number], shown=shown[number])

    ended = await asyncio.gather(make(0), make(1), return_exceptions=True)
    assert sorted(type(each).__name__ for each in ended) == ["Conflict", "NoneType"]


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        (0, "Until: this is the same moment as From, so nobody would be on call. Choose a later one."),
        (-1, "Until: this is before From. Choose a later time."),
        (24 * 365 * 120, "Until: choose times between the years 1970 and 2100."),
    ],
)
async def test_times_that_cannot_be_are_refused(watch: Watch, ana: Person, hours: float, sentence: str) -> None:
    with pytest.raises(BadFields) as refused:
        await watch.put(ana, watch.wanted(ana, TONIGHT, hours))
    assert refused.value.fields == {"until": sentence}


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("guest", "Guest is a guest and cannot be on call"),
        ("bot", "Robot is a bot and cannot be on call"),
        ("left", "Olga has left the workspace and cannot be on call"),
        ("nobody", "This person is not known here"),
    ],
)
async def test_people_who_cannot_be_on_call_are_refused(watch: Watch, ana: Person, who: str, sentence: str) -> None:
    odd = {
        "guest": await met(watch.units, "UGUEST", outsider=True),
        "bot": await odd_person(watch.units, "UROBOT", is_bot=True),
        "left": await odd_person(watch.units, "UOLGA", has_left=True),
    }
    user_id = odd[who].id if who in odd else "an id that nobody has"
    with pytest.raises(BadFields, match=sentence):
        await watch.put(ana, WantedOverride(watch.schedule_id, user_id, TONIGHT, TONIGHT + timedelta(hours=1)))


async def test_a_rotation_that_is_gone_is_refused(watch: Watch, ana: Person) -> None:
    with pytest.raises(BadFields, match="One of these rotations is gone"):
        await watch.put(ana, watch.wanted(ana, TONIGHT, 1, "gone"))


async def test_a_schedule_that_is_off_or_gone_is_refused(watch: Watch, ana: Person) -> None:
    async with watch.units.begin(None) as unit:
        row = await unit.session.get(Schedule, watch.schedule_id)
        assert row
        row.enabled = False
    with pytest.raises(Locked, match="Payments is switched off"):
        await watch.put(ana, watch.wanted(ana, TONIGHT, 1))
    with pytest.raises(NotFound, match="gone"):
        await watch.put(ana, WantedOverride("gone", ana.id, TONIGHT, TONIGHT + timedelta(hours=1)))


async def test_a_long_one_is_marked_to_be_asked_back(watch: Watch, ana: Person) -> None:
    assert not (await watch.planned(ana, watch.wanted(ana, TONIGHT, 24 * 31))).is_long
    assert (await watch.planned(ana, watch.wanted(ana, TONIGHT, 24 * 31 + 1))).is_long


async def test_people_of_the_team_put_others_on_and_members_themselves(
    units: Units, reader: Reader, clock: StillClock, *, ana: Person, raj: Person, li: Person
) -> None:
    watch = await told_watch(units, reader, clock, ana, weekly(ana, raj), team="Money")
    await watch.put(ana, watch.wanted(li, TONIGHT, 1))
    await watch.put(raj, watch.wanted(raj, TONIGHT, 1))
    with pytest.raises(NotAllowed) as refused:
        await watch.put(raj, watch.wanted(li, TONIGHT, 1))
    assert refused.value.sentence == (
        "Only people of its team, a lead of its team (Ana) or an admin can put somebody else on call for Payments."
    )


async def test_what_it_costs_does_not_grow_with_what_there_is(watch: Watch, ana: Person, li: Person) -> None:
    costs = []
    for day in range(1, 9):
        wanted = watch.wanted(li, TONIGHT + timedelta(days=day), 1)
        shown = (await watch.planned(ana, wanted)).fingerprint
        with statements() as seen:
            async with watch.units.begin(ana) as unit:
                await put_on(unit, wanted, shown=shown)
        costs.append(len(seen))
    assert costs[4] == costs[5] <= 20, "\n".join(seen)
