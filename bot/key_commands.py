"""`app.py keys`: make, list and revoke API keys, also while the service runs on the same database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import datetime

from bot.queries import keys
from bot.queries.reading import Reader
from bot.running import opened
from bot.settings import Settings
from bot.usecases.keys.create import create
from bot.usecases.keys.revoke import revoke
from bot.usecases.unit import Units
from bot.vocabulary import Right
from bot.wiring import system_clock
from storage.database import Database

_COLUMNS = ("name", "rights", "team", "made", "last used", "revoked")


async def create_key(settings: Settings, *, name: str, rights: Collection[Right], team: str | None) -> None:
    """Make a key and print it, alone on the last line: it is shown this once."""
    async with _database(settings) as database, Units(database, system_clock, settings).begin(None) as unit:
        text = await create(unit, name=name, rights=rights, team=team)
    print("Keep it: only its hash is stored, and nobody can show it again.")
    print(text)


async def list_keys(settings: Settings) -> None:
    """Print every key there ever was, without its text."""
    async with _database(settings) as database, Reader(database, system_clock, settings)() as reading:
        found = await keys.listed(reading)
    if not found:
        print("There are no keys yet. `python app.py keys create NAME --rights read,write` makes one.")
        return
    rows = [_COLUMNS, *(_cells(each) for each in found)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_COLUMNS))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


async def revoke_key(settings: Settings, *, name: str) -> None:
    """Revoke a key, by its name or id."""
    async with _database(settings) as database, Units(database, system_clock, settings).begin(None) as unit:
        revoked = await revoke(unit, name)
    print(f"{revoked} is revoked: from now on it opens nothing.")


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    database = await opened(settings)
    try:
        yield database
    finally:
        await database.close()


def _cells(key: keys.ListedKey) -> tuple[str, ...]:
    rights, times = ",".join(key.rights), (key.created_at, key.last_used_at, key.revoked_at)
    return (key.name, rights, key.team or "every team", *(_minute(at) for at in times))


def _minute(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "-"
