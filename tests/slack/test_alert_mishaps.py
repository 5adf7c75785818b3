"""Buttons and forms of an alert where something is amiss: pressed again, out of date, or nobody to be called."""

from __future__ import annotations

import pytest

from bot.playground.screens import Kind
from bot.queries.alerts import AlertRef
from bot.usecases.alerts.delete import delete
from tests.slack.alerting import (
    ANA,
    INCIDENTS,
    MIA,
    RAJ,
    TOM,
    Alarms,
    alarms,
    buttons,
    card,
    not_up_to_date,
    only_they,
    told,
)
from tests.slack.conftest import Town

ASSIGN, NEXT = "alert:assign", "alert:next"
ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def watched(staffed: Town) -> Alarms:
    return await alarms(staffed)


@ONE_DATABASE
async def test_handed_to_the_next_twice_no_third_is_called(watched: Alarms) -> None:
    raj, tom = watched.town.person(RAJ), watched.town.person(TOM)
    await watched.raised()
    paged = await told(raj, "calls you", since=0)
    stale, mark = not_up_to_date(watched.town, paged), tom.mark()
    assert (await raj.press(paged, action_id=NEXT)).ok
    await told(tom, "calls you", since=mark)
    assert (await raj.press(stale, action_id=NEXT)).ok
    answer = await only_they(raj, "You passed #", "on already")
    assert buttons(answer) == ["Hand over"]


@ONE_DATABASE
async def test_handed_to_a_schedule_it_is_said_who_is_called_and_that_nobody_is(watched: Alarms) -> None:
    ana = watched.town.person(ANA)
    alert = await watched.raised()
    shown = await card(ana, "P1 db is down", since=0)
    for schedule, answer in (
        ("Payments", "is handed over: Raj gets a direct message"),
        ("Platform", "*Nobody was called* to *db is down*: nobody is on call there now"),
    ):
        assert (await ana.press(shown, action_id=ASSIGN)).ok
        await ana.sees("Hand over #", kind=Kind.VIEW_OPENED)
        listed = await ana.options(ana.view, "schedule", "look_up_schedule", schedule)
        await ana.fill(ana.view, {"schedule": listed["options"][0]["value"]})
        assert (await ana.submit(ana.view)).ok
        said = await only_they(ana, answer)
    assert buttons(said) == ["Hand over"]

    assert (await ana.press(shown, action_id=ASSIGN)).ok
    await ana.sees("Hand over #", kind=Kind.VIEW_OPENED)
    async with watched.town.house.units.begin(watched.program.key) as unit:
        await delete(unit, AlertRef(alert.id))
    refused = await ana.submit(ana.view, {"person": RAJ})
    assert refused.errors and "That alert was deleted" in str(refused.errors)


@ONE_DATABASE
async def test_where_the_bot_may_not_post_an_admin_hears_that_nobody_was_called(watched: Alarms) -> None:
    workspace = watched.town.workspace
    workspace.channels[INCIDENTS].members.discard(workspace.app.user_id)
    await watched.raised("Platform")
    await watched.town.all_told()
    admins = [watched.town.person(each) for each in (ANA, MIA)]
    told_so = [each.text for admin in admins for each in admin.screen(admin.dm.id) if "Nobody was called" in each.text]
    assert len(told_so) == 1
