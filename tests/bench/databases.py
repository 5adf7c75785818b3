"""The databases that a benchmark runs on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import TemporaryPostgres, wheel_binaries


def databases(folder: Path) -> Iterator[tuple[str, str]]:
    """Of each kind one, by name and URL; PostgreSQL where its wheel is installed."""
    yield "SQLite", f"sqlite:///{folder / 'full.db'}"
    binaries = wheel_binaries()
    if binaries is not None:
        with _postgres(binaries) as url:
            yield "PostgreSQL", url


@contextmanager
def _postgres(binaries: Path) -> Iterator[str]:
    server = TemporaryPostgres(binaries)
    server.start()
    try:
        yield server.url()
    finally:
        server.stop()
