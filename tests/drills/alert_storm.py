"""A storm of alerts with escalations and delays, in which the bot is killed again and again at moments of chance.

Programs send until they are answered; what was answered must be there, and each step of it taken once, no less and no
more. The world's clock runs ahead, so that hours of escalations pass in seconds.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

from aiohttp import ClientError, ClientSession
from sqlmodel import col, func, select

from bot.queries.alert_log import AlertHappening
from bot.settings import Settings
from bot.usecases.keys.create import create
from bot.usecases.unit import Units
from bot.vocabulary import PolicyGroup, Right
from storage.database import Database
from storage.models import Alert, AlertTimer, Escalation, Event, Policy, User
from tests.bench.load import BOT_TOKEN, SECRET, bare_slack
from tests.drills.bot_process import SharedClock
from tests.drills.nursery import Nursery

BEGINS = datetime(2026, 11, 18, 9, tzinfo=UTC)
PROGRAMS = 4
ALERTS_A_KILL = 4
LATE = "late"
MINUTES = (0, 1, 3)
REPEATED = 1
STEPS = Counter({(place, round_): 1 for round_ in range(REPEATED + 1) for place in range(1, len(MINUTES) + 1)})
AHEAD_SECONDS = 20.0
"""By how much the world's clock is moved each time."""
LONGEST_LIFE_SECONDS = 0.5
PATIENCE_SECONDS = 120


@dataclass
class Storm:
    """What came of it. `faults` are sentences; there are none where nothing was lost and nothing done twice."""

    kills: int = 0
    answered: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass
class _World:
    bots: Nursery
    order: dict[str, object]
    clock: SharedClock
    key: str
    address: str = ""
    tried: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)

    async def give_birth(self) -> None:
        """A bot serves, where one was killed."""
        self.address = f"http://127.0.0.1:{await self.bots.fork(self.order)}"


async def storm(url: str, bots: Nursery, folder: Path, *, kills: int, seed: int) -> Storm:
    """So many kills among so many alerts; then time goes on until nothing is left to be done, and all is looked at."""
    random, clock = Random(seed), SharedClock(folder / "clock", offset=BEGINS.timestamp() - monotonic())
    database = Database(url)
    key = await _filled(database)
    async with bare_slack() as slack, asyncio.timeout(PATIENCE_SECONDS + 10 * kills):
        settings = {"slack_bot_token": BOT_TOKEN, "slack_signing_secret": SECRET, "slack_api_url": slack.api_url}
        order: dict[str, object] = {
            "database": url,
            "clock": str(folder / "clock"),
            "settings": {**settings, "rate_limits": "off"},
        }
        world = _World(bots, order, clock, key)
        await world.give_birth()
        names = [f"{LATE if number % 3 == 0 else 'now'}-{number}" for number in range(kills * ALERTS_A_KILL)]
        async with ClientSession(headers={"Authorization": f"GenieKey {key}"}) as session:
            programs = [_program(world, session, names[place::PROGRAMS], random) for place in range(PROGRAMS)]
            sending = asyncio.gather(*programs)
            for _ in range(kills):
                await asyncio.sleep(random.uniform(0, LONGEST_LIFE_SECONDS))
                clock.offset += AHEAD_SECONDS
                bots.kill()
                await world.give_birth()
            await sending
        await _all_done(database, clock)
    bots.kill()
    found = Storm(kills, len(world.answered), await _faults(database, world))
    await database.close()
    clock.close()
    return found


async def _program(world: _World, session: ClientSession, names: Sequence[str], random: Random) -> None:
    """Send each alert until it is answered."""
    for name in names:
        while not world.answered[name]:
            world.tried[name] += 1
            body = {"message": name, "alias": name, "responders": [{"type": "escalation", "name": "Ladder"}]}
            try:
                async with session.post(f"{world.address}/v2/alerts", json=body) as answer:
                    world.answered[name] += answer.status == 202
            except ClientError:
                await asyncio.sleep(0.05)  # it was killed; the next one will be there in a moment
        await asyncio.sleep(random.uniform(0, LONGEST_LIFE_SECONDS / 4))


async def _all_done(database: Database, clock: SharedClock) -> None:
    """Time goes on until nothing is left to be done about any alert."""
    while True:
        async with database.reading() as session:
            if not (await session.exec(select(func.count()).select_from(AlertTimer))).one():
                return
        clock.offset += AHEAD_SECONDS
        await asyncio.sleep(0.1)  # for the bot to look at the clock


async def _faults(database: Database, world: _World) -> list[str]:
    async with database.reading() as session:
        alerts = {row.alias: row for row in await session.exec(select(Alert))}
        events = (await session.exec(select(Event).order_by(col(Event.id)))).all()
    of_alert: dict[str, list[Event]] = {}
    for event in events:
        of_alert.setdefault(event.subject_id, []).append(event)
    faults = [f"{name} was answered and is not there" for name in world.answered if name not in alerts]
    for name, alert in alerts.items():
        happened = of_alert.get(alert.id, [])
        if not world.answered[name] <= alert.count <= world.tried[name]:
            faults.append(f"{name} counts {alert.count}, was tried {world.tried[name]} times")
        steps = Counter(_step(event) for event in happened if event.verb == AlertHappening.ESCALATED)
        if steps != STEPS:
            faults.append(f"{name} has taken the steps {dict(steps)}")
        verbs = Counter(event.verb for event in happened)
        told = verbs[AlertHappening.NOTIFIED], verbs[AlertHappening.RAISED], verbs[AlertHappening.DELAYED]
        if told != (STEPS.total(), 1, int(name.startswith(LATE))):
            faults.append(f"{name} was notified, raised, delayed so often: {told}")
    return faults


def _step(event: Event) -> tuple[int, int]:
    return event.after["step"], event.after["round"]


async def _filled(database: Database) -> str:
    """Three people, an escalation over them that is repeated, and a policy that delays some alerts; answers a key."""
    await database.migrate()
    async with Units(database, lambda: BEGINS, Settings()).begin(None) as unit:
        key = await create(unit, name="storm", rights=list(Right), team=None)
        people = [
            User(slack_id=f"U{name}", email=f"{name}@example.com", name=name, refreshed_at=BEGINS)
            for name in ("ANA", "RAJ", "LI")
        ]
        unit.session.add_all(people)
        await unit.session.flush()
        rules = [_rule(minutes, person.id) for minutes, person in zip(MINUTES, people, strict=True)]
        repeat = {"wait_interval": 2, "count": REPEATED}
        unit.session.add(Escalation(name="Ladder", rules=rules, repeat=repeat, created_at=BEGINS))
        late = {"field": "alias", "operation": "starts-with", "expectedValue": LATE, "not": False, "order": 0}
        delay = {"delayOption": "for-duration", "duration": {"timeAmount": 2, "timeUnit": "minutes"}}
        unit.session.add(
            Policy(
                version=1,
                group=PolicyGroup.NOTIFICATION,
                position=0,
                name="Later",
                filter={"type": "match-all-conditions", "conditions": [late]},
                effects={"delay": delay},
                created_at=BEGINS,
                updated_at=BEGINS,
            )
        )
    return key


def _rule(minutes: int, user_id: str) -> dict[str, Any]:
    return {
        "condition": "if-not-closed",
        "notify_type": "default",
        "delay_minutes": minutes,
        "recipient": {"type": "user", "id": user_id},
    }
