"""Making and editing schedules: what is stored, what is refused, and that the past stays as it was."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from bot.engines.rotation import NOBODY, Participant, Restriction, TimeWindow, on_call, timeline
from bot.errors import AlreadyDone, BadFields, Conflict, NotAllowed, NotFound
from bot.queries import schedules, teams
from bot.queries.people import Person
from bot.queries.reading import Reader
from bot.queries.schedules import Watched
from bot.usecases.schedules.create import create
from bot.usecases.schedules.edit import edit
from bot.usecases.schedules.planning import plan_edit
from bot.usecases.schedules.wanted import TakesEffect, WantedRotation, WantedSchedule
from bot.usecases.unit import Units
from bot.vocabulary import ParticipantKind, RestrictionKind, RotationType, TurnCounting, Weekday
from storage.models import Event, RotationVersion
from tests.conftest import StillClock, met

MONDAY_NINE = datetime(2026, 11, 16, 9)  # noqa: DTZ001  a local time

STRANGER = Participant(ParticipantKind.USER, "an id that nobody has")


def user(person: Person) -> Participant:
    return Participant(ParticipantKind.USER, person.id)


def rotation(*people: Person, name: str = "Primary", rotation_id: str | None = None) -> WantedRotation:
    """A weekly rotation since this Monday, 09:00."""
    roster = tuple(user(person) for person in people)
    return WantedRotation(rotation_id, name, roster, RotationType.WEEKLY, 1, MONDAY_NINE)


def wanted(*rotations: WantedRotation, name: str = "Payments", team: str | None = None) -> WantedSchedule:
    return WantedSchedule(name, "Europe/Berlin", team, rotations)


async def made(units: Units, reader: Reader, actor: Person, what: WantedSchedule) -> Watched:
    """The schedule, made and read back."""
    async with units.begin(actor) as unit:
        schedule_id = await create(unit, what)
    return await stored(reader, schedule_id)


async def stored(reader: Reader, schedule_id: str) -> Watched:
    async with reader() as reading:
        found = await schedules.by_id(reading, schedule_id)
    assert found
    return found


async def changed(
    units: Units, reader: Reader, actor: Person, before: Watched, what: WantedSchedule, *, effect: TakesEffect
) -> Watched:
    """The schedule, edited and read back."""
    async with units.begin(actor) as unit:
        await edit(unit, before.schedule.id, what, version=before.version, effect=effect)
    return await stored(reader, before.schedule.id)


def holder(watched: Watched, at: datetime) -> list[str | None]:
    return [segment.participant.id for segment in on_call(watched.schedule, at)]


async def refusal(units: Units, actor: Person, what: WantedSchedule) -> dict[str, str]:
    """The sentences for everything that is wrong."""
    with pytest.raises(BadFields) as refused:
        async with units.begin(actor) as unit:
            await create(unit, what)
    return refused.value.fields


async def test_a_schedule_is_stored_as_it_was_wanted(units: Units, reader: Reader, clock: StillClock) -> None:
    ana, raj = await met(units, "UANA"), await met(units, "URAJ")
    hours = Restriction(
        RestrictionKind.WEEKDAY_AND_TIME_OF_DAY,
        (
            TimeWindow(8, 0, 18, 0, Weekday.MONDAY, Weekday.MONDAY),
            TimeWindow(8, 0, 18, 0, Weekday.FRIDAY, Weekday.FRIDAY),
        ),
    )
    days = replace(rotation(raj, ana), name="Days", type=RotationType.DAILY, length=2, restriction=hours)
    days = replace(days, turns=TurnCounting.ACTIVE, participants=(user(raj), NOBODY, user(ana)))
    found = await made(units, reader, ana, wanted(rotation(ana, raj), days, name="  Payments   EU ", team="Money"))
    schedule = found.schedule
    assert (schedule.name, schedule.zone.key, schedule.enabled) == ("Payments EU", "Europe/Berlin", True)
    first, second = schedule.rotations
    assert (first.name, first.rule.start) == ("Primary", datetime(2026, 11, 16, 8, 0, tzinfo=UTC))
    assert second.rule.restriction == hours
    assert (second.rule.turns, second.rule.length, second.rule.participants) == (
        TurnCounting.ACTIVE,
        2,
        (user(raj), NOBODY, user(ana)),
    )
    assert holder(found, clock.now)[0] == ana.id


async def test_naming_a_new_team_makes_it_led_by_who_named_it(units: Units, reader: Reader) -> None:
    ana, raj = await met(units, "UANA"), await met(units, "URAJ")
    first = await made(units, reader, ana, wanted(rotation(ana), team="Money"))
    second = await made(units, reader, raj, wanted(rotation(raj), name="Cards", team=" money "))
    assert first.team_id == second.team_id
    async with reader() as reading:
        assert [person.id for person in await teams.leads(reading, first.team_id or "")] == [ana.id]


async def test_everything_wrong_is_refused_at_once(units: Units, reader: Reader) -> None:
    ana, guest = await met(units, "UANA"), await met(units, "UGUEST", outsider=True)
    await made(units, reader, ana, wanted(rotation(ana)))
    bad = replace(rotation(guest), length=0, name="")
    twin = replace(rotation(), name="Nights")
    fields = await refusal(
        units,
        ana,
        replace(wanted(bad, twin, replace(rotation(ana), name="nights")), name="payments", timezone="Mars/North"),
    )
    assert set(fields) == {
        "name",
        "timezone",
        "rotations.0.name",
        "rotations.0.length",
        "rotations.0.participants",
        "rotations.1.participants",
        "rotations.2.name",
    }
    assert "Guest is a guest" in fields["rotations.0.participants"]
    assert fields["name"] == "There is a schedule “Payments” already. Choose another name."


@pytest.mark.parametrize(
    ("what", "field"),
    [
        (lambda _: wanted(), "rotations"),
        (lambda ana: wanted(rotation(ana), name=" "), "name"),
        (lambda ana: wanted(rotation(ana), name="x" * 101), "name"),
        (lambda ana: wanted(rotation(ana), team="x" * 101), "team"),
        (lambda ana: wanted(replace(rotation(ana), length=10_000)), "rotations.0.length"),
        (lambda ana: wanted(replace(rotation(ana), start=MONDAY_NINE.replace(year=9999))), "rotations.0.start"),
        (lambda ana: wanted(replace(rotation(ana), start=MONDAY_NINE.replace(year=1))), "rotations.0.start"),
        (lambda ana: wanted(replace(rotation(ana), participants=(STRANGER,))), "rotations.0.participants"),
    ],
)
async def test_what_cannot_be_is_refused_under_its_field(units: Units, what: object, field: str) -> None:
    ana = await met(units, "UANA")
    assert callable(what)
    assert set(await refusal(units, ana, what(ana))) == {field}


async def test_an_outsider_makes_no_schedule(units: Units) -> None:
    guest = await met(units, "UGUEST", outsider=True)
    with pytest.raises(NotAllowed, match="Only members of this workspace can make a schedule"):
        async with units.begin(guest) as unit:
            await create(unit, wanted(rotation(guest)))


async def test_the_same_request_makes_one_schedule(units: Units, reader: Reader) -> None:
    ana = await met(units, "UANA")
    async with units.begin(ana, key="V1:h") as unit:
        schedule_id = await create(unit, wanted(rotation(ana)))
    with pytest.raises(AlreadyDone) as again:
        async with units.begin(ana, key="V1:h") as unit:
            await create(unit, wanted(rotation(ana), name="Other"))
    assert again.value.outcome == schedule_id
    async with reader() as reading:
        assert await schedules.count(reading) == 1


async def test_of_two_who_choose_the_same_name_at_once_one_is_told_so(units: Units, reader: Reader) -> None:
    ana, raj = await met(units, "UANA"), await met(units, "URAJ")

    async def try_it(actor: Person) -> str:
        async with units.begin(actor) as unit:
            return await create(unit, wanted(rotation(actor)))

    outcomes = await asyncio.gather(try_it(ana), try_it(raj), return_exceptions=True)
    [refused] = [each for each in outcomes if isinstance(each, BaseException)]
    assert isinstance(refused, BadFields) and set(refused.fields) == {"name"}
    async with reader() as reading:
        assert await schedules.names(reading) == ("Payments",)


async def test_an_edit_now_changes_nothing_that_was(units: Units, reader: Reader, clock: StillClock) -> None:
    ana, raj, mia = [await met(units, name) for name in ("UANA", "URAJ", "UMIA")]
    before = await made(units, reader, ana, wanted(rotation(ana, raj)))
    own = before.schedule.rotations[0].id
    after = await changed(
        units, reader, ana, before, wanted(rotation(mia, raj, rotation_id=own)), effect=TakesEffect.NOW
    )
    assert after.schedule.rotations[0].id == own and after.version == before.version + 1
    assert holder(after, clock.now - timedelta(seconds=1)) == [ana.id]
    assert holder(after, clock.now) == [mia.id]
    long_ago = clock.now - timedelta(days=30)
    assert timeline(before.schedule, long_ago, clock.now) == timeline(after.schedule, long_ago, clock.now)


async def test_an_edit_at_the_next_hand_off_leaves_the_running_turn(
    units: Units, reader: Reader, clock: StillClock
) -> None:
    ana, raj, mia = [await met(units, name) for name in ("UANA", "URAJ", "UMIA")]
    before = await made(units, reader, ana, wanted(rotation(ana)))
    own = before.schedule.rotations[0].id
    after = await changed(
        units, reader, raj, before, wanted(rotation(mia, raj, rotation_id=own)), effect=TakesEffect.NEXT_HAND_OFF
    )
    hand_off = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert holder(after, clock.now) == holder(after, hand_off - timedelta(seconds=1)) == [ana.id]
    assert holder(after, hand_off) == [mia.id]
    again = await changed(
        units, reader, ana, after, wanted(rotation(raj, mia, rotation_id=own)), effect=TakesEffect.NEXT_HAND_OFF
    )
    assert (holder(again, clock.now), holder(again, hand_off)) == ([ana.id], [raj.id])
    assert len(again.schedule.rotations[0].versions) == 2


async def test_a_rotation_left_out_ends_and_a_new_one_begins(units: Units, reader: Reader, clock: StillClock) -> None:
    ana, raj = await met(units, "UANA"), await met(units, "URAJ")
    before = await made(units, reader, ana, wanted(rotation(ana), rotation(raj, name="Backup")))
    kept, gone = before.schedule.rotations
    what = wanted(rotation(raj, name="Nights"), rotation(ana, rotation_id=kept.id))
    after = await changed(units, reader, ana, before, what, effect=TakesEffect.NOW)
    assert [each.name for each in after.schedule.rotations] == ["Nights", "Primary", "Backup"]
    assert after.schedule.rotations[2].id == gone.id and after.schedule.rotations[2].closed_at == clock.now
    assert holder(after, clock.now - timedelta(seconds=1)) == [raj.id, ana.id]
    assert len(timeline(after.schedule, clock.now - timedelta(days=1), clock.now).rotations[2].final) == 1


async def test_a_rotation_left_out_at_the_next_hand_off_ends_with_its_turn(
    units: Units, reader: Reader, clock: StillClock
) -> None:
    ana, raj = await met(units, "UANA"), await met(units, "URAJ")
    before = await made(units, reader, ana, wanted(rotation(ana), rotation(raj, name="Backup")))
    kept = before.schedule.rotations[0]
    after = await changed(
        units, reader, ana, before, wanted(rotation(ana, rotation_id=kept.id)), effect=TakesEffect.NEXT_HAND_OFF
    )
    hand_off = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert holder(after, hand_off - timedelta(seconds=1)) == [ana.id, raj.id]
    assert holder(after, hand_off) == [ana.id]


async def test_another_zone_moves_the_hand_offs_to_come_and_not_the_past(
    units: Units, reader: Reader, clock: StillClock
) -> None:
    ana, raj = await met(units, "UANA"), await met(units, "URAJ")
    before = await made(units, reader, ana, wanted(rotation(ana, raj)))
    own = before.schedule.rotations[0].id
    what = replace(wanted(rotation(ana, raj, rotation_id=own)), timezone="America/New_York")
    after = await changed(units, reader, ana, before, what, effect=TakesEffect.NOW)
    week_ago = clock.now - timedelta(days=7)
    assert timeline(before.schedule, week_ago, clock.now) == timeline(after.schedule, week_ago, clock.now)
    hand_off = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)  # 09:00 in New York
    assert holder(after, hand_off - timedelta(seconds=1)) == [ana.id]
    assert holder(after, hand_off) == [raj.id]


async def test_an_edit_that_says_the_same_writes_nothing(units: Units, reader: Reader) -> None:
    ana = await met(units, "UANA")
    every_day = Restriction(RestrictionKind.TIME_OF_DAY, (TimeWindow(8, 0, 18, 0),))
    before = await made(units, reader, ana, wanted(replace(rotation(ana), restriction=every_day), team="Money"))
    own = before.schedule.rotations[0].id
    in_other_words = Restriction(
        RestrictionKind.WEEKDAY_AND_TIME_OF_DAY, tuple(TimeWindow(8, 0, 18, 0, day, day) for day in Weekday)
    )
    same = wanted(replace(rotation(ana, rotation_id=own), restriction=in_other_words), team="Money")
    after = await changed(units, reader, ana, before, same, effect=TakesEffect.NOW)
    assert after == before
    async with reader() as reading:
        verbs = [event.verb for event in (await reading.session.exec(select(Event).order_by("id"))).all()]
        versions = (await reading.session.exec(select(RotationVersion))).all()
    assert verbs == ["create-team", "create-schedule"] and len(versions) == 1


async def test_a_start_that_came_twice_that_day_is_not_moved_by_an_edit_of_something_else(
    units: Units, reader: Reader, clock: StillClock
) -> None:
    clock.now = datetime(2026, 10, 25, 12, tzinfo=UTC)
    ana = await met(units, "UANA")
    twice = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001 - what is typed has no zone, nor a pass
    before = await made(units, reader, ana, wanted(replace(rotation(ana), start=twice)))
    own = before.schedule.rotations[0]
    async with units.begin(None) as unit:
        row = await unit.session.get(RotationVersion, (own.id, 0))
        assert row
        row.start = row.start + timedelta(hours=1)  # as an API may send it: the second pass
    what = wanted(replace(rotation(ana, rotation_id=own.id), name="Renamed", start=twice))
    after = await changed(units, reader, ana, before, what, effect=TakesEffect.NOW)
    assert after.schedule.rotations[0].rule.start == own.rule.start + timedelta(hours=1)
    assert after.schedule.rotations[0].name == "Renamed"


async def test_a_stale_version_is_a_conflict_that_carries_what_is_stored(units: Units, reader: Reader) -> None:
    ana, raj = await met(units, "UANA"), await met(units, "URAJ")
    before = await made(units, reader, ana, wanted(rotation(ana)))
    own = before.schedule.rotations[0].id
    await changed(units, reader, raj, before, wanted(rotation(raj, rotation_id=own)), effect=TakesEffect.NOW)
    with pytest.raises(Conflict) as conflict:
        await changed(units, reader, ana, before, wanted(rotation(ana, rotation_id=own)), effect=TakesEffect.NOW)
    assert conflict.value.version == before.version + 1
    assert isinstance(conflict.value.theirs, Watched)
    assert conflict.value.theirs.schedule.rotations[0].rule.participants == (user(raj),)


async def test_only_its_team_edits_a_schedule_of_a_team(units: Units, reader: Reader) -> None:
    ana, raj, admin = [await met(units, name) for name in ("UANA", "URAJ", "UADMIN")]
    before = await made(units, reader, ana, wanted(rotation(ana), team="Money"))
    own = before.schedule.rotations[0].id
    what = wanted(rotation(raj, rotation_id=own), team="Money")
    with pytest.raises(NotAllowed, match=r"Only people of its team, a lead of its team \(Ana\) or an admin can edit"):
        await changed(units, reader, raj, before, what, effect=TakesEffect.NOW)
    assert (await changed(units, reader, admin, before, what, effect=TakesEffect.NOW)).version == before.version + 1


async def test_an_edit_is_written_down_with_before_and_after(units: Units, reader: Reader) -> None:
    ana, raj = await met(units, "UANA"), await met(units, "URAJ")
    before = await made(units, reader, ana, wanted(rotation(ana)))
    own = before.schedule.rotations[0].id
    await changed(
        units, reader, raj, before, wanted(rotation(raj, rotation_id=own), name="Cards"), effect=TakesEffect.NOW
    )
    async with reader() as reading:
        last = await schedules.last_change(reading, before.schedule.id)
        event = (await reading.session.exec(select(Event).where(Event.verb == "edit-schedule"))).one()
    assert last and last.by and last.by.id == raj.id
    assert (event.before["name"], event.after["name"]) == ("Payments", "Cards")
    assert event.after["rotations"][0]["participants"] == [{"type": "user", "id": raj.id}]


async def test_a_plan_says_what_an_edit_would_do_and_does_nothing(
    units: Units, reader: Reader, clock: StillClock
) -> None:
    ana, raj = await met(units, "UANA"), await met(units, "URAJ")
    before = await made(units, reader, ana, wanted(rotation(ana)))
    own = before.schedule.rotations[0].id
    async with reader() as reading:
        plan = await plan_edit(
            reading, ana, before.schedule.id, wanted(rotation(raj, rotation_id=own)), TakesEffect.NOW
        )
    assert [segment.participant for segment in on_call(plan.after, clock.now)] == [user(raj)]
    assert await stored(reader, before.schedule.id) == before


async def test_a_schedule_that_is_gone_cannot_be_edited(units: Units) -> None:
    ana = await met(units, "UANA")
    with pytest.raises(NotFound, match="gone"):
        async with units.begin(ana) as unit:
            await edit(unit, "no such id", wanted(rotation(ana)), version=1, effect=TakesEffect.NOW)
