"""The way to the database: SQLite on a file, or PostgreSQL; one engine, its sessions, its migrations.

SQLite is set up so that nothing is lost between processes: WAL, foreign keys, a busy timeout, and `BEGIN IMMEDIATE`
for every writing transaction (in the driver's own mode a read-modify-write silently loses updates).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Misconfigured, Unavailable
from storage import sqlite_connection
from storage.revisions import Revisions, Watch

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_TIMEOUT_SECONDS = 15
ROWS_LOOKED_AT = 400
"""Of each index, to learn how well it tells rows apart: some milliseconds at any size."""
NO_DATABASE = "file is not a database"
"""SQLite's own words for a file of another kind."""
_MIGRATION_LOCK = 7261  # PostgreSQL's advisory lock: several processes may start at once


def async_url(url: str) -> URL:
    """The URL with its asyncio driver; `sqlite:///` and `postgresql://` are understood as people write them.

    Raises:
        Misconfigured: not a URL, or of a database that Watchbill does not run on.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise Misconfigured("DATABASE_URL is not a database URL, such as sqlite:///watchbill.db") from error
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
    family = parsed.get_backend_name()
    if family not in drivers:
        raise Misconfigured(f"DATABASE_URL: {family} is not supported; use sqlite:/// or postgresql://")
    return parsed.set(drivername=drivers[family])


class Database:
    """One database and the sessions on it. `url` is what the operator wrote."""

    def __init__(self, url: str) -> None:
        self.url = async_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        try:
            self._engine = _sqlite_engine(self.url) if self.is_sqlite else _postgres_engine(self.url)
        except ModuleNotFoundError as error:
            raise Misconfigured(
                f"DATABASE_URL names a database whose driver is not installed ({error.name}): "
                "pip install 'watchbill[postgres]'"
            ) from error
        self._reader = self._engine.execution_options(sqlite_begin="DEFERRED")
        self._revisions = Revisions(self._reader)
        self._turn = asyncio.Lock() if self.is_sqlite else nullcontext()
        self._in_background = asyncio.Lock()

    @asynccontextmanager
    async def writing(self, *, in_background: bool = False) -> AsyncIterator[AsyncSession]:
        """A session in one transaction: committed when the block ends, rolled back when it raises.

        SQLite has one writer, and whoever finds it busy looks again after a while, in no order: many at once would wait
        for seconds. So within a process they take turns. What nobody waits for is done `in_background`, one at a time:
        it must not stand in front of people by the dozen.
        """
        background = self._in_background if in_background else nullcontext()
        async with background, self._turn, self._session(self._engine) as session, session.begin():
            watch = Watch(session)
            yield session
            await watch.conclude()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session for questions only; it never waits for a writer. Nothing done in it is kept."""
        async with self._session(self._reader) as session:
            yield session

    async def revision(self) -> int:
        """A number that goes up with every change of who is on call, in whatever process (storage/revisions.py)."""
        async with _translated():
            return await self._revisions.current()

    async def migrate(self) -> None:
        """Bring the tables to the newest form. Safe when several processes start at once; quick when already there.

        Not to be run twice at once in one process: Alembic's context is one per process.
        """
        if self.is_sqlite:
            await self._migrate_sqlite()
            return
        async with _translated(), self._engine.begin() as connection:
            await connection.execute(text(f"select pg_advisory_xact_lock({_MIGRATION_LOCK})"))
            await connection.run_sync(_upgrade)

    async def _migrate_sqlite(self) -> None:
        """SQLite changes a column by making the table anew, which foreign keys must not see: they are off meanwhile.

        Before the commit everything is looked through, so that nothing is left pointing at nothing.
        """
        engine = _sqlite_engine(self.url, foreign_keys="OFF")
        try:
            async with _translated(), engine.begin() as connection:
                await connection.run_sync(_upgrade)
                dangling = (await connection.execute(text("pragma foreign_key_check"))).all()
                assert not dangling, f"a migration broke references: {dangling[:3]}"  # noqa: S101  ours to mend
                await self._learn_sizes(connection)
        finally:
            await engine.dispose()

    @staticmethod
    async def _learn_sizes(connection: AsyncConnection) -> None:
        """Without them SQLite takes every index for as good as any other, and looks through thousands of rows."""
        await connection.execute(text(f"pragma analysis_limit={ROWS_LOOKED_AT}"))
        await connection.execute(text("analyze"))

    async def ping(self) -> None:
        """Ask the database for nothing.

        Raises:
            Unavailable: it does not answer.
        """
        async with _translated(), self._reader.connect() as connection:
            await connection.execute(text("select 1"))

    async def close(self) -> None:
        """Give all connections back."""
        self._revisions.close()
        await self._engine.dispose()

    @asynccontextmanager
    async def _session(self, engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
        async with _translated(), AsyncSession(engine, expire_on_commit=False) as session:
            yield session


@asynccontextmanager
async def _translated() -> AsyncIterator[None]:
    """A database that is gone, full or locked is Unavailable to the rooms above, whatever its driver calls it.

    A file that holds something else is Misconfigured.
    """
    try:
        yield
    except PoolTimeout as error:
        raise Unavailable("The database has no connection to spare.") from error
    except DBAPIError as error:
        if type(error).__name__ in {"OperationalError", "InterfaceError", "TimeoutError"}:
            raise Unavailable("The database does not answer.") from error
        if NO_DATABASE in str(error.orig):
            raise Misconfigured("DATABASE_URL: the file it names is not a database") from error
        raise


def _sqlite_engine(url: URL, *, foreign_keys: str = "ON") -> AsyncEngine:
    arguments = {"timeout": BUSY_TIMEOUT_SECONDS, "async_creator_fn": sqlite_connection.connection}
    engine = create_async_engine(url, connect_args=arguments, pool_size=8, max_overflow=24)

    @event.listens_for(engine.sync_engine, "connect")
    def set_pragmas(dbapi: Any, _record: object) -> None:
        dbapi.isolation_level = None  # the driver must not open transactions of its own: `begin` below does
        cursor = dbapi.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",  # what was acknowledged outlives a power cut, not only a kill
            f"busy_timeout={BUSY_TIMEOUT_SECONDS * 1000}",
            f"foreign_keys={foreign_keys}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        kind = connection.get_execution_options().get("sqlite_begin", "IMMEDIATE")
        connection.exec_driver_sql(f"BEGIN {kind}")

    return engine


def _postgres_engine(url: URL) -> AsyncEngine:
    # Without prepared statements a replica that migrates cannot make another's cached plans fail, and PgBouncer works.
    # What is beyond the pool's size is opened and closed each time, which takes longer than to raise an alert.
    return create_async_engine(
        url, pool_size=24, max_overflow=6, pool_pre_ping=True, connect_args={"prepare_threshold": None}
    )


def alembic_config() -> Config:
    """Alembic's settings; there is no alembic.ini to find or to lose."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def _upgrade(connection: Connection) -> None:
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
