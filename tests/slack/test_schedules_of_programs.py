"""Schedules that programs made, in Slack's form: what it cannot show stays, and one without rotations can get some."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.engines.rotation import NOBODY, Participant
from bot.playground.screens import Kind
from bot.queries import schedules
from bot.queries.schedules import Watched
from bot.usecases.schedules.create import create
from bot.usecases.schedules.wanted import ExistingTeam, WantedRotation, WantedSchedule
from bot.vocabulary import ParticipantKind, RotationType
from tests.api.opsgenie.schedules.watches import Watches
from tests.slack.conftest import Town
from tests.slack.test_schedules import edit_form

MONDAY = datetime(2026, 11, 16, 8, 15, 0, tzinfo=UTC)


async def stored(town: Town, schedule_id: str) -> Watched:
    async with town.house.reader() as reading:
        found = await schedules.by_id(reading, schedule_id)
    assert found
    return found


async def test_what_the_form_does_not_show_stays_as_a_program_said_it(town: Town) -> None:
    ana = town.person("U01ANA")
    me = await town.house.desk.people.person("U01ANA")
    watches = Watches(town.house.units)
    user = Participant(ParticipantKind.USER, me.id)
    team, escalation = await watches.team("core", user, lead=user), await watches.escalation("Night")
    end = MONDAY + timedelta(days=400)
    rotation = WantedRotation(None, "Twice", (user, team, escalation, NOBODY), RotationType.WEEKLY, 1, MONDAY, end=end)
    wanted = WantedSchedule(
        name="Pay  ments",
        timezone="Europe/Berlin",
        team=ExistingTeam(id=team.id),
        rotations=(rotation, rotation),
        description="Who to call",
        enabled=False,
    )
    async with town.house.units.begin(None) as unit:
        schedule_id = await create(unit, wanted)
        await create(unit, replace(wanted, name="pay ments"))
    before = await stored(town, schedule_id)
    form = await edit_form(ana, "Pay  ments")
    previewed = await ana.submit(form, {"length.0.1": "2"})
    assert previewed.view, previewed
    assert (await ana.submit(previewed.view)).ok
    after = await stored(town, schedule_id)
    assert (after.schedule.name, after.description, after.schedule.enabled) == ("Pay  ments", "Who to call", False)
    assert (after.team_id, after.version) == (team.id, before.version + 1)
    first, second = [each.rule for each in before.schedule.rotations]
    assert [each.rule for each in after.schedule.rotations] == [replace(first, length=2), second]
    assert first.end and (first.end - first.start) > timedelta(days=399)


async def test_a_schedule_without_rotations_gets_its_first_in_the_form(town: Town) -> None:
    ana = town.person("U01ANA")
    async with town.house.units.begin(None) as unit:
        schedule_id = await create(unit, WantedSchedule("Payments", "Europe/Berlin", None, ()))
    form = await edit_form(ana)
    renamed = await ana.submit(form, {"name.0.0": "Cards"})
    assert renamed.view and (await ana.submit(renamed.view)).ok
    await ana.close(ana.view)
    form = await edit_form(ana, "Cards")
    assert (await ana.press(form, action_id="add_rotation")).ok
    await ana.sees("Rotation 1", kind=Kind.VIEW_UPDATED)
    previewed = await ana.submit(ana.view, {"people.0.1": ["U01ANA"], "day.0.1": "2026-11-16"})
    assert previewed.view, previewed
    assert (await ana.submit(previewed.view)).ok
    [rotation] = (await stored(town, schedule_id)).schedule.rotations
    assert (rotation.name, rotation.rule.start) == ("Primary", MONDAY.replace(minute=0))
