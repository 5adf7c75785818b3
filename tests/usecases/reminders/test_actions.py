"""The mornings of actions, from the rows: who is told when, what the message holds, and what ends it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.engines.cadence.facts import NudgeKind
from bot.queries import waiting
from bot.queries.actions import ActionView
from bot.queries.people import Person
from bot.usecases.actions.add import add
from bot.usecases.actions.edit import give, move
from bot.usecases.actions.remove import remove
from bot.usecases.actions.settle import settle
from bot.usecases.actions.wanted import WantedAction
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.snooze import snooze
from bot.usecases.reminders.wake import wake
from bot.vocabulary import ActionStatus
from tests.usecases.stories import CHANNEL, Story

THURSDAY = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)  # 10:00 in Berlin
FRIDAY, SATURDAY, MONDAY = (THURSDAY + timedelta(days=days) for days in (1, 2, 4))
DUE = date(2026, 11, 20)


@pytest.fixture
async def action_id(story: Story) -> str:
    """Raj's, of a published postmortem, due on Friday."""
    number = await story.created()
    await story.submitted(number, story.li)
    await story.approved(number, story.li)
    await story.published(number)
    async with story.units.begin(story.ana) as unit:
        return await add(unit, number, WantedAction("Add an alarm", story.raj.id, DUE))


async def told(story: Story, at: datetime) -> tuple[str, ...]:
    """Who is told at that instant, by id."""
    story.clock.now = at
    async with story.units.begin(None) as unit:
        return (await wake(unit)).people


async def holds(story: Story, person: Person) -> list[str]:
    """What their morning's message holds now."""
    async with story.reader() as reading:
        items = await waiting.morning(reading, person.id)
    return [each.text if isinstance(each, ActionView) else each.postmortem.label for each in items]


async def test_its_owner_is_told_each_working_morning_until_it_is_done(story: Story, action_id: str) -> None:
    assert await told(story, THURSDAY - timedelta(seconds=1)) == ()
    for morning in (THURSDAY, FRIDAY):
        assert await told(story, morning) == (story.raj.id,)
        assert await told(story, morning + timedelta(hours=1)) == ()  # once a morning
        assert await holds(story, story.raj) == ["Add an alarm"]
    assert await told(story, SATURDAY) == ()
    assert await told(story, MONDAY) == (story.raj.id,)
    async with story.units.begin(story.raj) as unit:
        await settle(unit, action_id, ActionStatus.DONE)
    assert await holds(story, story.raj) == []
    assert await told(story, MONDAY + timedelta(days=1)) == ()
    assert await story.told(MessageKind.MORNING) == ["URAJ"]


async def test_what_is_late_at_night_waits_for_the_morning(story: Story, action_id: str) -> None:
    assert await told(story, THURSDAY + timedelta(hours=11)) == ()
    assert await told(story, FRIDAY) == (story.raj.id,)


async def test_moved_given_or_removed_it_reminds_whom_it_should(story: Story, action_id: str) -> None:
    async with story.units.begin(story.ana) as unit:
        await move(unit, action_id, date(2026, 11, 24))
    assert await told(story, THURSDAY) == ()
    async with story.units.begin(story.ana) as unit:
        await give(unit, action_id, story.li.id)
    assert await told(story, MONDAY) == (story.li.id,)
    assert (await holds(story, story.li), await holds(story, story.raj)) == (["Add an alarm"], [])
    async with story.units.begin(story.ana) as unit:
        await remove(unit, action_id, version=1)
    assert await told(story, MONDAY + timedelta(days=1)) == ()


async def test_one_message_holds_postmortems_and_actions_newest_first(story: Story, action_id: str) -> None:
    number = await story.created(due_on=DUE, owner_id=story.raj.id)
    for text, due in (("Soon", DUE), ("Much later", DUE + timedelta(days=30))):
        async with story.units.begin(story.ana) as unit:
            await add(unit, number, WantedAction(text, story.raj.id, due))
    assert await told(story, THURSDAY) == (story.raj.id,)
    assert await holds(story, story.raj) == ["Soon", "Add an alarm"]  # the draft was written less than a day ago
    assert await told(story, FRIDAY) == (story.raj.id,)
    assert await holds(story, story.raj) == ["PM-2", "Soon", "Add an alarm"]
    assert len(await story.messages(MessageKind.MORNING)) == 1


async def test_a_snooze_of_a_draft_quiets_its_actions(story: Story) -> None:
    number = await story.created()
    async with story.units.begin(story.ana) as unit:
        await add(unit, number, WantedAction("Add an alarm", story.raj.id, DUE))
    async with story.units.begin(story.raj) as unit:
        await snooze(unit, number, date(2026, 11, 23))
    assert await told(story, THURSDAY) == ()
    assert story.raj.id in await told(story, MONDAY)


async def test_whoever_owes_an_action_of_a_published_one_may_snooze_it(story: Story, action_id: str) -> None:
    async with story.units.begin(story.raj) as unit:
        await snooze(unit, 1, date(2026, 11, 23))
    assert await told(story, THURSDAY) == await told(story, FRIDAY) == ()
    assert await told(story, MONDAY) == (story.raj.id,)


async def test_what_is_overdue_climbs_to_the_postmortems_owner_and_into_its_channels_week(
    story: Story, action_id: str
) -> None:
    tuesday = MONDAY + timedelta(days=1)  # two working days after it was due
    assert await told(story, MONDAY) == (story.raj.id,)
    assert set(await told(story, tuesday)) == {story.raj.id, story.ana.id}
    assert await holds(story, story.ana) == await holds(story, story.raj) == ["Add an alarm"]
    async with story.reader() as reading:
        (hers,) = await waiting.morning(reading, story.ana.id)
        assert isinstance(hers, ActionView)
        assert hers.rung is NudgeKind.OWNER_OF_ACTIONS
    story.clock.now = MONDAY + timedelta(days=7)  # the first Monday after five
    async with story.units.begin(None) as unit:
        assert (await wake(unit)).channels == (CHANNEL,)
    async with story.reader() as reading:
        (digested,) = await waiting.digest(reading, CHANNEL)
        assert isinstance(digested, ActionView)
        assert digested.rung is NudgeKind.DIGEST_OF_ACTIONS
    async with story.units.begin(story.raj) as unit:
        await settle(unit, action_id, ActionStatus.NOT_NEEDED)
    async with story.reader() as reading:
        assert await waiting.digest(reading, CHANNEL) == await waiting.morning(reading, story.ana.id) == ()
