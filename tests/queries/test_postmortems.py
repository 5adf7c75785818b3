"""Reading postmortems: one, lists, what waits for somebody, and what happened."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, timedelta

import pytest

from bot.errors import NotAllowed, NotFound
from bot.queries import actions, documents, history, postmortems, waiting
from bot.queries.actions import Scope
from bot.queries.reading import Reading
from bot.usecases.actions.add import add
from bot.usecases.actions.wanted import WantedAction
from bot.usecases.drafts.keep import keep
from bot.usecases.postmortems.create import create
from bot.vocabulary import PostmortemStatus, Verb
from tests.conftest import met
from tests.usecases.stories import CHANNEL, Story, statements, wanted


async def _labels(
    story: Story, *, status: PostmortemStatus | None = None, overdue: bool = False, limit: int = 10, offset: int = 0
) -> list[str]:
    async with story.reader() as reading:
        found = await postmortems.listing(
            reading, story.ana, status=status, overdue=overdue, limit=limit, offset=offset
        )
    return [each.label for each in found.items]


async def test_a_list_is_newest_first_and_comes_in_pages(story: Story) -> None:
    for _ in range(5):
        await story.created()
    async with story.reader() as reading:
        page = await postmortems.listing(reading, story.ana, limit=2, offset=2)
    assert ([each.label for each in page.items], page.total) == (["PM-3", "PM-2"], 5)


async def test_a_list_can_be_of_one_status(story: Story) -> None:
    for _ in range(3):
        await story.created()
    await story.submitted(2, story.raj)
    await story.submitted(3, story.raj)
    await story.approved(3, story.raj)
    await story.published(3)
    assert await _labels(story, status=PostmortemStatus.DRAFT) == ["PM-1"]
    assert await _labels(story, status=PostmortemStatus.IN_REVIEW) == ["PM-2"]
    assert await _labels(story, status=PostmortemStatus.PUBLISHED) == ["PM-3"]


async def test_what_is_overdue_counts_the_owners_working_days(story: Story) -> None:
    await story.created(due_on=date(2026, 11, 20))  # a Friday
    await story.created(due_on=date(2026, 11, 24))
    story.clock.advance(days=4)  # Sunday
    assert await _labels(story, overdue=True) == []
    story.clock.advance(days=1)
    assert await _labels(story, overdue=True) == ["PM-1"]
    story.clock.advance(days=2)
    assert await _labels(story, overdue=True) == ["PM-2", "PM-1"]
    assert await _labels(story, overdue=True, limit=1, offset=1) == ["PM-1"]
    await story.submitted(2, story.raj)
    assert await _labels(story, overdue=True) == ["PM-1"]
    assert await _labels(story, overdue=True, status=PostmortemStatus.IN_REVIEW) == []


async def test_an_unknown_one_is_not_found_and_a_guest_reads_none(story: Story) -> None:
    with pytest.raises(NotFound, match="There is no PM-7"):
        await story.seen(7)
    guest = await met(story.units, "UGUEST", outsider=True)
    async with story.reader() as reading:
        with pytest.raises(NotAllowed):
            await postmortems.by_number(reading, 7, guest)
        with pytest.raises(NotAllowed):
            await postmortems.listing(reading, guest)
        with pytest.raises(NotAllowed):
            await waiting.for_person(reading, guest)


async def test_a_card_is_read_by_id_and_says_what_can_be_done(story: Story) -> None:
    number = await story.created()
    await story.submitted(number, story.raj)
    await story.approved(number, story.raj)
    seen = await story.seen(number)
    async with story.reader() as reading:
        assert await postmortems.by_id(reading, seen.id) == seen
        assert await postmortems.by_id(reading, "nothing") is None
    assert seen.moves[0] is Verb.PUBLISH
    assert seen.outline.channel == CHANNEL


async def test_what_waits_for_a_person(story: Story) -> None:
    await story.created()  # Ana's draft
    await story.created()
    await story.submitted(2, story.raj, story.li)
    async with story.units.begin(story.raj) as unit:
        await create(unit, wanted(story.raj, unit.now))
    async with story.units.begin(story.raj) as unit:
        await keep(unit, form="section", subject="PM-3:fault", content={"text": "x"}, why="moved on")
    await story.approved(2, story.li)
    async with story.reader() as reading:
        ana, raj, li = [await waiting.for_person(reading, each) for each in (story.ana, story.raj, story.li)]
    assert [item.postmortem.label for item in ana.drafts] == ["PM-1"]
    assert [item.postmortem.label for item in ana.in_review] == ["PM-2"]
    assert [item.postmortem.label for item in raj.drafts] == ["PM-3"]
    assert [item.postmortem.label for item in raj.reviews] == ["PM-2"]
    assert (raj.reviews[0].approved_by, raj.reviews[0].reason.is_last) == ((story.li,), True)
    assert [each.subject for each in raj.unsaved] == ["PM-3:fault"]
    assert li == waiting.OpenWork((), (), (), ())


async def test_an_event_tells_who_did_what(story: Story) -> None:
    number = await story.created()
    await story.submitted(number, story.raj, story.li)
    [submitted] = await story.events(history.Happening.SUBMITTED)
    async with story.reader() as reading:
        happened = await history.by_id(reading, submitted.id or 0)
        assert await history.by_id(reading, 10_000) is None
    assert happened is not None
    assert (happened.verb, happened.actor, happened.title) == (
        history.Happening.SUBMITTED,
        story.ana,
        "Checkout was down",
    )
    assert [happened.people[each] for each in happened.after["reviewer_ids"]] == [story.raj, story.li]


Question = Callable[[Reading, Story], Awaitable[object]]
QUESTIONS: dict[str, tuple[Question, int]] = {
    "show": (lambda reading, story: postmortems.by_number(reading, 1, story.ana), 10),
    "document": (lambda reading, story: documents.by_number(reading, 1, story.ana), 24),
    "list": (lambda reading, story: postmortems.listing(reading, story.ana), 3),
    "overdue": (lambda reading, story: postmortems.listing(reading, story.ana, overdue=True), 4),
    "mine": (lambda reading, story: waiting.for_person(reading, story.raj), 13),
    "morning": (lambda reading, story: waiting.morning(reading, story.raj.id), 11),
    "digest": (lambda reading, _: waiting.digest(reading, CHANNEL), 10),
    "actions": (lambda reading, story: actions.listing(reading, story.raj, Scope.MINE, limit=8), 3),
    "actions team": (lambda reading, story: actions.listing(reading, story.raj, Scope.TEAM, limit=8), 3),
    "actions overdue": (lambda reading, story: actions.listing(reading, story.ana, Scope.OVERDUE, limit=8), 3),
    "actions PM-1": (lambda reading, story: actions.of_number(reading, 1, story.ana), 3),
}


@pytest.fixture
async def crowd(story: Story) -> AsyncIterator[Story]:
    """Eight postmortems with their actions, half of them in review by three, a month late."""
    others = [await met(story.units, f"U{name}") for name in ("KIM", "JOY")]
    for number in range(1, 9):
        await story.created(services=("Api", "Web"), responder_ids=(story.raj.id, story.li.id))
        for owner in (story.raj, story.li, None):
            async with story.units.begin(story.ana) as unit:
                await add(unit, number, WantedAction("Add an alarm", owner.id if owner else None, date(2026, 11, 20)))
        if number % 2:
            await story.submitted(number, story.raj, story.li, *others)
    story.clock.now += timedelta(days=30)
    yield story


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_question_costs_the_same_few_statements_however_much_there_is(crowd: Story, question: str) -> None:
    ask, most = QUESTIONS[question]
    async with crowd.reader() as reading:
        with statements() as seen:
            await ask(reading, crowd)
    assert 0 < len(seen) <= most, "\n".join(seen)
