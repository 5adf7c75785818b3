"""Leaving somebody in peace until a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.errors import BadFields, Locked, NotAllowed
from bot.queries.history import Happening
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.snooze import snooze
from bot.usecases.teams.name_team import name_team
from bot.vocabulary import TeamRole
from storage.models import Membership
from tests.conftest import met
from tests.usecases.stories import Story

UNTIL = date(2026, 12, 2)


async def test_a_snooze_moves_the_next_reminder_to_its_morning(story: Story) -> None:
    number = await story.created()
    assert (await story.seen(number)).next_reminder(story.ana.id) == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    async with story.units.begin(story.ana) as unit:
        await snooze(unit, number, UNTIL, reason="waiting for logs")
    async with story.units.begin(story.ana) as unit:
        await snooze(unit, number, UNTIL, reason=" waiting for logs ")  # pressed once more, since no answer came
    assert (await story.seen(number)).next_reminder(story.ana.id) == datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
    async with story.units.begin(story.ana) as unit:
        await snooze(unit, number, UNTIL + timedelta(days=1))
    [first, second] = await story.events(Happening.SNOOZED)
    assert (first.before, second.before) == ({"until": None}, {"until": "2026-12-02"})
    assert await story.messages(MessageKind.HISTORY) == []


@pytest.mark.parametrize("until", [date(2026, 11, 17), date(2026, 11, 18)])
async def test_a_snooze_is_until_a_later_day(story: Story, until: date) -> None:
    number = await story.created()
    with pytest.raises(BadFields) as refused:
        async with story.units.begin(story.ana) as unit:
            await snooze(unit, number, until, reason="x" * 4000)
    assert refused.value.fields.keys() == {"until", "reason"}


async def test_somebody_unknown_cannot_be_snoozed(story: Story) -> None:
    number = await story.created()
    with pytest.raises(BadFields) as refused:
        async with story.units.begin(story.ana) as unit:
            await snooze(unit, number, UNTIL, for_user="nobody")
    assert refused.value.fields.keys() == {"user"}


async def test_the_owner_may_snooze_it_for_others_and_the_thread_tells_it(story: Story) -> None:
    number = await story.created()
    async with story.units.begin(story.ana) as unit:
        await snooze(unit, number, UNTIL, for_user=story.raj.id)
    [event] = await story.events(Happening.SNOOZED)
    assert [line.subject for line in await story.messages(MessageKind.HISTORY)] == [str(event.id)]


async def test_so_may_a_lead_of_its_team_but_no_teammate(story: Story) -> None:
    lead, mate = await met(story.units, "ULEAD"), await met(story.units, "UMATE")
    async with story.units.begin(lead) as unit:
        team = await name_team(unit, "Payments")
        for person in (story.ana, mate):
            unit.session.add(Membership(team_id=team.id, user_id=person.id, role=TeamRole.USER))
    number = await story.created()
    with pytest.raises(NotAllowed) as refused:
        async with story.units.begin(mate) as unit:
            await snooze(unit, number, UNTIL, for_user=story.ana.id)
    assert refused.value.sentence == (
        "Only its owner (Ana), a lead of its team (Lead) or an admin can snooze PM-1 for others."
    )
    async with story.units.begin(lead) as unit:
        await snooze(unit, number, UNTIL, for_user=story.ana.id)
    assert (await story.seen(number)).next_reminder(story.ana.id) == datetime(2026, 12, 2, 9, 0, tzinfo=UTC)


async def test_there_is_nothing_to_snooze_about_a_published_one(story: Story) -> None:
    number = await story.created()
    await story.submitted(number, story.raj)
    await story.approved(number, story.raj)
    await story.published(number)
    with pytest.raises(Locked, match="nothing left to be reminded of"):
        async with story.units.begin(story.ana) as unit:
            await snooze(unit, number, UNTIL)
