"""Tying schedules to channels: once, by members, and undone as simply."""

from __future__ import annotations

import asyncio

import pytest

from bot.errors import AlreadyDone, Mistake, NotAllowed, NotFound
from bot.queries import links, schedules
from bot.queries.people import Person
from bot.transfer.demo import fill
from bot.usecases.channels.link import link
from bot.usecases.channels.unlink import unlink
from tests.conftest import met
from tests.usecases.stories import Story

CHANNEL, OTHER = "C01", "G02"


@pytest.fixture
async def payments(story: Story) -> str:
    """The id of the schedule Payments."""

    async def find(slack_id: str) -> Person:
        return await met(story.units, slack_id)

    await fill(story.units, story.reader, find)
    async with story.reader() as reading:
        return next(each.id for each in await schedules.listed(reading) if each.name == "Payments")


async def _linked(story: Story, channel: str = CHANNEL) -> list[str]:
    async with story.reader() as reading:
        return [each.name for each in await links.of_channel(reading, channel)]


async def _link(story: Story, schedule_id: str, *, channel: str = CHANNEL, key: str | None = None) -> bool:
    async with story.units.begin(story.ana, key=key) as unit:
        return await link(unit, channel, schedule_id) is not None


async def _unlink(story: Story, schedule_id: str) -> bool:
    async with story.units.begin(story.raj) as unit:
        return await unlink(unit, CHANNEL, schedule_id) is not None


async def test_a_link_is_the_channels_alone_and_is_written_down(story: Story, payments: str) -> None:
    assert await _link(story, payments)
    assert (await _linked(story), await _linked(story, OTHER)) == (["Payments"], [])
    [event] = await story.events("link-channel")
    assert (event.subject_id, event.actor_id, event.before, event.after) == (
        payments,
        story.ana.id,
        {},
        {"channel": CHANNEL},
    )


async def test_a_second_link_of_the_same_changes_nothing(story: Story, payments: str) -> None:
    assert [await _link(story, payments) for _ in range(2)] == [True, False]
    assert len(await story.events("link-channel")) == 1


async def test_of_many_links_at_the_same_time_one_counts(story: Story, payments: str) -> None:
    done = await asyncio.gather(*(_link(story, payments) for _ in range(6)))
    assert sorted(done) == [False] * 5 + [True]
    assert len(await story.events("link-channel")) == 1


async def test_the_same_request_twice_links_once(story: Story, payments: str) -> None:
    assert await _link(story, payments, key="trigger-1")
    with pytest.raises(AlreadyDone):
        await _link(story, payments, key="trigger-1")


async def test_an_unlink_is_written_down_and_one_of_nothing_is_not(story: Story, payments: str) -> None:
    await _link(story, payments)
    assert [await _unlink(story, payments) for _ in range(2)] == [True, False]
    assert await _linked(story) == []
    [event] = await story.events("unlink-channel")
    assert (event.subject_id, event.actor_id, event.before, event.after) == (
        payments,
        story.raj.id,
        {"channel": CHANNEL},
        {},
    )


async def test_of_many_unlinks_at_the_same_time_one_counts(story: Story, payments: str) -> None:
    await _link(story, payments)
    assert sorted(await asyncio.gather(*(_unlink(story, payments) for _ in range(6)))) == [False] * 5 + [True]


async def test_what_is_no_channel_takes_no_link(story: Story, payments: str) -> None:
    for channel in ("D01", ""):
        with pytest.raises(Mistake, match="not to direct messages"):
            await _link(story, payments, channel=channel)


async def test_a_schedule_that_is_gone_cannot_be_linked(story: Story, payments: str) -> None:
    with pytest.raises(NotFound, match="gone"):
        await _link(story, "no-such-id")
    assert await story.events("link-channel") == []


async def test_an_outsider_neither_links_nor_unlinks(story: Story, payments: str) -> None:
    guest = await met(story.units, "UGUEST", outsider=True)
    for verb in (link, unlink):
        with pytest.raises(NotAllowed, match="Only members of this workspace"):
            async with story.units.begin(guest) as unit:
                await verb(unit, CHANNEL, payments)


async def test_a_link_is_no_change_of_the_schedule_itself(story: Story, payments: str) -> None:
    async with story.reader() as reading:
        before = await schedules.last_change(reading, payments)
    async with story.units.begin(story.li) as unit:
        await link(unit, CHANNEL, payments)
    async with story.reader() as reading:
        assert await schedules.last_change(reading, payments) == before
