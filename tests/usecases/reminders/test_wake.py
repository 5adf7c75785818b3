"""Waking: late, interrupted, twice at once, and after the facts have moved on."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from bot.queries import waiting
from bot.queries.people import Person
from bot.queries.waiting import Item, number_of
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.snooze import snooze
from bot.usecases.reminders.close_morning import close_morning
from bot.usecases.reminders.wake import Woken, next_due, wake
from bot.usecases.teams.name_team import name_team
from storage.models import Postmortem, User
from tests.conftest import met
from tests.usecases.stories import CHANNEL, Story

THURSDAY_MORNING = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)  # 10:00 in Berlin
FRIDAY_MORNING = THURSDAY_MORNING + timedelta(days=1)
MONDAY_MORNING = THURSDAY_MORNING + timedelta(days=4)


@pytest.fixture
async def review(story: Story) -> int:
    """PM-1, in review by Raj and Li since Wednesday 11:00, its text a week old."""
    story.clock.now -= timedelta(days=7)
    number = await story.created(due_on=date(2026, 12, 31))
    story.clock.now += timedelta(days=7, hours=1)
    await story.submitted(number, story.raj, story.li, due_on=date(2026, 12, 31))
    return number


async def _woken(story: Story, at: datetime, *, limit: int = 200) -> Woken:
    story.clock.now = at
    async with story.units.begin(None) as unit:
        return await wake(unit, limit=limit)


async def _next(story: Story) -> datetime | None:
    async with story.reader() as reading:
        return await next_due(reading)


def _ids(*people: Person) -> tuple[str, ...]:
    return tuple(sorted(each.id for each in people))


async def test_nothing_is_due_before_the_morning(story: Story, review: int) -> None:
    assert await _next(story) == THURSDAY_MORNING
    assert await _woken(story, THURSDAY_MORNING - timedelta(seconds=1)) == Woken()


async def test_a_morning_tells_each_person_once(story: Story, review: int) -> None:
    assert await _woken(story, THURSDAY_MORNING) == Woken(people=_ids(story.raj, story.li), taken_up=2)
    assert await _woken(story, THURSDAY_MORNING) == Woken()
    assert await _next(story) == FRIDAY_MORNING
    assert await story.told(MessageKind.MORNING) == ["ULI", "URAJ"]


async def test_two_replicas_that_wake_at_once_tell_once(story: Story, review: int) -> None:
    woken = await asyncio.gather(*(_woken(story, THURSDAY_MORNING) for _ in range(3)))
    assert sorted(each.taken_up for each in woken) == [0, 0, 2]
    assert {row.recipient: row.revision for row in await story.messages(MessageKind.MORNING)} == {"URAJ": 1, "ULI": 1}


async def test_a_small_batch_is_taken_up_in_turns(story: Story, review: int) -> None:
    told = [await _woken(story, THURSDAY_MORNING, limit=1) for _ in range(3)]
    assert sorted(each.people for each in told) == sorted([(), (story.raj.id,), (story.li.id,)])


async def test_ended_in_the_middle_all_is_told_the_next_time_and_once(story: Story, review: int) -> None:
    story.clock.now = THURSDAY_MORNING
    with pytest.raises(KeyboardInterrupt):
        async with story.units.begin(None) as unit:
            await wake(unit)
            raise KeyboardInterrupt
    assert await story.messages(MessageKind.MORNING) == []
    assert (await _woken(story, THURSDAY_MORNING)).people == _ids(story.raj, story.li)


async def test_a_short_standstill_is_made_up_for_the_same_day(story: Story, review: int) -> None:
    assert (await _woken(story, THURSDAY_MORNING + timedelta(hours=5))).people == _ids(story.raj, story.li)
    assert await _next(story) == FRIDAY_MORNING


async def test_what_was_delayed_past_the_evening_comes_the_next_working_morning(story: Story, review: int) -> None:
    late = await _woken(story, FRIDAY_MORNING + timedelta(hours=10))
    assert late == Woken(taken_up=2)
    assert await _next(story) == MONDAY_MORNING
    assert (await _woken(story, MONDAY_MORNING)).people == _ids(story.raj, story.li)
    assert await _next(story) == MONDAY_MORNING + timedelta(days=1)


async def test_a_change_during_a_standstill_does_not_lose_the_morning(story: Story, review: int) -> None:
    story.clock.now = THURSDAY_MORNING + timedelta(minutes=10)
    await story.approved(review, story.li)
    assert (await _woken(story, story.clock.now)).people == (story.raj.id,)


async def test_a_verdict_ends_it(story: Story, review: int) -> None:
    await _woken(story, THURSDAY_MORNING)
    await story.approved(review, story.raj)
    assert (await _woken(story, FRIDAY_MORNING)).people == (story.li.id,)


async def test_a_change_of_the_text_keeps_the_next_day_quiet(story: Story, review: int) -> None:
    await _woken(story, THURSDAY_MORNING)
    story.clock.advance(hours=2)
    await story.wrote(review, "more")
    assert await _next(story) == MONDAY_MORNING


async def test_a_snooze_is_its_persons_own(story: Story, review: int) -> None:
    async with story.units.begin(story.raj) as unit:
        await snooze(unit, review, date(2026, 11, 24), reason="waiting for logs")
    assert (await _woken(story, THURSDAY_MORNING)).people == (story.li.id,)
    await _woken(story, FRIDAY_MORNING)
    assert (await _woken(story, MONDAY_MORNING)).people == (story.li.id,)
    assert (await _woken(story, MONDAY_MORNING + timedelta(days=1))).people == _ids(story.raj, story.li)


@pytest.mark.parametrize("field", ["slack_id", "has_left"])
async def test_who_cannot_be_reached_is_passed_over(story: Story, review: int, field: str) -> None:
    async with story.units.begin(None) as unit:
        user = await unit.session.get_one(User, story.raj.id)
        setattr(user, field, None if field == "slack_id" else True)
    assert (await _woken(story, THURSDAY_MORNING)).people == (story.li.id,)
    assert await _next(story) == FRIDAY_MORNING


async def test_the_morning_message_is_edited_while_it_stands_and_new_when_it_was_answered(
    story: Story, review: int
) -> None:
    await _woken(story, THURSDAY_MORNING)
    await story.sent()
    first = {row.recipient: row.id for row in await story.messages(MessageKind.MORNING)}
    async with story.units.begin(story.raj) as unit:
        await close_morning(unit, "URAJ")
        await close_morning(unit, "UNOBODY")
    await _woken(story, FRIDAY_MORNING)
    second = {row.recipient: row.id for row in await story.messages(MessageKind.MORNING)}
    assert second["ULI"] == first["ULI"]
    assert second["URAJ"] != first["URAJ"]


async def test_closing_a_message_with_an_edit_on_its_way_sends_the_edit_as_a_new_one(story: Story, review: int) -> None:
    await _woken(story, THURSDAY_MORNING)
    await story.sent()
    await _woken(story, FRIDAY_MORNING)
    async with story.units.begin(story.raj) as unit:
        await close_morning(unit, "URAJ")
    places = {row.recipient: (row.state, row.ts is None) for row in await story.messages(MessageKind.MORNING)}
    assert places == {"URAJ": ("due", True), "ULI": ("due", False)}


async def test_what_a_morning_says_is_read_when_it_is_sent(story: Story, review: int) -> None:
    await _woken(story, THURSDAY_MORNING)
    async with story.reader() as reading:
        [item] = await waiting.morning(reading, story.raj.id)
    assert isinstance(item, Item)
    assert (item.postmortem.label, item.kind) == ("PM-1", "reviewer")
    assert (item.waiting_for, item.reason.days_in_review) == ((story.raj, story.li), 1)
    await story.approved(review, story.raj)
    async with story.reader() as reading:
        assert await waiting.morning(reading, story.raj.id) == ()
        [left] = await waiting.morning(reading, story.li.id)
    assert isinstance(left, Item)
    assert (left.approved_by, left.reason.is_last) == ((story.raj,), True)


async def test_a_digest_delayed_past_monday_says_what_it_would_have_said(story: Story, review: int) -> None:
    # Due on Thursday, December 31st: five working days later is Thursday the 7th, so the digest is on Monday the 11th.
    assert (await _woken(story, datetime(2027, 1, 4, 9, 0, tzinfo=UTC))).channels == ()
    tuesday = datetime(2027, 1, 12, 11, 0, tzinfo=UTC)
    assert (await _woken(story, tuesday)).channels == (CHANNEL,)
    async with story.reader() as reading:
        [item] = await waiting.digest(reading, CHANNEL)
    assert isinstance(item, Item)
    assert (item.postmortem.label, item.reason.days_overdue) == ("PM-1", 8)
    [digest] = await story.messages(MessageKind.CHANNEL_DIGEST)
    assert (digest.subject, digest.recipient) == ("2027-W02", CHANNEL)
    assert (await _woken(story, datetime(2027, 1, 18, 9, 0, tzinfo=UTC))).channels == (CHANNEL,)
    assert len(await story.messages(MessageKind.CHANNEL_DIGEST)) == 2


@pytest.mark.parametrize("role", ["admin", "lead"])
async def test_an_admin_or_lead_who_appears_when_it_is_long_overdue_hears_of_it_from_the_next_morning(
    story: Story, role: str
) -> None:
    await story.created(due_on=date(2026, 11, 20))
    tuesday = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)
    assert (await _woken(story, tuesday)).people == (story.ana.id,)
    kim = await met(story.units, "UKIM")
    async with story.units.begin(kim) as unit:
        if role == "admin":
            (await unit.session.get_one(User, kim.id)).is_workspace_admin = True
        else:
            (await unit.session.exec(select(Postmortem))).one().team_id = (await name_team(unit, "Payments")).id
    assert (await _woken(story, tuesday + timedelta(days=1))).people == (story.ana.id,)
    assert (await _woken(story, tuesday + timedelta(days=2))).people == _ids(story.ana, kim)
    assert (await _woken(story, tuesday + timedelta(days=2, minutes=5))) == Woken()
    assert (await _woken(story, tuesday + timedelta(days=3))).people == _ids(story.ana, kim)


async def test_changes_and_wakings_at_once_neither_block_nor_lose_each_other(story: Story) -> None:
    numbers = [await story.created(due_on=date(2026, 12, 31)) for _ in range(6)]
    for number in numbers:
        await story.submitted(number, story.raj, story.li, due_on=date(2026, 12, 31))
    story.clock.now = FRIDAY_MORNING
    wakings = [_woken(story, FRIDAY_MORNING, limit=3) for _ in range(6)]
    changes = [story.approved(number, story.li) for number in numbers]
    edits = [story.wrote(number, "more") for number in numbers[:3]]
    await asyncio.gather(*wakings, *changes, *edits)
    while (await _woken(story, FRIDAY_MORNING)).taken_up:
        pass
    assert "URAJ" in await story.told(MessageKind.MORNING)
    async with story.reader() as reading:
        left = await waiting.morning(reading, story.raj.id)
    assert [number_of(item) for item in left] == numbers[:2:-1]
    assert await _next(story) == MONDAY_MORNING
