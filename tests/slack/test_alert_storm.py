"""A storm of alerts: one message for each open alert, its edits gathered, nothing lost."""

from __future__ import annotations

import asyncio

from bot.engines.policies import compile_policies
from bot.queries import alerts, schedules
from bot.queries.alerts import AlertIdentifier, AlertRef
from bot.usecases.alerts.create import raise_alert
from bot.usecases.alerts.wanted import WantedAlert, WantedResponder
from bot.usecases.channels.link import link
from bot.usecases.references import Ref
from bot.vocabulary import AlertResponderKind
from tests.slack.conftest import Town

ALIASES = 6
TIMES = 10
CHANNEL = "C01GENERAL"


async def test_a_storm_posts_each_alert_once_and_gathers_its_edits(staffed: Town) -> None:
    house, rulebook = staffed.house, compile_policies(())
    ana = await house.desk.people.person("U01ANA")
    async with house.reader() as reading:
        found = await schedules.by_name(reading, "Payments")
    assert found
    async with house.units.begin(ana) as unit:
        await link(unit, CHANNEL, found.schedule.id)
    payments = WantedResponder(AlertResponderKind.SCHEDULE, Ref(name="Payments"))

    async def program(alias: str) -> None:
        for _ in range(TIMES):
            wanted = WantedAlert(message=f"Disk of {alias} is full", alias=alias, responders=(payments,))
            async with house.units.begin(ana) as unit:
                await raise_alert(unit, wanted, rulebook)

    earlier = len(staffed.workspace.calls)
    await asyncio.gather(*(program(f"db-{number}") for number in range(ALIASES)))
    await staffed.person("U02RAJ").sees(f"Disk of db-{ALIASES - 1} is full")
    await staffed.move(seconds=61)
    await staffed.all_told()
    calls = staffed.workspace.calls[earlier:]
    posts = [str(call.args["channel"]) for call in calls if call.method == "chat.postMessage"]
    assert posts.count(CHANNEL) == ALIASES
    assert len(posts) == 2 * ALIASES  # and as many direct messages to Raj
    edits = [call for call in calls if call.method == "chat.update"]
    assert len(edits) <= 4 * ALIASES
    async with house.reader() as reading:
        for number in range(ALIASES):
            alert = await alerts.by_ref(reading, AlertRef(f"db-{number}", AlertIdentifier.ALIAS))
            assert alert
            assert alert.count == TIMES
