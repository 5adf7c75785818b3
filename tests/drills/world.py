"""A workspace, a database, and a bot in a process of its own that is killed and stands up again."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from sqlmodel import col, select

from bot.playground.clock import WorkspaceClock
from bot.playground.manifest import Manifest
from bot.playground.seeds import demo_workspace
from bot.playground.server import Playground
from bot.playground.workspace import Workspace
from bot.usecases.deliveries.claim import LEASE
from storage.database import Database
from storage.models import Delivery, DeliveryState, Reminder
from tests.drills.bot_process import SharedClock
from tests.drills.kills import Kill, Trap, drawn
from tests.drills.nursery import ROOT, Nursery

START = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
"""A Wednesday."""
PATIENCE_SECONDS = 60
STANDSTILL_SECONDS = 0.3
LOOK_SECONDS = 0.01
UNSETTLED = (DeliveryState.DUE, DeliveryState.SENDING)


@dataclass(frozen=True, slots=True)
class Outage:
    """From a kill until the bot served again, by the world's clock, in unix seconds."""

    began: float
    ended: float


class World:
    """What a drill happens in. Make one with `opened`."""

    def __init__(self, database: Database, nursery: Nursery, folder: Path, kills: list[Kill]) -> None:
        self.database = database
        self.clock = WorkspaceClock.running(wall=time.monotonic, offset=START.timestamp() - time.monotonic())
        self.workspace: Workspace = demo_workspace(Manifest.read(ROOT / "manifest.yml"), self.clock)
        self.playground = Playground(self.workspace)
        self.outages: list[Outage] = []
        self.in_doubt: Counter[str] = Counter()
        """Deliveries that Slack had taken and we had not noted when the bot was killed, and how often."""
        self.life = 0
        self.acts = 0
        self.in_a_hurry = 0
        """How many wait for a form: Slack opens it within three seconds of the world's clock, or not at all."""
        self._alive = asyncio.Event()
        self._broken: BaseException | None = None
        self._nursery = nursery
        self._shared = SharedClock(folder / "clock", offset=self.clock.offset)
        self._clock_file = folder / "clock"
        self._kills = kills[::-1]
        self._pending: list[Kill] = []
        self._trap = Trap(self.workspace, self.kill)
        self._restarts: set[asyncio.Task[None]] = set()
        self._timers: set[asyncio.TimerHandle] = set()
        self.clock.on_advance(self._share_clock)

    async def begin(self) -> None:
        """Serve the workspace and let the bot begin its first life."""
        await self.playground.start()
        self._live(await self._stand_up())

    async def end(self) -> None:
        """Nobody lives here any more, and nobody is born any more: the nursery is the next world's."""
        self._kills.clear()
        self._pending.clear()
        for timer in self._timers:
            timer.cancel()
        self._trap.disarm()
        while self._restarts:
            await asyncio.gather(*self._restarts, return_exceptions=True)
        self._nursery.kill()
        await self.playground.stop()
        self._shared.close()

    async def ready(self) -> None:
        """Return once the bot serves. What kept it from standing up is raised, TimeoutError after a minute."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self._alive.wait()
        if self._broken:
            raise self._broken

    def act_begins(self) -> None:
        """Somebody is about to do something: what kills are meant for now are set."""
        while self._kills and self._kills[-1].act <= self.acts:
            self._pending.append(self._kills.pop())
        self.acts += 1
        self._set_next()

    def kill(self) -> bool:
        """`kill -9`, now. False, and nothing happens, when the bot is down already."""
        if not self._alive.is_set():
            return False
        self._alive.clear()
        self._nursery.kill()
        restart = asyncio.create_task(self._restart())
        self._restarts.add(restart)
        restart.add_done_callback(self._restarted)
        return True

    async def spend_kills(self) -> None:
        """Carry out at once what kills never met their moment."""
        while self._pending or self._kills or self._trap.is_set or self._timers:
            await self.ready()
            if self._timers:
                self._timers.pop().cancel()
            elif self._trap.is_set:
                self._trap.disarm()
            elif self._pending:
                self._pending.pop()
            else:
                self._kills.pop()
            self.kill()

    async def until(self, holds: Callable[[], bool], *, what: str) -> None:
        """Return once something holds, letting the world's minutes pass that it may need. AssertionError after one of
        ours.
        """
        began = since = time.monotonic()
        while not holds():
            await self.ready()
            await asyncio.sleep(LOOK_SECONDS)
            assert time.monotonic() < began + PATIENCE_SECONDS, f"waited in vain for {what}"
            if time.monotonic() - since > STANDSTILL_SECONDS and not self.in_a_hurry:
                since = time.monotonic()
                await self.clock.advance(LEASE.total_seconds() + 1)

    async def hop(self, moment: datetime) -> None:
        """Move everybody's clock to a moment, if it has not passed, and let everything come to rest.

        Before it too: what is signed before a leap of hours and read after it is rightly refused.
        """
        await self.rest()
        self.act_begins()
        await self.clock.advance(max(0.0, moment.timestamp() - self.clock.time()))
        await self.rest()

    async def rest(self) -> None:
        """Return when nothing is due, moving the clock where leases and waits have to run out."""
        began = since = time.monotonic()
        seen = -1
        while True:
            await self.ready()
            await self.playground.settled()
            unsettled = await self._unsettled()
            if not unsettled and self._alive.is_set():
                return
            assert time.monotonic() < began + PATIENCE_SECONDS, f"never came to rest: {unsettled}"
            if len(unsettled) != seen:
                seen, since = len(unsettled), time.monotonic()
            elif time.monotonic() - since > STANDSTILL_SECONDS:
                since = time.monotonic()
                await self.clock.advance(LEASE.total_seconds() + 1)
            await asyncio.sleep(LOOK_SECONDS)

    async def _unsettled(self) -> list[str]:
        """What is still to be told, now or later, and who is to be reminded now.

        Reminders first: what they become in between is seen as a delivery then.
        """
        async with self.database.reading() as session:
            due = (await session.exec(select(Reminder).where(col(Reminder.due_at) <= self.clock.now()))).all()
            rows = (await session.exec(select(Delivery).where(col(Delivery.state).in_(UNSETTLED)))).all()
        deliveries = [f"{row.kind} to {row.recipient}: {row.state}, {row.failure}" for row in rows]
        return [*deliveries, *(f"reminder of {row.recipient}" for row in due)]

    def _restarted(self, restart: asyncio.Task[None]) -> None:
        self._restarts.discard(restart)
        if not restart.cancelled() and (error := restart.exception()):
            self._broken = error
            self._alive.set()

    async def _share_clock(self) -> None:
        self._shared.offset = self.clock.offset

    def _set_next(self) -> None:
        if not self._pending or self._trap.is_set or not self._alive.is_set():
            return
        kill = self._pending.pop(0)
        if kill.method:
            self._trap.set(kill)
        else:
            self._kill_later(kill)

    def _kill_later(self, kill: Kill) -> None:
        def kill_now() -> None:
            self._timers.discard(timer)
            if not self.kill():  # down already, for another kill: this one has its turn later
                self._pending.append(kill)

        timer = asyncio.get_running_loop().call_later(kill.delay, kill_now)
        self._timers.add(timer)

    async def _restart(self) -> None:
        began = self.clock.time()
        sending = await self._sending()
        port = await self._stand_up()
        # By now Slack has done what it had taken of the dead one's last calls.
        there = {delivery_of(message.metadata) for message in self.workspace.messages.everything()}
        self.in_doubt.update(sending & there)
        self.outages.append(Outage(began, self.clock.time()))
        self._live(port)

    async def _sending(self) -> set[str]:
        """What the dead one had in its hands for the first time."""
        async with self.database.reading() as session:
            rows = await session.exec(select(Delivery).where(Delivery.state == DeliveryState.SENDING))
            return {row.id for row in rows if row.ts is None}

    async def _stand_up(self) -> int:
        app = self.workspace.app
        return await self._nursery.fork(
            {
                "database": self.database.url.render_as_string(hide_password=False),
                "clock": str(self._clock_file),
                "settings": {
                    "slack_bot_token": app.bot_token,
                    "slack_signing_secret": app.signing_secret,
                    "slack_api_url": self.playground.api_url,
                },
            }
        )

    def _live(self, port: int) -> None:
        self.playground.bot_url = f"http://127.0.0.1:{port}/slack/events"
        self.life += 1
        self._alive.set()


@asynccontextmanager
async def opened(url: str, *, nursery: Nursery, seed: int, kills: int, acts: int) -> AsyncIterator[World]:
    """A world on an empty database, with so many kills before it, for the length of the block."""
    database = Database(url)
    await database.migrate()
    with tempfile.TemporaryDirectory(prefix="watchbill-drill-") as folder:
        world = World(database, nursery, Path(folder), drawn(Random(seed), kills=kills, acts=acts))
        try:
            await world.begin()
            yield world
        finally:
            await world.end()
            await database.close()


def delivery_of(metadata: dict[str, object] | None) -> str:
    """The delivery that a message in Slack is of; empty where it is of none."""
    payload = (metadata or {}).get("event_payload")
    return str(payload.get("delivery_id", "")) if isinstance(payload, dict) else ""
