"""Looking things up takes whatever somebody types, and no more from the database than it needs."""

from __future__ import annotations

from bot.queries import incidents, schedules, services
from bot.usecases.services.name_services import name_services
from tests.usecases.stories import Story, statements


async def test_a_nul_does_not_count_in_what_is_looked_up(story: Story) -> None:
    await story.created()
    async with story.units.begin(story.ana) as unit:
        await name_services(unit, ["API Gateway"])
    async with story.reader() as reading:
        assert [each.name for each in await services.search(reading, "gate\x00way")] == ["API Gateway"]
        assert [each.number for each in await incidents.recent(reading, "\x00INC-1")] == [1]
        assert [each.number for each in await incidents.recent(reading, "check\x00out")] == [1]


async def test_of_all_that_happened_to_a_schedule_only_the_last_is_fetched(story: Story) -> None:
    for person in (story.ana, story.raj):
        async with story.units.begin(person) as unit:
            await unit.event("edit-schedule", "a-schedule")
    async with story.reader() as reading:
        with statements() as seen:
            change = await schedules.last_change(reading, "a-schedule")
    assert change and change.by == story.raj
    assert "LIMIT" in seen[0]
