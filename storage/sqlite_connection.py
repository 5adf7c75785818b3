"""SQLite's connection with few turns between threads.

aiosqlite hands each of making a cursor, executing, fetching and closing to the connection's thread and waits for its
answer: four times past everything else that the event loop has to do, for a statement of some microseconds. With
twenty people at work a change of thirty statements held SQLite's one writer for most of a second that way. Here a
statement with its rows is one turn, and whoever holds the writer takes none: only `begin` and `commit`, which wait for
other processes and for the disk, leave the event loop.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Self

import aiosqlite

BEGIN_READING = "BEGIN DEFERRED"
BEGIN_WRITING = "BEGIN IMMEDIATE"
ROWS_AT_ONCE = 64
"""For aiosqlite's own cursors, of which the engine uses none."""
LONG = 200_000
"""Characters of texts that one turn of the event loop carries to and fro. To read them as JSON takes some 3 ms."""


def connection(file: str, **options: Any) -> Connection:
    """For an engine's `async_creator_fn`; `options` are those of `sqlite3.connect`. It opens when it is awaited."""
    settings = {**options, "check_same_thread": False, "factory": _Connection}
    return Connection(partial(sqlite3.connect, file, **settings), ROWS_AT_ONCE)


class _Connection(sqlite3.Connection):
    """One that lets go of its locks when it is closed.

    SQLite keeps a closed connection, with its transaction, until the last cursor is gone. Who was cancelled in the
    middle of writing leaves one in a traceback: everybody else waited until that was collected as garbage.
    """

    def close(self) -> None:
        """Undo what is not committed, and close."""
        with suppress(sqlite3.Error):  # closed already, or there is nothing to undo it in
            self.rollback()
        super().close()


class Connection(aiosqlite.Connection):
    """As aiosqlite's; a statement of a writing transaction runs at once, any other is one turn of the thread."""

    def __init__(self, connector: Callable[[], sqlite3.Connection], iter_chunk_size: int) -> None:
        super().__init__(connector, iter_chunk_size)
        self._thread.daemon = True  # a bot that is told to stop does not wait for a question
        self._writing = False
        self._carried = 0

    def cursor(self) -> Cursor:  # type: ignore[override]  # nobody waits for it here
        """A cursor, without asking the thread for it."""
        return Cursor(self, self._conn)

    async def run(self, cursor: sqlite3.Cursor, operation: str, parameters: Sequence[Any]) -> list[Any]:
        """Execute, and answer the rows.

        Whoever writes has the file to itself and reads a few rows by their index: the event loop waits less for that
        than it would for the thread, and so does a beginning that takes no lock. With long texts others have their turn
        in between. A question may be a search through everything, and goes to the thread.
        """
        if self._writing or operation == BEGIN_READING:
            await self._pause_for(parameters)
            found = _executed(cursor, operation, parameters)
            for row in found:
                await self._pause_for(row)
            return found
        rows: list[Any] = await self._on_thread(_executed, cursor, operation, parameters)
        self._writing = operation == BEGIN_WRITING
        return rows

    async def run_many(self, cursor: sqlite3.Cursor, operation: str, parameters: Sequence[Sequence[Any]]) -> None:
        """Execute for each of the parameters; there may be thousands, so always on the thread."""
        await self._on_thread(cursor.executemany, operation, parameters)

    async def _pause_for(self, values: Iterable[Any]) -> None:
        """Let others have a turn, where enough was carried since they last had one."""
        self._carried += sum(len(each) for each in values if isinstance(each, str))
        if self._carried > LONG:
            self._carried = 0
            await asyncio.sleep(0)

    async def _on_thread(self, function: Callable[..., Any], *arguments: Any) -> Any:
        return await self._execute(function, *arguments)  # type: ignore[no-untyped-call]  # aiosqlite's, untyped

    async def commit(self) -> None:
        """Wait for the disk, on the thread."""
        self._writing = False
        await super().commit()

    async def rollback(self) -> None:
        """Undo, on the thread."""
        self._writing = False
        await super().rollback()


class Cursor:
    """What SQLAlchemy asks of a cursor: its rows are there when the statement is done."""

    def __init__(self, connection: Connection, raw: sqlite3.Connection) -> None:
        self._connection = connection
        self._cursor = raw.cursor()
        self._rows: list[Any] = []

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, operation: str, parameters: Sequence[Any] = ()) -> Self:
        """One statement with its rows."""
        self._rows = await self._connection.run(self._cursor, operation, parameters)
        return self

    async def executemany(self, operation: str, parameters: Sequence[Sequence[Any]]) -> Self:
        """One statement, many times."""
        await self._connection.run_many(self._cursor, operation, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        """The rows, once."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Let go of the rows; what the cursor held in SQLite was given back when they were fetched.

        The cursor itself may be at work still, for somebody who no longer waits: it goes when the thread is done.
        """
        self._rows = []

    @property
    def description(self) -> Any:
        """The columns, as `sqlite3` names them; None for a statement without rows."""
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed; -1 for a question."""
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The number of the last row inserted."""
        return self._cursor.lastrowid


def _executed(cursor: sqlite3.Cursor, operation: str, parameters: Sequence[Any]) -> list[Any]:
    cursor.execute(operation, parameters)
    return cursor.fetchall() if cursor.description else []
