"""Where SQLite's statements run: what waits leaves the event loop, what does not stays on it."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import CursorResult, text
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Database

FOR_EVER = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
"""A question without an end; only an interruption ends it."""


async def _run(session: AsyncSession, statement: str) -> CursorResult[Any]:
    return await (await session.connection()).execute(text(statement))


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'watchbill.db'}")
    async with database.writing() as session:
        await _run(session, "create table word (word text)")
    yield database
    await database.close()


async def _thread_of(session: AsyncSession) -> int:
    """The thread in which a statement of this session runs."""
    seen: list[int] = []
    raw = (await (await session.connection()).get_raw_connection()).driver_connection

    def here() -> int:
        seen.append(threading.get_ident())
        return 1

    await raw.create_function("here", 0, here)  # type: ignore[union-attr]  # there is one while the session is open
    await _run(session, "select here()")
    return seen[0]


async def test_a_question_runs_beside_the_event_loop_and_a_change_on_it(database: Database) -> None:
    here = threading.get_ident()
    async with database.reading() as session:
        assert await _thread_of(session) != here
    async with database.writing() as session:
        assert await _thread_of(session) == here
    async with database.reading() as session:  # the same connection, after its commit
        assert await _thread_of(session) != here
    with pytest.raises(LookupError):
        async with database.writing():
            raise LookupError
    async with database.reading() as session:  # and after it was rolled back
        assert await _thread_of(session) != here


async def test_who_waits_for_another_process_to_write_holds_nobody_up(tmp_path: Path, database: Database) -> None:
    other = sqlite3.connect(tmp_path / "watchbill.db", isolation_level=None)
    other.execute("begin immediate")
    began = asyncio.Event()

    async def change() -> None:
        began.set()
        async with database.writing() as session:
            await _run(session, "insert into word values ('mine')")

    writing = asyncio.create_task(change())
    await began.wait()
    async with database.reading() as session:  # answered while the other still writes
        rows = (await _run(session, "select count(*) from word")).all()
    assert rows == [(0,)] and not writing.done()
    other.execute("insert into word values ('theirs')")
    other.execute("commit")
    other.close()
    await writing
    async with database.reading() as session:
        words = (await _run(session, "select word from word order by rowid")).all()
    assert words == [("theirs",), ("mine",)]


async def test_a_question_that_nobody_waits_for_any_more_leaves_the_connection_sound(database: Database) -> None:
    asking = asyncio.Event()
    held: list[sqlite3.Connection] = []

    async def ask() -> None:
        async with database.reading() as session:
            raw = (await (await session.connection()).get_raw_connection()).driver_connection
            held.append(raw._conn)  # type: ignore[union-attr]  # to end what has no end
            asking.set()
            await _run(session, FOR_EVER)

    asked = asyncio.create_task(ask())
    await asking.wait()
    await asyncio.sleep(0)  # the statement is handed over
    asked.cancel()
    while not asked.done():
        with suppress(sqlite3.ProgrammingError):  # closed by now: whoever is cancelled leaves no connection behind
            held[0].interrupt()
        await asyncio.sleep(0)
    assert asked.cancelled()
    async with database.writing() as session:
        await _run(session, "insert into word values ('after')")
    async with database.reading() as session:
        words = (await _run(session, "select word from word")).all()
    assert words == [("after",)]


async def test_a_writer_that_is_cancelled_lets_go_of_the_file(database: Database, tmp_path: Path) -> None:
    many = [{"word": str(number)} for number in range(20_000)]
    caught: list[BaseException] = []  # with the frames of its traceback, and with them the cursor

    async def write() -> None:
        try:
            async with database.writing() as session:
                connection = await session.connection()
                asyncio.get_running_loop().call_soon(writer.cancel)
                await connection.execute(text("insert into word values (:word)"), many)
        except asyncio.CancelledError as error:
            caught.append(error)
            raise

    writer = asyncio.create_task(write())
    await asyncio.wait({writer})
    assert len(caught) == 1
    with sqlite3.connect(tmp_path / "watchbill.db", timeout=0) as other:
        other.execute("insert into word values ('kept')")
        assert other.execute("select word from word").fetchall() == [("kept",)]
    other.close()
