"""A channel's own schedules come first, also when another process linked them a moment ago."""

from __future__ import annotations

import pytest

from bot.queries import links, people, schedules
from bot.queries.reading import Reader
from bot.settings import Settings
from bot.transfer.demo import fill
from bot.usecases.channels.link import link
from bot.usecases.channels.unlink import unlink
from storage.database import Database
from tests.conftest import StillClock, met
from tests.usecases.stories import Story, statements

CHANNEL = "C01"


@pytest.fixture
async def platform(story: Story) -> str:
    """The id of the schedule Platform, which comes after Payments."""

    async def find(slack_id: str) -> people.Person:
        return await met(story.units, slack_id)

    await fill(story.units, story.reader, find)
    async with story.reader() as reading:
        return (await schedules.listed(reading))[1].id


async def _first(reader: Reader, channel: str = CHANNEL) -> list[str]:
    async with reader() as reading:
        return [each.schedule.name for each in await schedules.first(reading, limit=8, channel=channel)]


async def _own(reader: Reader) -> list[str]:
    async with reader() as reading:
        return [each.name for each in await links.of_channel(reading, CHANNEL)]


async def test_a_link_made_by_another_process_is_seen_at_once(
    story: Story, platform: str, database: Database, clock: StillClock, settings: Settings
) -> None:
    other = Reader(database, clock, settings)
    assert await _first(story.reader) == await _first(other) == ["Payments", "Platform"]
    async with story.units.begin(story.ana) as unit:
        await link(unit, CHANNEL, platform)
    assert await _own(story.reader) == await _own(other) == ["Platform"]
    assert await _first(story.reader) == await _first(other) == ["Platform", "Payments"]
    assert await _first(other, "C02") == ["Payments", "Platform"]
    async with story.units.begin(story.ana) as unit:
        await unlink(unit, CHANNEL, platform)
    assert (await _own(other), await _first(other)) == ([], ["Payments", "Platform"])


async def test_the_linked_ones_of_the_past_come_first_too(story: Story, platform: str) -> None:
    async with story.units.begin(story.ana) as unit:
        await link(unit, CHANNEL, platform)
    async with story.reader() as reading:
        since = reading.now.replace(year=2025)
        found = await schedules.first(reading, limit=1, channel=CHANNEL, since=since)
        beyond = await schedules.first(reading, limit=8, skip=1, channel=CHANNEL)
    assert [each.schedule.name for each in (*found, *beyond)] == ["Platform", "Payments"]


@pytest.mark.parametrize("channel", ["", "D01"])
async def test_no_channel_costs_no_look(story: Story, channel: str) -> None:
    async with story.reader() as reading:
        with statements() as seen:
            assert await links.of_channel(reading, channel) == ()
    assert seen == []
