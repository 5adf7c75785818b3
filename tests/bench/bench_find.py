"""How long people wait to find a postmortem among 100,000, and what the sweep of reminders costs there.

`python -m tests.bench.bench_find` prints the table. Nothing here fails on time.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from aiohttp import ClientSession, TCPConnector
from sqlmodel import col, delete, update

from bot.engines.cadence.facts import NudgeKind
from bot.settings import Settings
from bot.usecases.reminders.wake import wake
from bot.usecases.unit import Units
from storage import models
from storage.database import Database
from tests.bench.acting import Actor, ListeningSlack, listening_slack, settings
from tests.bench.bench_size import bolt_answer, quiet
from tests.bench.bench_slack import Line
from tests.bench.calibration import microseconds_of
from tests.bench.databases import databases
from tests.bench.filling import fill_with
from tests.bench.lines import CALIBRATION
from tests.bench.load import p99
from tests.bench.many import DUE, MANY, NUDGE_HOUR, ManyDrafts, ManyPostmortems, workday
from tests.bench.sizes import channel_id, id_of, slack_id
from tests.processes import started

TIMES = 40
SWEEPS = 9
AT_MOST, SWEEP_AT_MOST, RATIO_AT_MOST = "300 ms", "100 ms", "2"
PAGED = (
    ("list", "/postmortem list", " page {page}"),
    ("list published", "/postmortem list published", " page {page}"),
    ("list of a team", '/postmortem list "Team Payments 0"', " page {page}"),
    ("list overdue", "/postmortem list overdue", " page {page}"),
    ("search, a word of nearly every text", "/postmortem search ba", " (page {page})"),
    ("search, a word of every tenth title", "/postmortem search payments", " (page {page})"),
    ("search, two words", "/postmortem search payments deployment", " (page {page})"),
)
"""What is asked for, and how its pages are."""
OTHERS = (
    ("search, three beginnings", "/postmortem search pa de cu"),
    ("search, a rare word", "/postmortem search pm-77777"),
    ("search, nothing found", "/postmortem search checkout xyzzy"),
    ("stats", "/postmortem stats"),
)
FAR = 1_000


async def lines() -> list[Line]:
    """Every row, measured now; about six minutes, most of them for filling."""
    with TemporaryDirectory(prefix="watchbill-bench-") as name:
        folder = Path(name)
        async with listening_slack() as slack:
            bolt = median(await bolt_answer(slack))
            found = [Line(CALIBRATION, "", _milliseconds(bolt), "1.0")]
            for kind, url in databases(folder):
                found += await _looking(folder, slack, kind, url, bolt)
        drafts = folder / "drafts"
        drafts.mkdir()
        for kind, url in databases(drafts):
            found += await _sweeping(kind, url)
    return found


async def _looking(folder: Path, slack: ListeningSlack, kind: str, url: str, bolt: float) -> list[Line]:
    database = Database(url)
    await database.migrate()
    await fill_with(database, ManyPostmortems(MANY, datetime.now(UTC)))
    await database.close()
    found: list[Line] = []
    async with _asker(folder, slack, url) as actor:
        for what, words, page in PAGED:
            first = await _asked(actor, words)
            far = await _asked(actor, words + page.format(page=FAR))
            found.append(_waited(f"{kind}: {what}, p99 until answered", first, bolt))
            ratio = median(far) / median(first)
            found.append(
                Line(
                    f"{kind}: the same, page {FAR:,}; against page 1",
                    RATIO_AT_MOST,
                    f"{_milliseconds(p99(far))}; {ratio:.2f}",
                    f"{p99(far) / bolt:.1f}",
                )
            )
        for what, words in OTHERS:
            at_most = "" if what == "stats" else AT_MOST
            found.append(_waited(f"{kind}: {what}, p99 until answered", await _asked(actor, words), bolt, at_most))
    return found


async def _asked(actor: Actor, words: str) -> list[float]:
    """How long an answer takes, each time, in seconds; the first one does not count."""
    taken = []
    for _ in range(TIMES + 1):
        told = await actor.types(words)
        assert "blocks" in told.said, told.text
        taken.append(told.answered)
    return taken[1:]


@asynccontextmanager
async def _asker(folder: Path, slack: ListeningSlack, url: str) -> AsyncIterator[Actor]:
    async with started(folder, **settings(slack, url)) as running:
        await running.answers("/readyz", 200)
        async with quiet(running), ClientSession(connector=TCPConnector(limit=0)) as session:
            yield Actor(slack, session, f"{running.address}/slack/events", slack_id(0), channel_id(0))


async def _sweeping(kind: str, url: str) -> list[Line]:
    """The sweep when fifty of 100,000 drafts are due; each time the same fifty."""
    now = workday(datetime.now(UTC))
    filling, database = ManyDrafts(MANY, now), Database(url)
    await database.migrate()
    await fill_with(database, filling)
    units = Units(database, lambda: now, Settings())
    taken = []
    for _ in range(SWEEPS + 1):
        begun = time.perf_counter()
        async with units.begin(None) as unit:
            woken = await wake(unit)
        taken.append(time.perf_counter() - begun)
        assert len(woken.people) == woken.taken_up == DUE, woken
        await _become_due_again(database, now)
    await database.close()
    what = f"{kind}: the reminder sweep, {MANY.postmortems:,} drafts, {DUE} due"
    read = _sqlite_read(url) if kind == "SQLite" else 0.0
    ratio = f"{median(taken[1:]) * 1e6 / read:,.0f}" if read else ""
    found = [Line("calibration: one SQLite read", "", f"{read:,.1f} µs", "1.0")] if read else []
    return [*found, Line(what, SWEEP_AT_MOST, _milliseconds(median(taken[1:])), ratio)]


async def _become_due_again(database: Database, now: datetime) -> None:
    """The same owners are to be reminded once more, and have no message yet; who else is to hear of it stays known."""
    due = [id_of("postmortem", number) for number in range(1, DUE + 1)]
    async with database.writing() as session:
        await session.exec(
            update(models.Reminder)
            .where(col(models.Reminder.postmortem_id).in_(due), col(models.Reminder.kind) == NudgeKind.OWNER)
            .values(planned_at=now.replace(hour=NUDGE_HOUR), due_at=now.replace(hour=NUDGE_HOUR))
        )
        await session.exec(delete(models.Delivery))


def _sqlite_read(url: str) -> float:
    """Microseconds of reading one row by its key."""
    with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        (key,) = connection.execute("select id from postmortem limit 1").fetchone()
        return microseconds_of(
            lambda: connection.execute("select title from postmortem where id = ?", (key,)).fetchone()
        )


def _waited(what: str, seconds: list[float], bolt: float, at_most: str = AT_MOST) -> Line:
    return Line(
        what,
        at_most,
        f"{_milliseconds(p99(seconds))} (median {_milliseconds(median(seconds))})",
        f"{p99(seconds) / bolt:.1f}",
    )


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms"


def main() -> None:
    """Measure and print."""
    for line in asyncio.run(lines()):
        print(f"{line.what:<90}{line.at_most:>10}{line.measured:>34}{line.ratio:>9}")


if __name__ == "__main__":
    main()
