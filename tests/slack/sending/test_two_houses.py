"""Two processes on one PostgreSQL: what is due about alerts is done by one of them, whichever is first."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlmodel import select

from bot.engines.policies import compile_policies
from bot.playground.clock import WorkspaceClock
from bot.queries.alert_log import AlertHappening
from bot.queries.deliveries import AtHand
from bot.settings import Settings
from bot.usecases.alerts.create import raise_alert
from bot.usecases.alerts.wanted import WantedAlert, WantedResponder
from bot.usecases.deliveries.claim import claim
from bot.usecases.incidents.declare import Declaration, declare
from bot.usecases.messages import MessageKind
from bot.usecases.references import Ref
from bot.vocabulary import AlertResponderKind, Severity
from bot.wiring import House, build
from storage.database import Database
from storage.models import Escalation, Event
from tests.slack.conftest import MORNING
from tests.slack.sending.post import ANA, INCIDENTS, RAJ, Post, opened

ALERTS = 8


def _houses(post: Post) -> list[House]:
    app = post.workspace.app
    tokens = {"slack_bot_token": app.bot_token, "slack_signing_secret": app.signing_secret}
    settings = post.settings.model_copy(update={**tokens, "slack_api_url": post.playground.api_url})
    url = post.database.url.render_as_string(hide_password=False)
    return [build(settings, clock=post.clock.now, database=Database(url)) for _ in range(2)]


async def _wake(houses: list[House], post: Post, *, seconds: float = 0) -> None:
    """Let time pass, once nobody has a message in hand: its lease would end before it is sent."""
    for house in houses:
        await house.desk.sender.settled()
    await post.clock.advance(seconds)
    for house in houses:
        house.clockwork.wake()


async def _raised(post: Post) -> list[str]:
    """Alerts that Ana is told of at once, and Raj a minute later; answers their ids."""
    ana, raj = await post.person(ANA), await post.person(RAJ)
    rules = [
        {
            "condition": "if-not-closed",
            "notify_type": "default",
            "delay_minutes": minutes,
            "recipient": {"type": "user", "id": person.id},
        }
        for minutes, person in ((0, ana), (1, raj))
    ]
    async with post.units.begin(ana) as unit:
        unit.session.add(Escalation(name="Ladder", rules=rules, created_at=unit.now))
        await unit.session.flush()
        called = WantedResponder(AlertResponderKind.ESCALATION, Ref(name="Ladder"))
        wanted = [WantedAlert(message=f"Disk {number} full", responders=(called,)) for number in range(ALERTS)]
        return [(await raise_alert(unit, each, compile_policies([]))).alert.id for each in wanted]


@pytest.mark.parametrize("database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
async def test_each_step_is_taken_once_and_each_message_sent_once(database: Database) -> None:
    settings = Settings(alerts_channel=INCIDENTS, incident_channels=True)
    async with opened(database, WorkspaceClock.still(MORNING), settings) as post:
        ana, raj, houses = post.workspace.person(ANA), post.workspace.person(RAJ), _houses(post)
        for house in houses:
            await house.connect()
        alerts = await _raised(post)
        for person, seconds in ((ana, 0), (raj, 61)):
            await _wake(houses, post, seconds=seconds)
            for number in range(ALERTS):
                await person.sees(f"Disk {number} full", channel=person.dm.id, since=0)
                await ana.sees(f"Disk {number} full", channel=INCIDENTS, since=0)

        # The one that was to make the incident's channel is gone before it began.
        async with post.units.begin(await post.person(ANA)) as unit:
            of_alert = Declaration(title="Disks", severity=Severity.P1, alert_id=alerts[0], own_channel=True)
            await declare(unit, of_alert)
        async with post.units.begin(None) as unit:
            await claim(unit, AtHand(kinds=frozenset({MessageKind.INCIDENT_CHANNEL})))
        await _wake(houses, post, seconds=61)
        elsewhere = {INCIDENTS, ana.dm.id}
        await ana.sees(
            "INC-1 Disks",
            since=0,
            where=lambda each: each.message is not None and each.message.channel not in elsewhere,
        )
        for house in houses:
            await house.close()

        posted = Counter(
            str(each.args["channel"])
            for each in post.workspace.calls
            if each.method == "chat.postMessage" and "INC-1" not in str(each.args)
        )
        assert (posted[INCIDENTS], posted[ANA], posted[RAJ]) == (ALERTS, ALERTS, ALERTS)
        assert post.calls("conversations.create") == 1
        async with database.reading() as session:
            events = (await session.exec(select(Event).where(Event.verb == AlertHappening.ESCALATED))).all()
        assert Counter((each.subject_id, each.after["step"]) for each in events) == Counter(
            {(alert, step): 1 for alert in alerts for step in (1, 2)}
        )
