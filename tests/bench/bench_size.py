"""How long people wait for every command and button at size: 20 of them at work at once, on SQLite and on PostgreSQL.

Each goes through all that can be done, in an order of their own, and does something about once a second, which is ten
times what somebody at a keyboard does. Nothing here fails on time. `python -m tests.bench` prints the table, and an
answer that is not what was asked for on the standard error.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from aiohttp import ClientSession, TCPConnector

from storage.database import Database
from tests.bench.acting import Actor, Answered, ListeningSlack, listening_slack, settings
from tests.bench.filling import fill
from tests.bench.lines import CALIBRATION, HOME, SCENES, WARMING_UP, Scene
from tests.bench.load import BOT_TOKEN, SECRET, p99
from tests.bench.sizes import TENFOLD, Sizes, channel_id, slack_id
from tests.postgres import TemporaryPostgres, wheel_binaries
from tests.processes import APP, Running, environment, free_port, started

PACE_SECONDS = (0.5, 1.5)
"""Between one thing that somebody does and their next."""
AT_MOST, HOME_AT_MOST = "150 / 700 ms", "500 ms"
UNANSWERED = ("Something went wrong", "does not answer", "is not something", "takes longer", "did not open")
"""Of an answer that is none."""


@dataclass
class Waited:
    """How long it took, each time, in seconds: until acknowledged and until answered."""

    acknowledged: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)

    def add(self, told: Answered) -> None:
        """One more."""
        self.acknowledged.append(told.acknowledged)
        self.answered.append(told.answered)

    @property
    def cells(self) -> tuple[str, str]:
        """Both as `median / p99` in milliseconds."""
        return _cell(self.acknowledged), _cell(self.answered)


Measured = dict[str, Waited]


async def table() -> str:
    """All of it, measured now, in Markdown; about seven minutes."""
    with TemporaryDirectory(prefix="watchbill-bench-") as name:
        folder = Path(name)
        bolt = await _calibration()
        on_sqlite = await _on_sqlite(folder)
        on_postgres = await _on_postgres(folder)
    rows = [_row(CALIBRATION, "", bolt, bolt)]
    for what in on_sqlite:
        rows.append(_row(what, HOME_AT_MOST if what == HOME else AT_MOST, on_sqlite[what], on_postgres.get(what)))
    rows.append(_row("all of them", AT_MOST, _together(on_sqlite), _together(on_postgres) if on_postgres else None))
    head = ("at size, 20 people at once: median / p99, ms", "p99 at most", *(f"{each}" for each in COLUMNS))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ("---", *["---:"] * 5), *rows))


COLUMNS = ("SQLite: acknowledged", "answered", "PostgreSQL: acknowledged", "answered")


def _row(what: str, at_most: str, sqlite: Waited, postgres: Waited | None) -> tuple[str, ...]:
    return (what, at_most, *sqlite.cells, *(postgres.cells if postgres else ("", "")))


def _together(measured: Measured) -> Waited:
    return Waited(
        [each for waited in measured.values() for each in waited.acknowledged],
        [each for waited in measured.values() for each in waited.answered],
    )


def _cell(seconds: Sequence[float]) -> str:
    if len(seconds) < 2:
        return ""
    return f"{median(seconds) * 1000:,.0f} / {p99(list(seconds)) * 1000:,.0f}"


async def _on_sqlite(folder: Path) -> Measured:
    url = f"sqlite:///{folder / 'full.db'}"
    await _fill(url)
    return await measured(url, folder)


async def _on_postgres(folder: Path) -> Measured:
    """Nothing where PostgreSQL's binaries are not installed."""
    binaries = wheel_binaries()
    if binaries is None:
        return {}
    server = TemporaryPostgres(binaries)
    server.start()
    try:
        await _fill(server.url())
        return await measured(server.url(), folder)
    finally:
        server.stop()


async def _fill(url: str) -> None:
    database = Database(url)
    await database.migrate()
    await fill(database, TENFOLD, datetime.now(UTC))
    await database.close()


async def measured(
    database_url: str, folder: Path, sizes: Sizes = TENFOLD, scenes: Sequence[Scene] = SCENES
) -> Measured:
    """Everything that people do in the scenes, on a bot that is a process of its own."""
    async with listening_slack() as slack, started(folder, **settings(slack, database_url)) as running:
        await running.answers("/readyz", 200)
        async with quiet(running):
            await _at_work(slack, f"{running.address}/slack/events", sizes, [WARMING_UP], {})
            waited: Measured = {step.what: Waited() for scene in scenes for step in scene}
            await _at_work(slack, f"{running.address}/slack/events", sizes, scenes, waited)
    return waited


@asynccontextmanager
async def quiet(running: Running) -> AsyncIterator[None]:
    """Its log is read and thrown away: a full pipe would stop it."""
    assert running.process.stderr is not None

    async def drain(stream: asyncio.StreamReader) -> None:
        while await stream.read(65_536):
            pass

    task = asyncio.create_task(drain(running.process.stderr))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


async def bolt_answer(slack: ListeningSlack) -> list[float]:
    """How long the smallest Bolt app takes to answer one person who asks again and again, in seconds."""
    async with _smallest_bolt(slack) as url, ClientSession(connector=TCPConnector(limit=0)) as session:
        actor = Actor(slack, session, url, slack_id(0), channel_id(0))
        return [(await actor.types("/oncall now")).answered for _ in range(60)]


async def _calibration() -> Waited:
    """The smallest Bolt app, at the same pace."""
    async with listening_slack() as slack, _smallest_bolt(slack) as url:
        waited = {CALIBRATION: Waited()}
        await _at_work(slack, url, TENFOLD, [WARMING_UP, WARMING_UP], waited)
    return waited[CALIBRATION]


@asynccontextmanager
async def _smallest_bolt(slack: ListeningSlack) -> AsyncIterator[str]:
    """Where it listens."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.hello", str(port), slack.api_url, SECRET, BOT_TOKEN),
        cwd=APP.parent,
        env=environment({}),
    )
    try:
        running = Running(process, f"http://127.0.0.1:{port}")
        await running.answers("/", 404)
        yield f"{running.address}/slack/events"
    finally:
        process.terminate()
        await process.wait()


async def _at_work(slack: ListeningSlack, url: str, sizes: Sizes, scenes: Sequence[Scene], waited: Measured) -> None:
    async with ClientSession(connector=TCPConnector(limit=0)) as session:
        people = (Actor(slack, session, url, slack_id(n), channel_id(n)) for n in range(sizes.askers))
        await asyncio.gather(*(_day(actor, n, sizes, scenes, waited) for n, actor in enumerate(people)))


async def _day(actor: Actor, number: int, sizes: Sizes, scenes: Sequence[Scene], waited: Measured) -> None:
    """All scenes in an order of one's own, as often as there are turns."""
    chance = Random(number)
    for turn in range(sizes.turns):
        for scene in chance.sample(scenes, len(scenes)):
            told: Answered | None = None
            for step in scene:
                await asyncio.sleep(chance.uniform(*PACE_SECONDS))
                try:
                    told = await step.act(actor, step.words(sizes, number, turn, datetime.now(UTC)), told)
                except (LookupError, TimeoutError) as problem:
                    print(f"{actor.slack_id} cannot do {step.what}: {problem!r}", file=sys.stderr)
                    break
                if step.shows not in told.text or any(each in told.text for each in UNANSWERED):
                    print(f"wrong answer to {actor.slack_id}'s {step.what}: {told.text[:300]}", file=sys.stderr)
                    break
                if step.what in waited:
                    waited[step.what].add(told)


if __name__ == "__main__":
    print(asyncio.run(table()))
