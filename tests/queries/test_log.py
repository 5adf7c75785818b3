"""The log of schedules: who changed what and when, newest first, in a fixed number of statements."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.engines.rotation import Participant
from bot.queries import log, schedules
from bot.queries.changes import UNDONE, Changing, Passing
from bot.queries.people import Person
from bot.queries.schedules import Watched
from bot.usecases.channels.link import link
from bot.usecases.schedules.create import create
from bot.usecases.schedules.edit import edit
from bot.usecases.schedules.wanted import TakesEffect, WantedRotation, WantedSchedule
from bot.vocabulary import ParticipantKind, RotationType
from tests.api.opsgenie.schedules.watches import Watches
from tests.usecases.stories import Story, statements


def _wanted(story: Story, *people: Person, name: str = "Payments", rotation_id: str | None = None) -> WantedSchedule:
    roster = tuple(Participant(ParticipantKind.USER, each.id) for each in people)
    monday = story.clock.now.replace(tzinfo=None) - timedelta(days=2)
    return WantedSchedule(
        name, "Europe/Berlin", None, (WantedRotation(rotation_id, "Primary", roster, RotationType.WEEKLY, 1, monday),)
    )


async def _made(story: Story, name: str = "Payments") -> Watched:
    async with story.units.begin(story.ana) as unit:
        schedule_id = await create(unit, _wanted(story, story.ana, story.raj, name=name))
    async with story.reader() as reading:
        found = await schedules.by_id(reading, schedule_id)
    assert found
    return found


async def _page(story: Story, *ids: str, size: int = 8, skip: int = 0) -> log.Page:
    async with story.reader() as reading:
        return await log.page(reading, ids, size=size, skip=skip)


async def test_each_change_is_an_entry_with_the_people_it_speaks_of(story: Story) -> None:
    before = await _made(story)
    story.clock.advance(minutes=1)
    changed = _wanted(story, story.li, story.raj, rotation_id=before.schedule.rotations[0].id)
    wanted = replace(changed, name="Money")
    async with story.units.begin(story.raj) as unit:
        await edit(unit, before.schedule.id, wanted, version=before.version, effect=TakesEffect.NEXT_HAND_OFF)
    async with story.units.begin(story.li) as unit:
        await link(unit, "C01", before.schedule.id)
    linked, edited, made = (await _page(story)).entries
    assert [each.verb for each in (linked, edited, made)] == [Changing.LINKED, Changing.EDITED, Changing.CREATED]
    assert [each.by for each in (linked, edited, made)] == [story.li, story.raj, story.ana]
    assert {each.schedule for each in (linked, edited, made)} == {"Money"}
    assert set(made.people) == {story.ana.id, story.raj.id, story.li.id}
    assert edited.after["rotations"][0]["holds_from"] > edited.at.isoformat()
    assert edited.after["closed"] == {}


async def test_a_rotation_that_an_edit_closes_is_told_with_its_end(story: Story) -> None:
    before = await _made(story)
    story.clock.advance(minutes=1)
    async with story.units.begin(story.raj) as unit:
        await edit(unit, before.schedule.id, _wanted(story, story.li), version=before.version, effect=TakesEffect.NOW)
    closed = (await _page(story)).entries[0].after["closed"]
    assert closed == {before.schedule.rotations[0].id: story.clock.now.isoformat()}


async def test_it_is_of_the_schedules_asked_about_or_of_all_and_of_nothing_else(story: Story) -> None:
    payments, platform = await _made(story), await _made(story, "Platform")
    await story.created()  # a postmortem's events are none of a schedule's
    assert [each.schedule for each in (await _page(story)).entries] == ["Platform", "Payments"]
    assert [each.schedule for each in (await _page(story, payments.schedule.id)).entries] == ["Payments"]
    assert len((await _page(story, payments.schedule.id, platform.schedule.id)).entries) == 2


async def test_pages_follow_one_another_and_the_last_knows_it_is(story: Story) -> None:
    payments = (await _made(story)).schedule.id
    for number in range(6):
        async with story.units.begin(story.ana) as unit:
            await unit.event("frobnicate", payments, after={"number": number})
    pages = [await _page(story, payments, size=3, skip=skip) for skip in (0, 3, 6, 9)]
    assert [each.has_older for each in pages] == [True, True, False, False]
    assert [len(each.entries) for each in pages] == [3, 3, 1, 0]
    assert pages[0].entries[0].verb == "frobnicate"
    assert pages[2].entries[0].verb == Changing.CREATED


async def test_what_was_taken_back_is_told_with_it(story: Story) -> None:
    payments = (await _made(story)).schedule.id
    async with story.units.begin(story.ana) as unit:
        put = await unit.event(Changing.OVERRIDDEN, payments, after={"user_id": story.li.id})
        await unit.event(UNDONE, payments, after={"event": put, "verb": Changing.OVERRIDDEN, "name": "Payments"})
    undone = (await _page(story)).entries[0].undone
    assert undone and (undone.verb, undone.schedule, undone.people[story.li.id]) == (
        Changing.OVERRIDDEN,
        "Payments",
        story.li,
    )


async def test_a_schedule_that_is_gone_keeps_its_log_under_its_last_name(story: Story) -> None:
    async with story.units.begin(None) as unit:
        await unit.event(Changing.CREATED, "gone", after={"name": "Payments", "rotations": []})
        await unit.event(Changing.LINKED, "gone", after={"channel": "C01"})
    assert [each.schedule for each in (await _page(story)).entries] == ["a schedule that is gone", "Payments"]
    assert [each.by for each in (await _page(story, "gone")).entries] == [None, None]


async def test_forwardings_are_told_with_the_schedules_whose_duty_passes_and_with_all(story: Story) -> None:
    payments = (await _made(story)).schedule.id
    async with story.units.begin(story.ana) as unit:
        platform = await create(unit, _wanted(story, story.raj, name="Platform"))
        passed, back = [
            {"from_user_id": each.id, "to_user_id": story.li.id, "start": "", "end": ""}
            for each in (story.ana, story.raj)
        ]
        await unit.event(Passing.MADE, "f", after=passed)
        await unit.event(Passing.EDITED, "f", before=passed, after=back)
        await unit.event(Passing.REMOVED, "f", before=back)
    of_each = [[each.verb for each in (await _page(story, *ids)).entries] for ids in ([payments], [platform], [])]
    told = [Passing.REMOVED, Passing.EDITED, Passing.MADE]
    assert of_each == [[*told, Changing.CREATED], [*told[:2], Changing.CREATED], [*told, *[Changing.CREATED] * 2]]
    newest = (await _page(story)).entries[0]
    assert newest.people[story.raj.id] == story.raj and newest.people[story.li.id] == story.li


async def test_teams_and_escalations_in_rosters_have_their_names(story: Story) -> None:
    watches = Watches(story.units)
    ops = await watches.team("Ops", Participant(ParticipantKind.USER, story.raj.id))
    payments = (await _made(story)).schedule.id
    rotations = [{"participants": [{"type": "team", "id": ops.id}, {"type": "none"}]}]
    async with story.units.begin(story.ana) as unit:
        await unit.event(Changing.EDITED, payments, before={"rotations": []}, after={"rotations": rotations})
    assert (await _page(story)).entries[0].groups == {ops.id: "Ops"}


@pytest.mark.parametrize(("everything", "cost"), [(True, 3), (False, 7)])
async def test_it_costs_the_same_few_statements_however_much_has_happened(
    story: Story, everything: bool, cost: int
) -> None:
    costs = []
    for round_ in range(2):
        made = [await _made(story, f"Team {round_} {number}") for number in range(1 + 8 * round_)]
        async with story.units.begin(story.raj) as unit:
            for _ in range(20):
                put = await unit.event(Changing.OVERRIDDEN, made[0].schedule.id, after={"user_id": story.li.id})
                await unit.event(UNDONE, made[0].schedule.id, after={"event": put})
        async with story.reader() as reading:
            with statements() as seen:
                await log.page(reading, () if everything else [made[0].schedule.id], size=8)
        costs.append(len(seen))
    assert costs == [cost, cost], "\n".join(seen)
