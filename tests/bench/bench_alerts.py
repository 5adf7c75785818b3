"""How fast alerts are accepted, told and followed up. `python -m tests.bench.bench_alerts` prints the table.

Nothing here fails on time.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from aiohttp import ClientSession, TCPConnector, web
from sqlalchemy import text
from sqlmodel import col, func, select

from bot.queries.alert_log import AlertHappening
from bot.settings import Settings
from bot.usecases.keys.create import create
from bot.usecases.unit import Units
from bot.vocabulary import PolicyGroup, Right, RotationType
from storage.database import Database
from storage.models import (
    ChannelLink,
    Event,
    Policy,
    Rotation,
    RotationVersion,
    Schedule,
    User,
)
from tests.bench.bench_slack import Line
from tests.bench.databases import databases
from tests.bench.load import BOT_TOKEN, SECRET, p99
from tests.processes import Running, started

PEOPLE = 40
SCHEDULES = 5
POLICIES = 20
AT_ONCE = 20
EACH = 150
UNLOADED = 40
PENDING = 100_000
DUE = 100
AHEAD = timedelta(seconds=4)
PATIENCE_SECONDS = 60
BEGUN = datetime(2026, 1, 5, 7, tzinfo=UTC)


MANY_ALERTS = """
insert into alert (id, alias, message, description, entity, source, priority, status, acknowledged, is_seen, count,
                   tags, details, actions, visible_to, policy_trail, recent, created_at, updated_at, last_occurred_at)
select gen_random_uuid()::text, 'pending ' || n, 'Pending', '', '', 'pending', 'P3', 'open', false, false, 1,
       '[]', '{}', '[]', '[]', '[]', '[]', now(), now(), now()
from generate_series(1, :count) as n
"""
MANY_STEPS = """
insert into alerttimer (alert_number, step, due_at, details)
select number, 'escalate', now() + interval '1 day', cast(:details as jsonb) from alert where source = 'pending'
"""
SOME_DUE = """
update alerttimer set due_at = cast(:begins as timestamptz) + chosen.place * interval '1 second' / :count
from (select id, row_number() over (order by id) - 1 as place from alerttimer order by id limit :count) as chosen
where alerttimer.id = chosen.id
"""


@dataclass
class NotingSlack:
    """A Slack that takes every call with as little as a bot needs, and notes when whom a message reached."""

    base_url: str = ""
    posted: dict[str, list[float]] = field(default_factory=dict)
    reached: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def call(self, request: web.Request) -> web.Response:
        """Any method of the Web API."""
        at = time.perf_counter()
        args = await (request.json() if request.content_type == "application/json" else request.post())
        channel = str(args.get("channel", ""))
        if request.match_info["method"] == "chat.postMessage":
            async with self.reached:
                self.posted.setdefault(channel, []).append(at)
                self.reached.notify_all()
        said = {"ok": True, "team_id": "T1", "user_id": "UBOT", "bot_id": "B1", "url": self.base_url, "team": "T"}
        return web.json_response({**said, "channel": channel or "D1", "ts": f"{time.time():.6f}"})

    async def first_post(self, channel: str) -> float:
        """When the first message came there."""
        async with asyncio.timeout(PATIENCE_SECONDS), self.reached:
            await self.reached.wait_for(lambda: channel in self.posted)
        return self.posted[channel][0]


async def lines() -> list[Line]:
    """Every row, measured now on PostgreSQL; about a minute."""
    found: list[Line] = []
    with TemporaryDirectory(prefix="watchbill-bench-") as name:
        folder = Path(name)
        async with _noting_slack() as slack:
            for kind, url in databases(folder):
                if kind == "SQLite":
                    continue
                house = await _filled(url)
                settings = {
                    "SLACK_BOT_TOKEN": BOT_TOKEN,
                    "SLACK_SIGNING_SECRET": SECRET,
                    "SLACK_API_URL": f"{slack.base_url}/api/",
                    "DATABASE_URL": url,
                    "RATE_LIMITS": "off",
                }
                async with started(folder, **settings) as running, _program(house.key) as session:
                    await running.answers("/readyz", 200)
                    empty = median([await _asked(session, f"{running.address}/healthz") for _ in range(60)])
                    found.append(
                        Line(f"calibration: {kind}, an answer without content over HTTP", "", _ms(empty), "1.0")
                    )
                    found += await _unloaded(session, running.address, house, slack, kind=kind, empty=empty)
                    found += await _timers(url, house, kind=kind, empty=empty)
                    found += await _accepted(session, running, house, kind, empty)
    return found


@dataclass(frozen=True, slots=True)
class _House:
    key: str
    schedules: Sequence[str]
    people: Sequence[str]


async def _accepted(session: ClientSession, running: Running, house: _House, kind: str, empty: float) -> list[Line]:
    """AT_ONCE programs send, each one alert after another, half of them for aliases that are open already."""
    taken: list[float] = []

    async def program(number: int) -> None:
        for turn in range(EACH):
            body = _alert(house.schedules[(number + turn) % len(house.schedules)], alias=f"{number}-{turn}")
            taken.append(await _sent(session, running.address, body))

    await program(AT_ONCE)  # what it takes is remembered from here on
    taken.clear()
    busy, begun = _cpu(running), time.perf_counter()
    await asyncio.gather(*(program(number) for number in range(AT_ONCE)))
    elapsed, cpu = time.perf_counter() - begun, _cpu(running) - busy
    a_second, what = len(taken) / elapsed, f"{kind}: POST /v2/alerts, {AT_ONCE} at once, {POLICIES} policies"
    return [
        Line(f"{what}, accepted a second", "at least 150", f"{a_second:,.0f}", f"{a_second * empty:.2f}"),
        Line(f"{what}, p99", "250 ms", _ms(p99(taken)), f"{p99(taken) / empty:.1f}"),
        Line(
            f"{what}, CPU of Watchbill for each, with what it tells Slack meanwhile",
            "",
            _ms(cpu / len(taken)),
            f"{cpu / len(taken) / empty:.1f}",
        ),
    ]


async def _unloaded(
    session: ClientSession, address: str, house: _House, slack: NotingSlack, *, kind: str, empty: float
) -> list[Line]:
    """One alert at a time, each for another person, until the direct message is in Slack."""
    waited = []
    for number in range(UNLOADED):
        begun = time.perf_counter()
        body = _alert("", alias=f"unloaded {number}", user=house.people[number % PEOPLE])
        await _sent(session, address, body)
        waited.append(await slack.first_post(f"U{number % PEOPLE:04}") - begun)
    return [
        Line(
            f"{kind}: from sending an alert to its message in Slack, unloaded, p99",
            "1,000 ms",
            _ms(p99(waited)),
            f"{p99(waited) / empty:.1f}",
        )
    ]


async def _timers(url: str, house: _House, *, kind: str, empty: float) -> list[Line]:
    """PENDING steps far ahead and DUE within one second: until the last of those was taken, and none twice."""
    database = Database(url)
    async with database.writing() as session:
        connection = await session.connection()
        await connection.execute(text(MANY_ALERTS), {"count": PENDING})
        await connection.execute(text(MANY_STEPS), {"details": json.dumps(_step(house.people[0]))})
    begins = datetime.now(UTC) + AHEAD
    async with database.writing() as session:
        await (await session.connection()).execute(text(SOME_DUE), {"begins": begins, "count": DUE})
    last_due = begins + timedelta(seconds=(DUE - 1) / DUE)
    taken = select(func.count(), func.count(func.distinct(col(Event.subject_id)))).where(
        Event.verb == AlertHappening.ESCALATED
    )
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            async with database.reading() as session:
                steps, alerts = (await session.exec(taken)).one()
            if steps >= DUE:
                break
            await asyncio.sleep(0.02)
    late = max((datetime.now(UTC) - last_due).total_seconds(), 0.0)
    await database.close()
    assert (steps, alerts) == (DUE, DUE), f"{steps} steps of {alerts} alerts"
    what = f"{kind}: {PENDING:,} steps pending, {DUE} due in a second: all taken once, after the last was due"
    return [Line(what, "2,000 ms", _ms(late), f"{late / empty:.1f}")]


def _step(user_id: str) -> dict[str, Any]:
    rule = {
        "condition": "if-not-closed",
        "notify_type": "default",
        "delay_minutes": 1,
        "recipient": {"type": "user", "id": user_id},
    }
    ladder = {"kind": "escalation", "id": "none", "name": "Ladder"}
    return {"escalation": ladder, "step": 1, "round": 0, "rule": rule}


def _alert(schedule_id: str, *, alias: str, user: str = "") -> bytes:
    responder = {"type": "user", "id": user} if user else {"type": "schedule", "id": schedule_id}
    body = {
        "message": "An example alert message",
        "alias": alias,
        "description": "Every alert needs a description",
        "responders": [responder],
        "tags": ["OverwriteQuietHours", "Critical"],
        "details": {"key1": "value1", "key2": "value2"},
        "entity": "An example entity",
        "priority": "P1",
    }
    return json.dumps(body).encode()


async def _sent(session: ClientSession, address: str, body: bytes) -> float:
    begun = time.perf_counter()
    headers = {"Content-Type": "application/json"}
    async with session.post(f"{address}/v2/alerts", data=body, headers=headers) as answer:
        said = await answer.text()
        assert answer.status == 202, said
    return time.perf_counter() - begun


async def _asked(session: ClientSession, url: str) -> float:
    begun = time.perf_counter()
    async with session.get(url) as answer:
        await answer.read()
    return time.perf_counter() - begun


def _cpu(running: Running) -> float:
    """Seconds of processor time that it has taken."""
    fields = Path(f"/proc/{running.process.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms"


@asynccontextmanager
async def _noting_slack() -> AsyncIterator[NotingSlack]:
    slack = NotingSlack()
    application = web.Application()
    application.router.add_route("*", "/api/{method}", slack.call)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield slack
    await runner.cleanup()


@asynccontextmanager
async def _program(key: str) -> AsyncIterator[ClientSession]:
    headers = {"Authorization": f"GenieKey {key}"}
    async with ClientSession(connector=TCPConnector(limit=0), headers=headers) as session:
        yield session


async def _filled(url: str) -> _House:
    """People, a few linked schedules, and policies of which the last one fits."""
    database, now = Database(url), datetime.now(UTC)
    await database.migrate()
    async with Units(database, lambda: now, Settings()).begin(None) as unit:
        key = await create(unit, name="bench", rights=list(Right), team=None)
        people = [
            User(slack_id=f"U{number:04}", email=f"p{number}@example.com", name=f"P {number:02}", refreshed_at=now)
            for number in range(PEOPLE)
        ]
        schedules = [
            Schedule(name=f"Team {number}", name_key=f"team {number}", timezone="Europe/Berlin", created_at=now)
            for number in range(SCHEDULES)
        ]
        unit.session.add_all([*people, *schedules, *(_policy(number, now) for number in range(POLICIES))])
        await unit.session.flush()
        rotations = [Rotation(schedule_id=each.id, name="Rotation", position=0) for each in schedules]
        unit.session.add_all(rotations)
        await unit.session.flush()
        for number, (schedule, rotation) in enumerate(zip(schedules, rotations, strict=True)):
            roster = [{"type": "user", "id": people[number].id}]
            unit.session.add(
                RotationVersion(
                    rotation_id=rotation.id,
                    sequence=0,
                    start=BEGUN,
                    type=RotationType.WEEKLY,
                    length=1,
                    participants=roster,
                )
            )
            channel, by = f"C{number:04}", people[0].id
            unit.session.add(ChannelLink(channel=channel, schedule_id=schedule.id, created_at=now, created_by=by))
    await database.close()
    return _House(key, [each.id for each in schedules], [each.id for each in people])


def _policy(number: int, now: datetime) -> Policy:
    expected = "Critical" if number == POLICIES - 1 else f"tag {number}"
    condition = {"field": "tags", "operation": "contains", "expectedValue": expected, "not": False, "order": 0}
    return Policy(
        version=1,
        group=PolicyGroup.MODIFY,
        position=number,
        name=f"Policy {number}",
        filter={"type": "match-all-conditions", "conditions": [condition]},
        changes={"message": "{{message}} on {{entity}}", "tags": ["policed"]},
        created_at=now,
        updated_at=now,
    )


def main() -> None:
    """Measure and print."""
    for line in asyncio.run(lines()):
        print(f"{line.what:<100}{line.at_most:>14}{line.measured:>14}{line.ratio:>9}")


if __name__ == "__main__":
    main()
