"""How long people wait for `/oncall now`, over HTTP, as processes. `python -m tests.bench` prints the table.

Nothing here fails on time.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from aiohttp import ClientError, ClientSession

from bot.vocabulary import RotationType
from storage.database import Database
from storage.models import Rotation, RotationVersion, Schedule, User
from tests.bench.calibration import microseconds_of
from tests.bench.load import BOT_TOKEN, SECRET, BareSlack, Taken, bare_slack, p99, typed
from tests.processes import APP, environment, free_port, started

SCHEDULES = 1_000
PEOPLE = 20
EACH = 25
STARTS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: what, the most (or least) it should be, what it is, and in calibration steps of this run."""

    what: str
    at_most: str
    measured: str
    ratio: str


async def lines() -> list[Line]:
    """Every row, measured now; about half a minute."""
    with TemporaryDirectory(prefix="watchbill-bench-") as name:
        folder = Path(name)
        async with bare_slack() as slack:
            hello, empty = await _hello(slack)
            await _fill(folder / "full.db")
            plain, named = await _ours(slack, folder)
            ready = await _start_to_ready(slack, folder)
        read = _sqlite_read(folder / "full.db")
    loaded = await _library_start()
    return [
        Line("calibration: one empty Bolt answer over HTTP", "", _milliseconds(empty), "1.0"),
        Line("calibration: one SQLite read", "", f"{read:,.1f} µs", "1.0"),
        Line("calibration: Python starts and loads Bolt", "", _milliseconds(loaded), "1.0"),
        _waited("until acknowledged", plain.acknowledged, 0.1, empty),
        _waited("until answered", plain.answered, 0.5, empty),
        _waited("of one schedule by a part of its name, until answered", named.answered, None, empty),
        Line(
            "commands answered a second, against Bolt's hello",
            "at least ⅓",
            f"{plain.a_second:,.0f} : {hello.a_second:,.0f}",
            f"{plain.a_second / hello.a_second:.2f}",
        ),
        Line("start to ready, SQLite, empty", "3,000 ms", _milliseconds(ready), f"{ready / loaded:.1f}"),
    ]


def _waited(what: str, seconds: list[float], at_most: float | None, empty: float) -> Line:
    name = f"`/oncall now`, {SCHEDULES:,} schedules, {PEOPLE} people at once: {what}, p99"
    target = _milliseconds(at_most) if at_most else ""
    return Line(
        name,
        target,
        f"{_milliseconds(p99(seconds))} (median {_milliseconds(median(seconds))})",
        f"{p99(seconds) / empty:.1f}",
    )


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms" if seconds >= 0.1 else f"{seconds * 1000:,.1f} ms"


async def _hello(slack: BareSlack) -> tuple[Taken, float]:
    """The smallest Bolt app under the same load, and its median time for an acknowledgement when nobody else asks."""
    port = free_port()
    arguments = [str(port), slack.api_url, SECRET, BOT_TOKEN]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.hello", *arguments, cwd=APP.parent, env=environment({})
    )
    address = f"http://127.0.0.1:{port}"
    try:
        await _reachable(address)
        await typed(slack, f"{address}/slack/events", "now", people=2, each=5)
        alone = await typed(slack, f"{address}/slack/events", "now", people=1, each=60)
        loaded = await typed(slack, f"{address}/slack/events", "now", people=PEOPLE, each=EACH)
    finally:
        process.terminate()
        await process.wait()
    return loaded, median(alone.acknowledged)


async def _ours(slack: BareSlack, folder: Path) -> tuple[Taken, Taken]:
    settings = _settings(slack, folder / "full.db")
    async with started(folder, **settings) as running:
        await running.answers("/readyz", 200)
        url = f"{running.address}/slack/events"
        await typed(slack, url, "now", people=PEOPLE, each=2)
        plain = await typed(slack, url, "now", people=PEOPLE, each=EACH)
        named = await typed(slack, url, "now team 500", people=PEOPLE, each=5)
    return plain, named


async def _start_to_ready(slack: BareSlack, folder: Path) -> float:
    taken = []
    for number in range(STARTS):
        begun = time.perf_counter()
        async with started(folder, **_settings(slack, folder / f"empty-{number}.db")) as running:
            await running.answers("/readyz", 200)
            taken.append(time.perf_counter() - begun)
    return median(taken)


async def _library_start() -> float:
    taken = []
    for _ in range(STARTS):
        begun = time.perf_counter()
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", "import slack_bolt.async_app")
        await process.wait()
        taken.append(time.perf_counter() - begun)
    return median(taken)


def _settings(slack: BareSlack, file: Path) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite:///{file}",
    }


async def _reachable(address: str) -> None:
    async with ClientSession() as session:
        while True:
            with contextlib.suppress(ClientError):
                async with session.get(address):
                    return
            await asyncio.sleep(0.02)


async def _fill(file: Path) -> None:
    """A thousand schedules of five people each, and everybody met today."""
    database = Database(f"sqlite:///{file}")
    await database.migrate()
    now = datetime.now(UTC)
    async with database.writing() as session:
        people = [
            User(slack_id=f"U{number:03}", name=f"Person {number}", timezone="Europe/Berlin", refreshed_at=now)
            for number in range(PEOPLE)
        ]
        session.add_all(people)
        await session.flush()
        for number in range(SCHEDULES):
            name = f"Team {number}"
            schedule = Schedule(name=name, name_key=name.casefold(), timezone="Europe/Berlin", created_at=now)
            session.add(schedule)
            await session.flush()
            rotation = Rotation(schedule_id=schedule.id, name="Primary", position=0)
            session.add(rotation)
            await session.flush()
            roster = [{"type": "user", "id": people[(number + place) % PEOPLE].id} for place in range(5)]
            session.add(
                RotationVersion(
                    rotation_id=rotation.id,
                    sequence=0,
                    start=datetime(2026, 1, 5, 8, tzinfo=UTC),
                    type=RotationType.WEEKLY,
                    length=1,
                    participants=roster,
                )
            )
    await database.close()


def _sqlite_read(file: Path) -> float:
    """Microseconds of reading one row by its key."""
    with contextlib.closing(sqlite3.connect(file)) as connection:
        (key,) = connection.execute("select id from schedule limit 1").fetchone()
        return microseconds_of(lambda: connection.execute("select name from schedule where id = ?", (key,)).fetchone())
