"""A storm at full size: a thousand alerts in a minute of fifty aliases, as Slack sees it through its limits."""

from __future__ import annotations

import asyncio
from collections import Counter

from sqlmodel import col, func, select

from bot.engines.policies import compile_policies
from bot.playground.clock import WorkspaceClock
from bot.settings import Settings
from bot.slack.pacing import Pace
from bot.usecases.alerts.create import raise_alert
from bot.usecases.alerts.wanted import WantedAlert, WantedResponder
from bot.usecases.references import Ref
from bot.usecases.unit import Units
from bot.vocabulary import AlertResponderKind, AlertStatus
from storage.database import Database
from storage.models import Alert
from tests.slack.conftest import MORNING
from tests.slack.sending.post import ANA, INCIDENTS, RAJ, Post, opened

ALERTS, ALIASES = 1_000, 50
TOGETHER = 50
"""How many are written in one transaction: how fast they are taken is measured elsewhere."""
PATIENCE_SECONDS = 240
HURRY = 25
"""How many times as fast as the machine's clock that of the workspace runs, and with it Slack's limits."""
PER_SECOND, BURST = 0.8, 4
"""A little less than the workspace takes: a moment in which the machine is slow counts as many times."""


async def _rage(post: Post, units: Units) -> None:
    """The storm: of each two aliases one calls Ana, the other Raj."""
    people = [await post.person(each) for each in (ANA, RAJ)]
    called = [WantedResponder(AlertResponderKind.USER, Ref(id=each.id)) for each in people]
    rulebook = compile_policies([])
    for first in range(0, ALERTS, TOGETHER):
        async with units.begin(people[0]) as unit:
            for number in range(first, first + TOGETHER):
                place = number % ALIASES
                wanted = WantedAlert(message=f"Disk {place} full", alias=f"db-{place}", responders=(called[place % 2],))
                await raise_alert(unit, wanted, rulebook)


async def test_a_thousand_alerts_are_fifty_messages_in_the_channel_and_one_to_each_who_is_called(
    database: Database,
) -> None:
    time = asyncio.get_running_loop().time
    start = time()
    clock = WorkspaceClock.running(wall=lambda: MORNING.timestamp() + (time() - start) * HURRY)
    async with opened(database, clock, Settings(alerts_channel=INCIDENTS)) as post:
        sender, more = post.sender(pace=Pace(per_second=PER_SECOND * HURRY, burst=BURST)), asyncio.Event()
        units = Units(database, clock.now, post.settings)  # the sender's own commits ring for nobody
        units.on_commit(more.set)
        sender.on_free(more.set)
        async with asyncio.timeout(PATIENCE_SECONDS), asyncio.TaskGroup() as storm:
            storm.create_task(_rage(post, units))
            while post.calls("chat.postMessage") < 2 * ALIASES:
                more.clear()
                if not await sender.send_due():
                    await more.wait()
        await post.send(sender)
        await clock.advance(61)
        await post.send(sender)

        posts = [each for each in post.workspace.calls if each.method == "chat.postMessage"]
        assert Counter(str(each.args["channel"]) for each in posts) == {
            INCIDENTS: ALIASES,
            ANA: ALIASES // 2,
            RAJ: ALIASES // 2,
        }
        assert [each.result for each in post.workspace.calls if not each.ok] == []
        assert post.calls("chat.update") <= 2 * ALIASES  # most are shown by the first message, which waits for its turn
        for place in (ANA, RAJ):
            subjects = [each.text for each in post.messages(place)]
            assert len(set(subjects)) == len(subjects) == ALIASES // 2
        assert all("20 times" in str(each.blocks) for each in post.messages(INCIDENTS))
        async with database.reading() as session:
            of_open = select(func.count(), func.sum(Alert.count)).where(col(Alert.status) == AlertStatus.OPEN)
            assert (await session.exec(of_open)).one() == (ALIASES, ALERTS)
