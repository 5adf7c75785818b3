"""How long programs wait for who is on call, over HTTP. `python -m tests.bench.bench_api` prints the table.

Nothing here fails on time.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from aiohttp import ClientSession, TCPConnector

from bot.settings import Settings
from bot.usecases.keys.create import create
from bot.usecases.unit import Units
from bot.vocabulary import Right, RotationType
from storage.database import Database
from storage.models import Override, Rotation, RotationVersion, Schedule, User
from tests.bench.bench_slack import Line
from tests.bench.databases import databases
from tests.bench.load import BOT_TOKEN, SECRET, Taken, bare_slack, p99
from tests.processes import started

SCHEDULES = 1_000
PEOPLE = 50
AT_ONCE = 20
EACH = 75
REPEATED = 15
BEGUN = datetime(2026, 1, 5, 7, tzinfo=UTC)
WEEKDAYS = {
    "type": "weekday-and-time-of-day",
    "windows": [
        {"start_day": day, "start_hour": 8, "start_minute": 0, "end_day": day, "end_hour": 18, "end_minute": 0}
        for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
    ],
}


async def lines() -> list[Line]:
    """Every row, measured now; about two minutes, most of them for filling."""
    found: list[Line] = []
    with TemporaryDirectory(prefix="watchbill-bench-") as name:
        folder = Path(name)
        async with bare_slack() as slack:
            for kind, url in databases(folder):
                key, schedules = await _filled(url)
                settings = {
                    "SLACK_BOT_TOKEN": BOT_TOKEN,
                    "SLACK_SIGNING_SECRET": SECRET,
                    "SLACK_API_URL": slack.api_url,
                    "DATABASE_URL": url,
                    "RATE_LIMITS": "off",
                }
                async with started(folder, **settings) as running, _programs(key) as session:
                    await running.answers("/readyz", 200)
                    found += await _measured(session, running.address, schedules, kind)
    return found


async def _measured(session: ClientSession, address: str, schedules: list[str], kind: str) -> list[Line]:
    empty = await _one_by_one(session, f"{address}/healthz", 60)
    everything = f"{address}/v2/schedules/on-calls"
    first = await _one_by_one(session, everything, 1)
    again = await _one_by_one(session, everything, REPEATED)
    paths = [f"{address}/v2/schedules/{each}/on-calls" for each in schedules]
    new = await _at_once(session, paths, each=SCHEDULES // AT_ONCE)
    busy = await _at_once(session, paths, each=EACH)
    year = f"{address}/v2/schedules/{schedules[0]}/timeline?interval=12&intervalUnit=months"
    drawn = await _one_by_one(session, year, REPEATED)
    whole = await _one_by_one(session, f"{year}&expand=base,forwarding,override", REPEATED)
    one = f"{kind}: on-calls of one of {SCHEDULES:,} layered schedules, {AT_ONCE} at once"
    return [
        Line(f"calibration: {kind}, an answer without content over HTTP", "", _milliseconds(empty), "1.0"),
        Line(f"{one}, p99", "100 ms", _milliseconds(p99(busy.answered)), f"{p99(busy.answered) / empty:.1f}"),
        Line(f"{one}, answers a second", "at least 300", f"{busy.a_second:,.0f}", f"{busy.a_second * empty:.2f}"),
        Line(
            f"{one}, each for the first time, p99",
            "",
            _milliseconds(p99(new.answered)),
            f"{p99(new.answered) / empty:.1f}",
        ),
        _waited(f"{kind}: on-calls of all of them, nothing remembered", "500 ms", first, empty),
        _waited(f"{kind}: on-calls of all of them, asked again", "500 ms", again, empty),
        _waited(f"{kind}: timeline of one, 12 months", "60 ms", drawn, empty),
        _waited(f"{kind}: the same, with all that makes it up", "", whole, empty),
    ]


def _waited(what: str, at_most: str, seconds: float, empty: float) -> Line:
    return Line(what, at_most, _milliseconds(seconds), f"{seconds / empty:.1f}")


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms"


async def _one_by_one(session: ClientSession, url: str, times: int) -> float:
    """The median time of an answer while nobody else asks."""
    taken = [await _asked(session, url) for _ in range(times)]
    return median(taken)


async def _at_once(session: ClientSession, urls: list[str], *, each: int) -> Taken:
    """AT_ONCE programs ask, each one thing after another, all of different schedules."""
    answered: list[float] = []

    async def program(number: int) -> None:
        for turn in range(each):
            answered.append(await _asked(session, urls[(number + turn * AT_ONCE) % len(urls)]))

    begun = time.perf_counter()
    await asyncio.gather(*(program(number) for number in range(AT_ONCE)))
    return Taken([], answered, time.perf_counter() - begun)


async def _asked(session: ClientSession, url: str) -> float:
    begun = time.perf_counter()
    async with session.get(url) as answer:
        await answer.read()
        assert answer.status == 200, await answer.text()
    return time.perf_counter() - begun


@asynccontextmanager
async def _programs(key: str) -> AsyncIterator[ClientSession]:
    headers = {"Authorization": f"GenieKey {key}"}
    async with ClientSession(connector=TCPConnector(limit=0), headers=headers) as session:
        yield session


async def _filled(url: str) -> tuple[str, list[str]]:
    """A thousand schedules of three rotations on weekdays, with two overrides each; answers a key and their ids."""
    database, now = Database(url), datetime.now(UTC)
    await database.migrate()
    async with Units(database, lambda: now, Settings()).begin(None) as unit:
        key = await create(unit, name="bench", rights=list(Right), team=None)
        people = [
            User(email=f"person{number}@example.com", name=f"Person {number}", refreshed_at=now)
            for number in range(PEOPLE)
        ]
        schedules = [
            Schedule(name=f"Team {number}", name_key=f"team {number}", timezone="Europe/Berlin", created_at=now)
            for number in range(SCHEDULES)
        ]
        unit.session.add_all([*people, *schedules])
        await unit.session.flush()
        rotations = [
            Rotation(schedule_id=schedule.id, name=f"Rotation {place}", position=place)
            for schedule in schedules
            for place in range(3)
        ]
        unit.session.add_all(rotations)
        await unit.session.flush()
        ids = [person.id for person in people]
        unit.session.add_all(_version(each, ids, number) for number, each in enumerate(rotations))
        for number, each in enumerate(schedules):
            unit.session.add_all(_overrides(each, ids, number, now))
    await database.close()
    return key, [each.id for each in schedules]


def _version(rotation: Rotation, people: list[str], number: int) -> RotationVersion:
    roster = [{"type": "user", "id": people[(number + place) % PEOPLE]} for place in range(5)]
    return RotationVersion(
        rotation_id=rotation.id,
        sequence=0,
        start=BEGUN,
        type=RotationType.WEEKLY,
        length=1,
        participants=roster,
        restriction=WEEKDAYS,
    )


def _overrides(schedule: Schedule, people: list[str], number: int, now: datetime) -> list[Override]:
    hour = timedelta(hours=1)
    spans = ((now - hour, now + 24 * hour), (now + 48 * hour, now + 50 * hour))
    return [
        Override(
            schedule_id=schedule.id,
            user_id=people[(number + 7 * sequence) % PEOPLE],
            start=start,
            end=end,
            rotation_ids=[],
            sequence=sequence,
            created_at=now,
        )
        for sequence, (start, end) in enumerate(spans)
    ]


def main() -> None:
    """Measure and print."""
    for line in asyncio.run(lines()):
        print(f"{line.what:<80}{line.at_most:>14}{line.measured:>14}{line.ratio:>9}")


if __name__ == "__main__":
    main()
