"""Whom teams and escalations stand for, read from the database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.engines.rotation import Participant, Schedule, people_of
from bot.queries import schedules
from bot.queries.crew import Crew, crew_of, first_rules
from bot.queries.reading import Reader
from bot.usecases.unit import Units
from bot.vocabulary import ParticipantKind
from tests.api.opsgenie.schedules.watches import MONDAY, Watches, rotation
from tests.conftest import StillClock
from tests.usecases.stories import statements

NOTIFIED = ("default", "all", "admins", "users", "random")


async def _crew(reader: Reader, schedule: Schedule) -> Crew:
    async with reader() as reading:
        watched = await schedules.by_id(reading, schedule.id)
        assert watched
        return await crew_of(reading, [watched])


async def test_a_step_means_those_on_call_for_a_team_or_the_members_it_says(
    units: Units, reader: Reader, clock: StillClock
) -> None:
    watches = Watches(units)
    ana, raj, mia = await watches.people("ana", "raj", "mia")
    ops = await watches.team("Ops", ana, raj, lead=raj)
    await watches.schedule("Ops' own", rotation("Own", mia), team=ops)
    ladders = [await watches.escalation(notify, (0, notify, "team", ops.id)) for notify in NOTIFIED]
    crew = await _crew(reader, await watches.schedule("Payments", rotation("Turns", *ladders)))
    meant = [set(people_of(each, clock.now, crew.directory)) for each in ladders]
    assert meant == [{mia.id}, {ana.id, raj.id}, {raj.id}, {ana.id}, {ana.id, raj.id}]
    assert {crew.naming.of(who) for who in (ops, mia)} == {"Ops", "mia@example.com"}


async def test_a_schedule_named_by_a_step_counts_with_its_overrides_and_one_that_is_gone_is_nobody(
    units: Units, reader: Reader, clock: StillClock
) -> None:
    watches = Watches(units)
    ana, raj = await watches.people("ana", "raj")
    other = await watches.schedule("Other", rotation("Own", ana))
    await watches.override(other, raj, clock.now, clock.now + timedelta(hours=1))
    ladder = await watches.escalation(
        "Ladder", (0, "default", "schedule", other.id), (0, "default", "schedule", "gone")
    )
    crew = await _crew(reader, await watches.schedule("Payments", rotation("Turns", ladder)))
    assert people_of(ladder, clock.now, crew.directory) == (raj.id,)
    assert people_of(ladder, clock.now + timedelta(hours=1), crew.directory) == (ana.id,)
    nowhere = Participant(ParticipantKind.TEAM, "gone")
    assert people_of(nowhere, clock.now, crew.directory) == ()


async def test_who_a_chain_of_forwardings_may_reach_is_named(units: Units, reader: Reader, clock: StillClock) -> None:
    watches = Watches(units)
    ana, raj, mia, li = await watches.people("ana", "raj", "mia", "li")
    await watches.forwarding(ana, raj, MONDAY, clock.now + timedelta(days=1))
    await watches.forwarding(raj, mia, MONDAY, clock.now + timedelta(days=1), sequence=2)
    crew = await _crew(reader, await watches.schedule("Payments", rotation("Turns", ana)))
    assert set(crew.naming.people) == {ana.id, raj.id, mia.id}
    assert li.id not in crew.naming.people


async def test_what_names_each_other_is_read_level_by_level_and_once(units: Units, reader: Reader) -> None:
    watches = Watches(units)
    ana = await watches.person("ana")
    inner, outer = await watches.team("Inner", ana), await watches.team("Outer")
    for number in range(20):
        await watches.schedule(f"Outer {number}", rotation("Round", outer), rotation("Own", inner), team=outer)
    schedule = await watches.schedule("Payments", rotation("Turns", outer))
    async with reader() as reading:
        watched = await schedules.by_id(reading, schedule.id)
        assert watched
        with statements() as seen:
            crew = await crew_of(reading, [watched])
    assert len(seen) <= 14
    assert people_of(outer, reading.now, crew.directory) == (ana.id,)


@pytest.mark.parametrize(("delays", "first"), [((), 0), ((5,), 1), ((5, 0, 10, 0), 2)])
def test_the_first_step_is_every_rule_that_comes_soonest(delays: tuple[int, ...], first: int) -> None:
    assert len(first_rules([{"delay_minutes": delay} for delay in delays])) == first
