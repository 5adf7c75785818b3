"""Who is called passes an alert on: once, and never to nobody without a word."""

from __future__ import annotations

import pytest

from bot.errors import Locked
from bot.queries.alert_log import AlertHappening
from bot.queries.alerts import AlertRef
from bot.usecases.alerts.acknowledge import acknowledge
from bot.usecases.alerts.decline import decline, hand_to_next
from bot.usecases.alerts.page import WantedPage, page
from tests.usecases.alerts.stories import Alarms

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@ONE_DATABASE
async def test_pressed_twice_it_calls_one_more_and_no_third(alarms: Alarms) -> None:
    story = alarms.story
    ladder = await alarms.escalation(
        "Ladder",
        (0, "if-not-acked", story.ana),
        (5, "if-not-acked", story.raj),
        (10, "if-not-acked", story.li),
    )
    raised = await alarms.raised(ladder)
    assert await alarms.paged() == ["UANA"]
    async with story.units.begin(story.ana) as unit:
        await hand_to_next(unit, AlertRef(raised.alert.id))
    for again in (hand_to_next, decline):
        with pytest.raises(Locked, match=r"^You passed #1 on already\."):
            async with story.units.begin(story.ana) as unit:
                await again(unit, AlertRef(raised.alert.id))
    assert await alarms.paged() == ["URAJ"]


@ONE_DATABASE
async def test_where_who_passes_it_on_is_the_next_themselves_it_is_said_that_nobody_is_called(alarms: Alarms) -> None:
    story = alarms.story
    ladder = await alarms.escalation("Ladder", (0, "if-not-acked", story.ana), (5, "if-not-acked", story.ana))
    raised = await alarms.raised(ladder)
    assert await alarms.paged() == ["UANA"]
    async with story.units.begin(story.ana) as unit:
        await hand_to_next(unit, AlertRef(raised.alert.id))
    assert await alarms.paged() == []
    assert AlertHappening.NOBODY_ON_CALL in await alarms.happened(raised)


async def test_a_page_that_nobody_answers_is_brought_to_whoever_is_next_until_nobody_is_left(alarms: Alarms) -> None:
    story = alarms.story
    payments = await alarms.schedule("Payments", story.li, story.raj)
    async with story.units.begin(story.ana) as unit:
        await page(unit, WantedPage(payments.id, "The db is down"), alarms.rulebook)
    assert await alarms.paged() == ["URAJ"]
    await alarms.moved(minutes=4)
    assert await alarms.paged() == []
    await alarms.moved(minutes=1)
    assert await alarms.paged() == ["ULI"]
    await alarms.moved(hours=1)
    assert await alarms.paged() == []


@ONE_DATABASE
async def test_a_page_that_was_acknowledged_is_brought_to_nobody_else(alarms: Alarms) -> None:
    story = alarms.story
    payments = await alarms.schedule("Payments", story.li, story.raj)
    async with story.units.begin(story.ana) as unit:
        alert = await page(unit, WantedPage(payments.id, "The db is down"), alarms.rulebook)
    assert await alarms.paged() == ["URAJ"]
    async with story.units.begin(story.raj) as unit:
        await acknowledge(unit, AlertRef(alert.id))
    await alarms.moved(minutes=6)
    assert await alarms.paged() == []
