"""What the clockwork does in a round: what is due, then what is done now and then, each in its order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.queries import deliveries
from bot.queries.deliveries import AtHand
from bot.queries.reading import Clock, Reader
from bot.usecases.alerts import wake as alerts
from bot.usecases.housekeeping.fill_search import SearchFill
from bot.usecases.housekeeping.purge import DailyPurge
from bot.usecases.keys.uses import KeyUses
from bot.usecases.reminders import wake as reminders
from bot.usecases.unit import Units

ALERT_IN_HAND = timedelta(seconds=1)
"""After how long an alert is looked at again that has something due but is in somebody's hands."""


class Sending(Protocol):
    """Sends messages, as slack/sending.py does."""

    async def send_due(self) -> int:
        """Begin to send some of what is due and at hand; answers how much was taken up."""

    def at_hand(self) -> AtHand:
        """What can be taken up now; once more can be, another round is rung for."""

    def seconds_until_home(self) -> float:
        """How long until one more Home tab may be published."""

    def seconds_until_edits(self) -> float:
        """How long until messages may be edited again."""


@dataclass(frozen=True, slots=True)
class Everything:
    """The round of reminders, messages and housekeeping. Called, it answers when the next thing is due.

    Its `units` ring for no other round, nor stand in the way of people's.
    """

    reader: Reader
    units: Units
    clock: Clock
    sender: Sending
    daily_purge: DailyPurge
    key_uses: KeyUses
    search_fill: SearchFill

    async def __call__(self) -> datetime | None:
        """Do all that is due."""
        due = await self._next_due()
        if _is_past(due.reminder, self.clock()):  # most rounds find none: those stand in the way of nobody who writes
            while (await self._wake()).taken_up:
                pass
        if _is_past(due.earliest, self.clock()):
            while await self.sender.send_due():
                pass
            due = await self._next_due()
        await self.daily_purge.run()
        await self.key_uses.run()
        if await self.search_fill.run():
            return self.clock()  # more at once, but reminders and messages come first
        return due.earliest

    async def _next_due(self) -> _Due:
        waits = (self.sender.seconds_until_home(), self.sender.seconds_until_edits())
        async with self.reader() as reading:
            message = await deliveries.next_due(reading, self.sender.at_hand())
            reminder = await reminders.next_due(reading)
        again = [self.clock() + timedelta(seconds=wait) for wait in waits if wait]
        return _Due(reminder, min((each for each in (message, reminder, *again) if each), default=None))

    async def _wake(self) -> reminders.Woken:
        async with self.units.begin(None) as unit:
            return await reminders.wake(unit)


@dataclass(frozen=True, slots=True)
class _Due:
    """When the next reminder is due, and when anything is."""

    reminder: datetime | None
    earliest: datetime | None


def _is_past(due: datetime | None, now: datetime) -> bool:
    return due is not None and due <= now


@dataclass(frozen=True, slots=True)
class OfAlerts:
    """The round of what is due about alerts; nothing is written while nothing is. It answers likewise."""

    reader: Reader
    units: Units
    clock: Clock

    async def __call__(self) -> datetime | None:
        """Do all that is due."""
        while True:
            async with self.reader() as reading:
                due = await alerts.next_due(reading)
            if due is None or due > self.clock():
                return due
            async with self.units.begin(None) as unit:
                done = await alerts.wake(unit)
            if not done:
                return self.clock() + ALERT_IN_HAND
