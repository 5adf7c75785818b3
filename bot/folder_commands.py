"""`app.py export` and `app.py import`: everything in the database as a folder, and back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.queries.reading import Reader
from bot.running import opened
from bot.settings import Settings
from bot.transfer.exporting import export
from bot.transfer.importing import take_in
from bot.usecases.unit import Units
from bot.wiring import system_clock

_TOLD = (
    *(("person", "people"), ("team", "teams"), ("schedule", "schedules")),
    *(("incident", "incidents"), ("postmortem", "postmortems")),
)


async def export_folder(settings: Settings, *, folder: Path) -> None:
    """Write everything in the database into a folder."""
    database = await opened(settings)
    try:
        counts = await export(Reader(database, system_clock, settings), folder)
    finally:
        await database.close()
    print(f"{_words(counts)} are in {folder}.")
    print("Keep it safe: it holds names, e-mail addresses and all texts, and your API keys count in a copy made of it.")
    print("It holds no token, no key's text and no link of a calendar.")


async def import_folder(settings: Settings, *, folder: Path) -> None:
    """Put everything in a folder into the database, which is empty."""
    database = await opened(settings)
    try:
        counts = await take_in(Units(database, system_clock, settings), folder)
    finally:
        await database.close()
    print(f"{_words(counts)} are in {database.url.render_as_string()}.")
    print("Reminders go on with the next morning. Postmortems get a new card when they change, calendars a new link.")


def _words(counts: Mapping[str, int]) -> str:
    told = [f"{counts[many]} {one if counts[many] == 1 else many}" for one, many in _TOLD]
    return f"{', '.join(told[:-1])} and {told[-1]}"
