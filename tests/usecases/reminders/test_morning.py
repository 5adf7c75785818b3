"""A morning's message once it was read: what is done there is edited into it, news come in a new one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.usecases.deliveries import settle
from bot.usecases.deliveries.claim import claim
from bot.usecases.messages import MessageKind
from bot.usecases.reminders.close_morning import close_morning, press_morning
from bot.usecases.reminders.morning import tell_morning
from bot.usecases.reminders.wake import wake
from storage.models import Delivery, DeliveryState
from tests.usecases.stories import Story

THURSDAY_MORNING = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)  # 10:00 in Berlin
FRIDAY_MORNING = THURSDAY_MORNING + timedelta(days=1)


@pytest.fixture
async def told(story: Story) -> Delivery:
    """Raj's message of Thursday, about PM-1 and PM-2, as it stands in Slack."""
    story.clock.now -= timedelta(days=7)
    numbers = [await story.created(due_on=date(2026, 12, 31)) for _ in range(2)]
    story.clock.now += timedelta(days=7, hours=1)
    for number in numbers:
        await story.submitted(number, story.raj, due_on=date(2026, 12, 31))
    await _woken(story, THURSDAY_MORNING)
    await story.sent()
    return await _only(story)


async def _woken(story: Story, at: datetime) -> None:
    story.clock.now = at
    async with story.units.begin(None) as unit:
        await wake(unit)


async def _only(story: Story) -> Delivery:
    [row] = [each for each in await story.messages(MessageKind.MORNING) if each.recipient == "URAJ"]
    return row


async def _pressed(story: Story, *, ts: str | None) -> None:
    async with story.units.begin(None) as unit:
        await press_morning(unit, "URAJ", ts=ts or "")


async def test_what_is_done_after_a_press_is_edited_into_that_message(story: Story, told: Delivery) -> None:
    await _pressed(story, ts=told.ts)
    assert (await _only(story)).state == DeliveryState.SENT
    await story.approved(1, story.raj)
    row = await _only(story)
    assert (row.id, row.ts, row.state) == (told.id, told.ts, DeliveryState.DUE)


async def test_before_a_press_and_by_a_press_in_another_message_nothing_is(story: Story, told: Delivery) -> None:
    await _pressed(story, ts="1.1")
    async with story.units.begin(None) as unit:
        await press_morning(unit, "UNOBODY", ts=told.ts or "")
    await story.approved(1, story.raj)
    row = await _only(story)
    assert (row.state, row.details) == (DeliveryState.SENT, told.details)


async def test_what_it_does_not_tell_is_not_edited_into_it(story: Story, told: Delivery) -> None:
    await _pressed(story, ts=told.ts)
    number = await story.created()
    await story.submitted(number, story.raj)
    await story.approved(number, story.raj)
    assert (await _only(story)).state == DeliveryState.SENT


async def test_presses_before_the_edit_is_sent_stay_in_one_message(story: Story, told: Delivery) -> None:
    for number in (1, 2):
        await _pressed(story, ts=told.ts)
        await story.approved(number, story.raj)
    row = await _only(story)
    assert (row.id, row.ts, row.state) == (told.id, told.ts, DeliveryState.DUE)


async def test_told_twice_on_the_morning_it_was_read_it_is_still_one_message(story: Story, told: Delivery) -> None:
    await _pressed(story, ts=told.ts)
    async with story.units.begin(None) as unit:
        await tell_morning(unit, story.raj.id, "URAJ", morning=THURSDAY_MORNING, told=["more"])
    row = await _only(story)
    assert (row.id, row.ts, row.details["told"]) == (told.id, told.ts, [*told.details["told"], "more"])
    assert "read_at" in row.details


@pytest.mark.parametrize("how", ["pressed", "answered"])
async def test_the_next_morning_is_a_new_message(story: Story, told: Delivery, how: str) -> None:
    async with story.units.begin(None) as unit:
        if how == "pressed":
            await press_morning(unit, "URAJ", ts=told.ts or "")
        else:
            await close_morning(unit, "URAJ")
    await _woken(story, FRIDAY_MORNING)
    row = await _only(story)
    assert (row.id != told.id, row.ts, "read_at" in row.details) == (True, None, False)


async def test_an_edit_still_due_when_the_next_morning_comes_gives_way_to_its_message(
    story: Story, told: Delivery
) -> None:
    await _pressed(story, ts=told.ts)
    await story.approved(1, story.raj)
    await _woken(story, FRIDAY_MORNING)
    row = await _only(story)
    assert (row.ts, row.state, "read_at" in row.details) == (None, DeliveryState.DUE, False)


async def test_an_edit_in_a_senders_hands_when_the_next_morning_comes_is_its_last(story: Story, told: Delivery) -> None:
    await _pressed(story, ts=told.ts)
    await story.approved(1, story.raj)
    async with story.units.begin(None) as unit:
        [edit] = [each for each in await claim(unit, limit=50) if each.id == told.id]
    await _woken(story, FRIDAY_MORNING)
    async with story.units.begin(None) as unit:
        await settle.sent(unit, edit.id, revision=edit.revision, channel="D", ts=told.ts or "")
    row = await _only(story)
    assert (row.id != told.id, row.ts, row.state) == (True, None, DeliveryState.DUE)
