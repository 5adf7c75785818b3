"""Who hears of an alert in Slack where there is no channel, and where somebody is at work on it already."""

from __future__ import annotations

import pytest

from bot.engines.policies import compile_policies
from bot.queries.alerts import AlertRef
from bot.usecases.alerts.acknowledge import acknowledge
from bot.usecases.alerts.add_responder import add_responder
from bot.usecases.alerts.create import raise_alert
from bot.usecases.alerts.wanted import WantedAlert, WantedResponder
from bot.usecases.references import Ref
from bot.vocabulary import AlertResponderKind
from tests.slack.alerting import ANA, MIA, Alarms, alarms, buttons, told
from tests.slack.conftest import Town

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def watched(staffed: Town) -> Alarms:
    return await alarms(staffed)


@ONE_DATABASE
async def test_an_alert_without_channel_and_people_comes_to_the_admins_each_one(watched: Alarms) -> None:
    town, ana = watched.town, watched.town.person(ANA)
    for message in ("disk is full", "mail is down"):
        async with town.house.units.begin(watched.program.key) as unit:
            await raise_alert(unit, WantedAlert(message=message), compile_policies([]))
        shown = await told(ana, "*Nobody was called*", message, "names nobody to call", "or are an admin", since=0)
    assert "I have it" in buttons(shown)
    since = ana.mark()
    assert (await ana.press(shown, action_id="alert:acknowledge")).ok
    await told(ana, "Acknowledged by Ana", since=since, edited=True)


@ONE_DATABASE
async def test_who_is_called_after_the_acknowledgement_is_told_too(watched: Alarms) -> None:
    town, mia = watched.town, watched.town.person(MIA)
    alert = await watched.raised()
    await watched.later(minutes=1)
    ana = await town.house.desk.people.person(ANA)
    async with town.house.units.begin(ana) as unit:
        await acknowledge(unit, AlertRef(alert.id))
    await watched.later(minutes=1)
    called = WantedResponder(AlertResponderKind.USER, Ref(id=(await town.house.desk.people.person(MIA)).id))
    since = mia.mark()
    async with town.house.units.begin(watched.program.key) as unit:
        await add_responder(unit, AlertRef(alert.id), called)
    await told(mia, "db is down", since=since)
