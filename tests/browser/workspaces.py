"""Workspaces that are not as the playground begins: without a schedule, or with many."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from aiohttp import web

from bot.engines.policies import PolicySpec, compile_policies
from bot.engines.rotation import Participant
from bot.queries import keys, schedules
from bot.settings import Settings
from bot.transfer.demo import ANA, INCIDENTS_CHANNEL
from bot.usecases.alerts.create import raise_alert
from bot.usecases.alerts.wanted import WantedAlert, WantedResponder
from bot.usecases.channels.link import link
from bot.usecases.keys.create import create as create_key
from bot.usecases.references import Ref
from bot.usecases.schedules.create import create
from bot.usecases.schedules.wanted import WantedRotation, WantedSchedule
from bot.vocabulary import AlertResponderKind, ParticipantKind, PolicyGroup, Right, RotationType, Severity
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
    async with playground_of(folder, is_empty=True) as (address, house):
        yield address, house


@asynccontextmanager
async def playground_of(folder: Path, *, is_empty: bool = False) -> AsyncIterator[tuple[str, House]]:
    """A playground in this very process, with the demo's data or empty: the address of its page, and its house."""
    settings = Settings(_env_file=None, port=free_port(), database_url=f"sqlite:///{folder / 'new.db'}")
    database = Database(settings.database)
    await database.migrate()
    house = build_playground(settings, database=database)
    if is_empty:
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


async def raise_an_alert(house: House) -> None:
    """A program tells that something is wrong with Payments, by the rules of a policy; it does so twelve times."""
    ana = await house.desk.people.person(ANA)
    async with house.reader() as reading:
        known = {each.name: each.id for each in await schedules.listed(reading)}
    for schedule_id in known.values():
        async with house.units.begin(ana) as unit:
            await link(unit, INCIDENTS_CHANNEL, schedule_id)
    async with house.units.begin(None) as unit:
        secret = await create_key(unit, name="prometheus", rights=tuple(Right), team=None)
    async with house.reader() as reading:
        holder = await keys.holder_of(reading, secret)
    wanted = WantedAlert(
        message="CheckoutLatencyHigh: p99 over 2 s for 5 min",
        alias="checkout-latency",
        description="p99 of POST /checkout is 4.1 s (limit 2 s).\nRunbook: look at the pool of connections first.",
        responders=(WantedResponder(AlertResponderKind.SCHEDULE, Ref(id=known["Payments"])),),
        tags=("prod", "latency"),
        source="prometheus-eu-1",
        entity="checkout",
        priority=Severity.P3,
    )
    for _ in range(12):
        async with house.units.begin(holder) as unit:
            await raise_alert(unit, wanted, compile_policies([_LOUDER, _NIGHTS]))


_LOUDER = PolicySpec(
    id="louder",
    name="Checkout is urgent",
    team_id=None,
    group=PolicyGroup.MODIFY,
    enabled=True,
    filter={
        "type": "match-any-condition",
        "conditions": [{"field": "entity", "operation": "equals", "expectedValue": "checkout"}],
    },
    restriction=None,
    zone="UTC",
    continues=False,
    changes={"message": "{{message}}", "priority": "P1", "tags": ["revenue"]},
    effects={},
)
_NIGHTS = replace(
    _LOUDER,
    id="staging",
    name="Quiet about staging",
    filter={
        "type": "match-any-condition",
        "conditions": [{"field": "tags", "operation": "contains", "expectedValue": "staging"}],
    },
    group=PolicyGroup.NOTIFICATION,
    changes=None,
    effects={"suppress": True},
)


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
