"""What every test may ask for: a database of each kind, a clock that stands still, what opens units and readings."""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import structlog
from aiohttp import web_app

from bot.queries.people import Person
from bot.queries.reading import Reader
from bot.settings import Settings
from bot.usecases.people.meet import SlackProfile, meet
from bot.usecases.unit import Units
from storage.database import Database
from tests.postgres import ReusedDatabase, TemporaryPostgres, administer, url_of, wheel_binaries
from tests.quick_statements import compile_once

compile_once()


class StillClock:
    """Stands where it is set. Call it for the present instant."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        """The present instant."""
        return self.now

    def advance(self, **units: float) -> None:
        """Move forward, by the units that `timedelta` knows."""
        self.now += timedelta(**units)


@pytest.fixture(scope="session", autouse=True)
def quick_logs() -> None:
    """Log lines as JSON: structlog's own default draws tracebacks, which takes longer than Slack waits."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ]
    )


@pytest.fixture(scope="module", autouse=True)
def quick_collections() -> None:
    """What earlier modules left in memory is not looked through again: a collection would outlast Slack's patience."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def forgotten_servers() -> Iterator[None]:
    """aiohttp remembers the handlers of a thousand web applications, and with them every house a test has built."""
    yield
    web_app._cached_build_middleware.cache_clear()


@pytest.fixture
def clock() -> StillClock:
    """A Wednesday morning in Europe: 2026-11-18 09:00 UTC."""
    return StillClock(datetime(2026, 11, 18, 9, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a server: TEST_DATABASE_URL, or one started here from a wheel."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    binaries = wheel_binaries()
    if binaries is None or not binaries.exists():
        pytest.skip("no PostgreSQL: install the test extra, or set TEST_DATABASE_URL")
    server = TemporaryPostgres(binaries)
    server.start()
    yield server.url()
    server.stop()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database that holds nothing yet, of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    server = request.getfixturevalue("postgres_url")
    name = f"test_{uuid4().hex}"
    administer(server, f'create database "{name}"')
    yield url_of(server, name)
    administer(server, f'drop database "{name}" with (force)')


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the tables in it, made once and copied for each test."""
    file = tmp_path_factory.mktemp("migrated") / "migrated.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_template(postgres_url: str) -> Iterator[str]:
    """The name of a PostgreSQL database with the tables in it, made once and copied for each test."""
    name = f"template_{uuid4().hex}"
    administer(postgres_url, f'create database "{name}"')
    _migrate(url_of(postgres_url, name))
    yield name
    administer(postgres_url, f'drop database "{name}" with (force)')


@pytest.fixture(scope="session")
def reused_database(postgres_url: str, migrated_template: str) -> Iterator[ReusedDatabase]:
    """The PostgreSQL database of one test after the other."""
    reused = ReusedDatabase(postgres_url, migrated_template)
    yield reused
    reused.drop()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated database, of each kind in turn."""
    if request.param == "sqlite":
        file = tmp_path / "test.db"
        shutil.copyfile(request.getfixturevalue("migrated_file"), file)
        yield f"sqlite:///{file}"
        return
    reused: ReusedDatabase = request.getfixturevalue("reused_database")
    yield reused.emptied()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database, of each kind in turn."""
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
def settings() -> Settings:
    """The settings of a house without tokens, in which the person UADMIN is an admin."""
    return Settings(admins=frozenset({"uadmin"}))


@pytest.fixture
def units(database: Database, clock: StillClock, settings: Settings) -> Units:
    """Opens units on the test's database."""
    return Units(database, clock, settings)


@pytest.fixture
def reader(database: Database, clock: StillClock, settings: Settings) -> Reader:
    """Opens readings on the test's database."""
    return Reader(database, clock, settings)


async def met(units: Units, slack_id: str, *, timezone: str | None = "Europe/Berlin", outsider: bool = False) -> Person:
    """A person of that Slack id, met; the name is the id without its U."""
    profile = SlackProfile(
        slack_id=slack_id,
        name=slack_id.removeprefix("U").title(),
        email=f"{slack_id.lower()}@example.com",
        timezone=timezone,
        is_bot=False,
        is_outsider=outsider,
        is_workspace_admin=False,
        has_left=False,
    )
    async with units.begin(None) as unit:
        return await meet(unit, profile)


async def hung_up() -> None:
    """Let connections that were told to close do so, which takes the loop a turn or two; a test's loop ends with it."""
    for _ in range(3):
        await asyncio.sleep(0)


def _migrate(url: str) -> None:
    async def run() -> None:
        database = Database(url)
        await database.migrate()
        await database.close()

    asyncio.run(run())


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where NO_SKIPS is set, as in CI, a skipped test fails the run: nothing is proved by what did not run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("NO_SKIPS") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A story told over both ways into the bot runs over HTTP on SQLite and over Socket Mode on PostgreSQL.

    So each way and each database is seen with half the time; ALL_PAIRS=1 runs all four.
    """
    if os.environ.get("ALL_PAIRS"):
        return
    pairs = {item: _pair(item) for item in items}
    both_ways = {_story(item) for item, pair in pairs.items() if pair == ("postgres", "socket")}
    left_out = [
        item
        for item, pair in pairs.items()
        if _story(item) in both_ways and pair in {("sqlite", "socket"), ("postgres", "http")}
    ]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def _pair(item: pytest.Item) -> tuple[object, object]:
    """The database and the way of one item, None where it has none."""
    params = item.callspec.params if hasattr(item, "callspec") else {}
    return params.get("database_url", params.get("empty_database_url")), params.get("way_in")


def _story(item: pytest.Item) -> tuple[str, str]:
    """Which test it is, and with which other parameters."""
    params = item.callspec.params if hasattr(item, "callspec") else {}
    others = {name: value for name, value in params.items() if name not in {"database_url", "way_in"}}
    return item.nodeid.partition("[")[0], repr(sorted(others.items(), key=lambda each: each[0]))
