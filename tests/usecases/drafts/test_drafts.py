"""Texts that could not be put in their place are kept for who typed them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.queries import drafts
from bot.queries.drafts import DraftView
from bot.queries.people import Person
from bot.usecases.drafts.drop import drop
from bot.usecases.drafts.keep import MOST_OF_ONE_FORM, keep
from tests.usecases.stories import Story


async def _kept(story: Story, content: dict[str, Any], *, subject: str = "PM-1:fault", why: str = "moved on") -> str:
    story.clock.now += timedelta(seconds=1)
    async with story.units.begin(story.ana) as unit:
        return await keep(unit, form="section", subject=subject, content=content, why=why)


async def _mine(story: Story, person: Person) -> tuple[DraftView, ...]:
    async with story.reader() as reading:
        return await drafts.mine(reading, person)


@pytest.mark.parametrize(
    "text",
    ["plain", " two  blanks\n\t", "<!channel> *x*", "שלום", "👩‍👩‍👧", "a\x00b", "half \ud83d", "“q”", "x" * 200_000],
)
async def test_a_text_is_kept_byte_for_byte(story: Story, text: str) -> None:
    content = {"b": {"value": text, text[:50]: [1, None, True]}, "a": {}}
    draft_id = await _kept(story, content)
    [mine] = await _mine(story, story.ana)
    assert (mine.id, mine.form, mine.subject, mine.why) == (draft_id, "section", "PM-1:fault", "moved on")
    assert mine.content == content
    assert list(mine.content) == ["b", "a"]


async def test_the_same_text_again_is_one_and_the_newest(story: Story) -> None:
    first = await _kept(story, {"v": "one"})
    await _kept(story, {"v": "two"})
    assert await _kept(story, {"v": "one"}, why="locked") == first
    assert [(each.content["v"], each.why) for each in await _mine(story, story.ana)] == [
        ("one", "locked"),
        ("two", "moved on"),
    ]


async def test_the_newest_twenty_of_a_form_are_kept_and_other_forms_untouched(story: Story) -> None:
    await _kept(story, {"v": "elsewhere"}, subject="PM-2:fault")
    for count in range(MOST_OF_ONE_FORM + 2):
        await _kept(story, {"v": count})
    kept = [each.content["v"] for each in await _mine(story, story.ana)]
    assert kept == [*range(MOST_OF_ONE_FORM + 1, 1, -1), "elsewhere"]


async def test_a_text_that_gave_way_to_another_is_kept_for_its_writer(story: Story) -> None:
    async with story.units.begin(story.ana) as unit:
        content = {"v": "Raj’s", drafts.SET_ASIDE: True}
        await keep(unit, form="section", subject="PM-1:fault", content=content, why="Ana", writer_id=story.raj.id)
    assert await _mine(story, story.ana) == ()
    [his] = await _mine(story, story.raj)
    assert (his.content["v"], his.is_set_aside) == ("Raj’s", True)


async def test_a_text_is_its_writers_alone(story: Story) -> None:
    draft_id = await _kept(story, {"v": "mine"})
    async with story.units.begin(story.raj) as unit:
        await drop(unit, draft_id)
    assert await _mine(story, story.raj) == ()
    async with story.reader() as reading:
        assert await drafts.by_id(reading, draft_id, story.raj) is None
        assert await drafts.by_id(reading, draft_id, story.ana) is not None


async def test_a_dropped_text_is_gone_and_dropping_it_again_is_nothing(story: Story) -> None:
    draft_id = await _kept(story, {"v": "mine"})
    for _ in range(2):
        async with story.units.begin(story.ana) as unit:
            await drop(unit, draft_id)
    assert await _mine(story, story.ana) == ()
