"""The two kinds of database keep what they are given, from several writers, through migrations."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from alembic import command
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, StatementError

from bot.errors import Misconfigured, Unavailable
from storage.counters import advance
from storage.database import Database, alembic_config, async_url
from storage.models import Counter, Event, Membership


async def _in_processes(work: Callable[..., None], arguments: tuple[object, ...], *, count: int) -> None:
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=work, args=arguments) for _ in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        await asyncio.to_thread(process.join)
        assert process.exitcode == 0


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")  # SQLite does not say what an index of an
@pytest.mark.filterwarnings("ignore:autogenerate skipping")  # expression is of: there that is not compared
async def test_models_and_migrations_agree(database: Database) -> None:
    def check(connection: Connection) -> None:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.check(config)

    async with database.writing() as session:
        await (await session.connection()).run_sync(check)


def _migrate(url: str) -> None:
    async def run() -> None:
        database = Database(url)
        await database.migrate()
        await database.close()

    asyncio.run(run())


async def test_several_processes_that_start_at_once_migrate_once(empty_database_url: str) -> None:
    await _in_processes(_migrate, (empty_database_url,), count=3)
    database = Database(empty_database_url)
    async with database.writing() as session:
        session.add(Counter(name="PM", value=1))
    await database.close()


async def test_an_aware_instant_survives_in_utc(database: Database) -> None:
    at = datetime(2026, 3, 29, 3, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    async with database.writing() as session:
        session.add(Event(at=at, verb="v", subject_id="s", before={}, after={}))
    async with database.reading() as session:
        row = await session.get(Event, 1)
    assert row is not None
    assert row.at == at
    assert row.at.tzinfo is UTC


async def test_a_naive_instant_is_refused(database: Database) -> None:
    with pytest.raises(StatementError):
        async with database.writing() as session:
            session.add(Event(at=datetime(2026, 1, 1), verb="v", subject_id="s", before={}, after={}))  # noqa: DTZ001  the fault


async def test_foreign_keys_hold(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.writing() as session:
            session.add(Membership(team_id="nobody", user_id="nothing"))


async def test_what_raises_is_rolled_back(database: Database) -> None:
    with pytest.raises(RuntimeError):
        async with database.writing() as session:
            session.add(Counter(name="PM", value=1))
            raise RuntimeError
    async with database.reading() as session:
        assert await session.get(Counter, "PM") is None


def _count_up(url: str, times: int) -> None:
    async def run() -> None:
        database = Database(url)
        for _ in range(times):
            async with database.writing() as session:
                row = await session.get(Counter, "shared", with_for_update=True)
                assert row
                row.value += 1
        await database.close()

    asyncio.run(run())


async def test_two_processes_on_one_database_lose_nothing(database: Database, database_url: str) -> None:
    async with database.writing() as session:
        session.add(Counter(name="shared", value=0))
    await _in_processes(_count_up, (database_url, 40), count=2)
    async with database.reading() as session:
        row = await session.get(Counter, "shared")
    assert row
    assert row.value == 80


async def test_numbers_given_out_at_once_differ_and_leave_no_gap(database: Database) -> None:
    async def take() -> int:
        async with database.writing() as session:
            return await advance(session, "PM")

    assert sorted(await asyncio.gather(*(take() for _ in range(12)))) == list(range(1, 13))


async def test_a_database_that_is_not_there_is_unavailable() -> None:
    database = Database("postgresql://nobody@/nothing?host=/nowhere")
    with pytest.raises(Unavailable):
        await database.ping()
    await database.close()


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://root@localhost/x"])
def test_a_url_of_something_else_is_a_settings_mistake(url: str) -> None:
    with pytest.raises(Misconfigured, match="DATABASE_URL"):
        async_url(url)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_nobody_waits_for_does_not_stand_in_front_of_people_by_the_dozen(database: Database) -> None:
    began = asyncio.Event()
    written: list[str] = []

    async def write(who: str, *, in_background: bool) -> None:
        began.set()
        async with database.writing(in_background=in_background) as session:
            await advance(session, "writers")
            written.append(who)

    async with database.writing():
        waiting = [asyncio.create_task(write("nobody", in_background=True)) for _ in range(12)]
        await began.wait()
        waiting.append(asyncio.create_task(write("a person", in_background=False)))
        await asyncio.sleep(0)  # all of them stand in the queue now
    await asyncio.gather(*waiting)
    assert len(written) == 13
    assert "a person" in written[:3]
