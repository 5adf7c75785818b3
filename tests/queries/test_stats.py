"""Postmortems counted: on both databases, by team and day, in as many statements however many there are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.engines.stats import Completion
from bot.errors import NotAllowed
from bot.queries.stats import CauseLine, Stats, stats_of
from bot.slack.cards.stats import csv_text, stats_card
from bot.usecases.actions.add import add
from bot.usecases.actions.settle import settle
from bot.usecases.actions.wanted import WantedAction
from bot.usecases.teams.name_team import name_team
from bot.vocabulary import ActionStatus
from tests.conftest import met
from tests.usecases.stories import Story, statements

DUE = date(2026, 11, 20)


async def _counted(story: Story, **filters: str | datetime) -> Stats:
    async with story.reader() as reading:
        return await stats_of(reading, story.ana, **filters)  # type: ignore[arg-type]  # a team's id or an instant


async def _acted(story: Story, number: int, due_on: date | None, *, settled: ActionStatus | None, after: float) -> None:
    """An action, settled some hours after its making."""
    async with story.units.begin(story.ana) as unit:
        action = await add(unit, number, WantedAction("Add an alarm", story.ana.id, due_on))
    if settled:
        story.clock.advance(hours=after)
        async with story.units.begin(story.ana) as unit:
            await settle(unit, action, settled)
        story.clock.advance(hours=-after)


async def test_times_states_and_actions_are_counted(story: Story) -> None:
    async with story.units.begin(story.li) as unit:
        team = (await name_team(unit, "Payments")).id
    for number, hours in ((1, 5), (2, 30), (3, 50)):
        await story.created(team_id=team if number == 1 else None)
        story.clock.advance(hours=hours)
        await story.submitted(number, story.raj, story.li)
        await story.approved(number, story.raj, story.li)
        await story.published(number)
    story.clock.now = datetime(2026, 11, 18, 9, tzinfo=UTC)
    await story.created(due_on=date(2026, 11, 18))
    await story.created()
    await story.submitted(5, story.raj)
    for due_on, settled, after in (
        (DUE, ActionStatus.DONE, 24 * 3),  # the day is over in Europe, not in Hawaii
        (DUE, ActionStatus.DONE, 24 * 4),
        (None, ActionStatus.DONE, 1),
        (None, ActionStatus.NOT_NEEDED, 1),
        (DUE, None, 0),
        (date(2026, 12, 20), None, 0),
    ):
        await _acted(story, 4, due_on, settled=settled, after=after)
    story.clock.advance(days=10)
    found = await _counted(story)
    assert (found.drafts, found.in_review, found.published, found.total) == (1, 1, 3, 5)
    assert found.overdue == 2
    assert found.to_publish
    assert [each // timedelta(hours=1) for each in (found.to_publish.median, found.to_publish.p90)] == [30, 50]
    assert found.actions == Completion(on_time=1, late=1, undated=1, open=2, overdue=1, not_needed=1)
    assert (await _counted(story, team_id=team)).total == 1
    assert (await _counted(story, since=datetime(2026, 12, 1, tzinfo=UTC))).total == 0


async def test_what_comes_back_is_told_by_service_with_its_causes(story: Story) -> None:
    for number, services in enumerate((("Api", "Web"), ("Api",), ("Api", "=cmd()"), ("=cmd()",), ("Api",)), start=1):
        await story.created(services=services, title=f"Outage {number}")
    await story.wrote(2, "\n  \n-the pool ran out\nand more", section="root-causes")
    await story.wrote(3, "a certificate expired", section="root-causes")
    found = await _counted(story)
    assert [(each.service, each.count) for each in found.repeated] == [("Api", 4), ("=cmd()", 2)]
    assert found.repeated[0].last == (
        CauseLine(5, "Outage 5", ""),
        CauseLine(3, "Outage 3", "a certificate expired"),
        CauseLine(2, "Outage 2", "-the pool ran out"),
    )
    text = csv_text(found)
    assert "cause of PM-2,Api,'-the pool ran out" in text
    assert "postmortems of a service,'=cmd(),2" in text
    card = stats_card(found, of="", line="postmortem stats", public=False)
    assert "PM-5: Outage 5 (no cause is written yet)" in str(card.blocks)


async def test_of_nothing_there_is_little_to_tell_and_a_guest_is_told_nothing(story: Story) -> None:
    found = await _counted(story)
    assert (found.total, found.to_publish, found.repeated) == (0, None, ())
    assert "No postmortems" in stats_card(found, of="", line="postmortem stats", public=True).text
    guest = await met(story.units, "UGUEST", outsider=True)
    async with story.reader() as reading:
        with pytest.raises(NotAllowed):
            await stats_of(reading, guest)


async def test_counting_costs_as_many_statements_however_much_there_is(story: Story) -> None:
    costs = []
    for _ in range(2):
        for _ in range(3):
            await story.created(services=("Api", "Web"))
        async with story.reader() as reading:
            with statements() as seen:
                await stats_of(reading, story.ana)
        costs.append(len(seen))
    assert costs == [6, 6]
