"""Workspaces that are not as the playground begins: without a schedule, or with many."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from aiohttp import web

from bot.engines.rotation import Participant
from bot.settings import Settings
from bot.transfer.demo import ANA
from bot.usecases.schedules.create import create
from bot.usecases.schedules.wanted import WantedRotation, WantedSchedule
from bot.vocabulary import ParticipantKind, RotationType
from bot.wiring import House, build_playground
from storage.database import Database
from tests.processes import free_port

NAMES = (
    *("Checkout", "Data platform", "Identity", "Infrastructure", "Ledger", "Mobile", "Notifications", "Search"),
    *("Security", "Shipping", "Storefront"),
)


@asynccontextmanager
async def without_schedules(folder: Path) -> AsyncIterator[tuple[str, House]]:
    """A playground in which nobody has made anything yet: the address of its page, and its house."""
    settings = Settings(_env_file=None, port=free_port(), database_url=f"sqlite:///{folder / 'new.db'}")
    database = Database(settings.database)
    await database.migrate()
    house = build_playground(settings, database=database)
    house.once_connected = None
    runner = web.AppRunner(house.web, handle_signals=False)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
        await house.connect()
        yield f"{settings.own_address}/playground/", house
    finally:
        await runner.cleanup()
        await house.close()


async def make_schedules(house: House) -> None:
    """One schedule for each of the names, all of them around the clock."""
    ana = await house.desk.people.person(ANA)
    async with house.reader() as reading:
        begun = (reading.now - timedelta(weeks=1)).replace(tzinfo=None, minute=0, second=0, microsecond=0)
    for name in NAMES:
        rotation = WantedRotation(
            id=None,
            name="Primary",
            participants=(Participant(ParticipantKind.USER, ana.id),),
            type=RotationType.WEEKLY,
            length=1,
            start=begun,
        )
        async with house.units.begin(ana) as unit:
            await create(unit, WantedSchedule(name=name, timezone="Europe/Berlin", team=None, rotations=(rotation,)))
