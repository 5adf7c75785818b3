"""A program that has a key of the house, and what it does beside the people in Slack."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.queries import keys, schedules
from bot.queries.actors import KeyHolder
from bot.usecases.forwardings.asked import AskedForwarding
from bot.usecases.forwardings.create import create as forward
from bot.usecases.forwardings.remove import remove as stop_forwarding
from bot.usecases.keys.create import create as create_key
from bot.usecases.overrides.asked import AskedOverride
from bot.usecases.overrides.put_on import put_on_as_asked
from bot.usecases.overrides.remove import remove
from bot.usecases.overrides.replace import replace as replace_override
from bot.usecases.references import Ref
from bot.vocabulary import ParticipantKind, Right
from tests.slack.conftest import Town


@dataclass(frozen=True)
class Program:
    """Acts by its key; people by Slack's ids."""

    town: Town
    key: KeyHolder

    async def puts_on(self, schedule: str, who: Ref, start: datetime, end: datetime, **how: object) -> str:
        """An override of that schedule; its alias."""
        asked = replace(AskedOverride(ParticipantKind.USER, who, start, end), **how)  # type: ignore[arg-type]  # by name
        schedule_id = await self._schedule_id(schedule)
        async with self.town.house.units.begin(self.key) as unit:
            return await put_on_as_asked(unit, schedule_id, asked)

    async def replaces(self, schedule: str, alias: str, who: Ref, start: datetime, end: datetime) -> None:
        """An override says something else."""
        schedule_id = await self._schedule_id(schedule)
        async with self.town.house.units.begin(self.key) as unit:
            await replace_override(unit, schedule_id, alias, AskedOverride(ParticipantKind.USER, who, start, end))

    async def removes(self, schedule: str, alias: str) -> None:
        """An override is gone."""
        schedule_id = await self._schedule_id(schedule)
        async with self.town.house.units.begin(self.key) as unit:
            await remove(unit, schedule_id, alias)

    async def forwards(self, who: str, to: str, start: datetime, end: datetime) -> str:
        """The duty of one passes to another; the id of the forwarding."""
        async with self.town.house.units.begin(self.key) as unit:
            return (await forward(unit, AskedForwarding(Ref(name=who), Ref(name=to), start, end))).id

    async def stops_forwarding(self, forwarding_id: str) -> None:
        """It is whose it was again."""
        async with self.town.house.units.begin(self.key) as unit:
            await stop_forwarding(unit, forwarding_id)

    async def _schedule_id(self, name: str) -> str:
        async with self.town.house.reader() as reading:
            found = await schedules.by_name(reading, name)
        assert found
        return found.schedule.id


async def program(town: Town, name: str = "ci") -> Program:
    """A program with every right, by a key of that name."""
    async with town.house.units.begin(None) as unit:
        text = await create_key(unit, name=name, rights=tuple(Right), team=None)
    async with town.house.reader() as reading:
        holder = await keys.holder_of(reading, text)
    assert holder
    return Program(town, holder)
