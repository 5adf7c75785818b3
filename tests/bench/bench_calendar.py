"""How long a calendar of hourly turns takes, and whether others wait for it. `python -m tests.bench.bench_calendar`.

Nothing here fails on time.
"""

from __future__ import annotations

import asyncio
import sys
import tracemalloc
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bot.queries import calendars, schedules
from bot.settings import Settings
from bot.usecases.calendars.telling import Calendars
from bot.usecases.keys.create import create
from bot.usecases.unit import Units
from bot.vocabulary import Right, RotationType
from bot.wiring import House
from storage.database import Database
from storage.models import Rotation, RotationVersion, Schedule, User
from tests.bench.bench_slack import Line
from tests.bench.databases import databases
from tests.bench.heart import beating, house_at

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
BEGUN = datetime(2016, 1, 5, 7, tzinfo=UTC)
PEOPLE, ROTATIONS = 5, 50
ONE, MANY = "hourly", "fifty"
"""The schedules, by their ids."""
YEAR_OF_HOURS = 8_760
AGAIN = 5
EMPTY = 15
ASKER = """
import sys, time, urllib.request as web
asked = web.Request(sys.argv[1], headers={"Authorization": "GenieKey " + sys.argv[2]})
begun = time.perf_counter()
text = web.urlopen(asked).read()
print(time.perf_counter() - begun, len(text), text.count(b"BEGIN:VEVENT"))
"""
"""A process of its own: a thread would stand in the way of what it measures."""


async def lines() -> list[Line]:
    """Every row, measured now; some minutes, most of them for the calendar of half a million events."""
    return [line async for line in one_by_one()]


async def one_by_one() -> AsyncIterator[Line]:
    """The same as they are measured, for who watches."""
    with TemporaryDirectory(prefix="watchbill-bench-") as name:
        for kind, url in databases(Path(name)):
            key = await _filled(url)
            async with house_at(url, NOW) as (house, port):
                for line in await _measured(f"/v2/schedules/{ONE}.ics", port, key, kind):
                    yield line
                yield await _memory(house, ONE, kind)
                for line in await _of_many(f"/v2/schedules/{MANY}.ics", port, key, kind):
                    yield line


@dataclass(frozen=True, slots=True)
class _Fetched:
    """An answer: seconds, bytes, events; how long others waited for it at most, and it worked without a pause."""

    seconds: float
    size: int
    events: int
    longest_wait: float
    longest_work: float


async def _measured(path: str, port: int, key: str, kind: str) -> list[Line]:
    empties = [await _fetched("/healthz", port, key) for _ in range(EMPTY)]
    empty, idle = median(each.seconds for each in empties), median(each.longest_wait for each in empties)
    first = await _fetched(path, port, key)
    again = [await _fetched(path, port, key) for _ in range(AGAIN)]
    usual = sorted(again, key=lambda each: each.seconds)[AGAIN // 2]
    what = f"{kind}: `.ics` of hourly turns, {usual.events:,} events, {usual.size / 2**20:.1f} MiB"
    share = YEAR_OF_HOURS / usual.events
    return [
        Line(f"calibration: {kind}, an answer without content, alone", "", f"{empty * 1000:,.1f} ms", "1.0"),
        Line(f"calibration: {kind}, longest wait of others meanwhile", "", f"{idle * 1000:,.1f} ms", "1.0"),
        _line(f"{what}, told for the first time", "3 s", first.seconds, empty),
        _line(f"{what}, told again", "3 s", usual.seconds, empty),
        _line(f"{what}: of it, a year ({YEAR_OF_HOURS:,} events)", "3 s", usual.seconds * share, empty),
        _line(f"{what}: longest wait of others, first time", "50 ms", first.longest_wait, idle),
        _line(f"{what}: the same, told again", "50 ms", max(each.longest_wait for each in again), idle),
        _line(f"{what}: longest work at a stretch", "50 ms", max(each.longest_work for each in (first, *again)), empty),
    ]


async def _of_many(path: str, port: int, key: str, kind: str) -> list[Line]:
    """Of a schedule with so many rotations of hourly turns that others would notice: fetched twice."""
    first, again = [await _fetched(path, port, key) for _ in range(2)]
    what = f"{kind}: `.ics` of {ROTATIONS} rotations of hourly turns, {again.events:,} events"
    by_event = again.seconds / again.events * 1_000_000
    return [
        Line(f"{what}, told again, for each event", "", f"{by_event:,.0f} µs", ""),
        Line(
            f"{what}: longest work at a stretch",
            "50 ms",
            f"{max(first.longest_work, again.longest_work) * 1000:,.1f} ms",
            "",
        ),
    ]


def _line(what: str, at_most: str, seconds: float, calibration: float) -> Line:
    return Line(what, at_most, f"{seconds * 1000:,.1f} ms", f"{seconds / calibration:,.1f}")


async def _memory(house: House, schedule_id: str, kind: str) -> Line:
    """What is allocated at most while the whole calendar goes by, and while its first tenth does."""
    tenth, whole = [await _peak(house, schedule_id, pieces) for pieces in (6, 10**6)]
    what = f"{kind}: the same, memory at most, in KiB (and for its first pieces alone)"
    return Line(what, "flat", f"{whole / 1024:,.0f} ({tenth / 1024:,.0f})", f"{whole / tenth:.2f}")


async def _peak(house: House, schedule_id: str, pieces: int) -> int:
    async with house.reader() as reading:
        watched = await schedules.by_id(reading, schedule_id)
        assert watched is not None
        feed = await calendars.of_schedule(reading, watched)
    tracemalloc.start()
    left = pieces
    async for _ in Calendars(house.reader, house.units).pieces(feed):
        left -= 1
        if not left:
            break
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


async def _fetched(path: str, port: int, key: str) -> _Fetched:
    """An answer to another process, while a heart beats in the loop that answers."""
    url = f"http://127.0.0.1:{port}{path}"
    asker = await asyncio.create_subprocess_exec(sys.executable, "-c", ASKER, url, key, stdout=PIPE)
    async with beating() as heart:
        told, _ = await asker.communicate()
    seconds, size, events = told.split()
    return _Fetched(float(seconds), int(size), int(events), heart.longest_wait, heart.longest_work)


async def _filled(url: str) -> str:
    """Two schedules of hourly turns that began ten years ago, one with one rotation, one with many; answers a key."""
    database = Database(url)
    await database.migrate()
    async with Units(database, lambda: NOW, Settings()).begin(None) as unit:
        key = await create(unit, name="bench", rights=list(Right), team=None)
        people = [User(email=f"p{number}@example.com", name=f"P{number}", refreshed_at=NOW) for number in range(PEOPLE)]
        both = [
            Schedule(id=each, name=each, name_key=each, timezone="Europe/Berlin", created_at=NOW)
            for each in (ONE, MANY)
        ]
        unit.session.add_all([*people, *both])
        await unit.session.flush()
        rotations = [Rotation(schedule_id=ONE, name="Primary", position=0)]
        rotations += [Rotation(schedule_id=MANY, name=f"Desk {place}", position=place) for place in range(ROTATIONS)]
        unit.session.add_all(rotations)
        await unit.session.flush()
        roster = [{"type": "user", "id": person.id} for person in people]
        unit.session.add_all(
            RotationVersion(
                rotation_id=each.id, sequence=0, start=BEGUN, type=RotationType.HOURLY, length=1, participants=roster
            )
            for each in rotations
        )
    await database.close()
    return key


async def _print() -> None:
    async for line in one_by_one():
        print(f"| {line.what} | {line.at_most} | {line.measured} | {line.ratio} |", flush=True)


def main() -> None:
    """Measure, and print each row as soon as it is known: who ends it early has those."""
    asyncio.run(_print())


if __name__ == "__main__":
    main()
