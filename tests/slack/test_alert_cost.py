"""What an alert costs in statements to show and to answer does not grow with the alerts there are."""

from __future__ import annotations

import pytest

from bot.queries.alert_outlook import outlook
from bot.queries.alerts import AlertRef
from bot.slack.messages import alerts
from bot.usecases.alerts.acknowledge import acknowledge
from bot.usecases.alerts.close import close
from bot.usecases.deliveries.claim import Claimed
from bot.usecases.messages import MessageKind
from storage.models import Alert
from tests.slack.alerting import ANA, RAJ, Alarms, alarms
from tests.slack.conftest import Town
from tests.usecases.stories import statements

SHOWN, TOLD, ACKNOWLEDGED, CLOSED = 9, 12, 14, 14
"""The most of each, what is remembered of schedules left out."""


async def _costs(watched: Alarms, alert: Alert) -> list[int]:
    """The statements of its message, of a direct message, of an acknowledgement and of its end."""
    town = watched.town
    raj, ana = [await town.house.desk.people.person(each) for each in (RAJ, ANA)]
    async with town.house.reader() as reading:
        await outlook(reading, alert.id)
        with statements() as shown:
            await outlook(reading, alert.id)
        with statements() as told:
            await alerts.paged(reading, _claimed(alert, raj.slack_id or ""))
    with statements() as acknowledged:
        async with town.house.units.begin(ana) as unit:
            await acknowledge(unit, AlertRef(alert.id))
    with statements() as closed:
        async with town.house.units.begin(ana) as unit:
            await close(unit, AlertRef(alert.id))
    return [len(each) for each in (shown, told, acknowledged, closed)]


def _claimed(alert: Alert, slack_id: str) -> Claimed:
    return Claimed(
        id="d",
        kind=MessageKind.PAGED,
        subject=alert.id,
        recipient=slack_id,
        details={},
        revision=1,
        attempts=1,
        channel="D1",
        ts="1.0",
        forsaken=False,
        lease_until=alert.created_at,
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_it_takes_as_many_statements_however_many_alerts_there_are(staffed: Town) -> None:
    watched = await alarms(staffed)
    await staffed.house.clockwork.stop()
    few = await _costs(watched, await watched.raised(alias="first"))
    for number in range(20):
        await watched.raised(alias=f"alias {number}")
    many = await _costs(watched, await watched.raised(alias="last"))
    assert few == many
    assert all(cost <= most for cost, most in zip(many, (SHOWN, TOLD, ACKNOWLEDGED, CLOSED), strict=True)), many
