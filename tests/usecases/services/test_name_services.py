"""Naming services: those there are, and new ones."""

from __future__ import annotations

import pytest

from bot.queries import services
from bot.usecases.services.name_services import name_service, name_services
from tests.usecases.stories import Story


async def test_a_service_named_twice_is_one(story: Story) -> None:
    async with story.units.begin(story.ana) as unit:
        first = await name_service(unit, "Check  out")
    async with story.units.begin(story.raj) as unit:
        second = await name_service(unit, " check OUT ")
    assert (first.id, first.name) == (second.id, "Check out")
    assert len(await story.events("create-service")) == 1


async def test_services_come_in_the_order_they_were_named(story: Story) -> None:
    async with story.units.begin(story.ana) as unit:
        await name_service(unit, "Mail")
        named = await name_services(unit, ["Web", "mail", "Api", "WEB"])
    assert [each.name for each in named] == ["Web", "Mail", "Api"]


@pytest.mark.parametrize(
    ("words", "found"), [("", ["API Gateway", "Öfen", "Web"]), ("gate", ["API Gateway"]), ("ÖF", ["Öfen"]), ("_", [])]
)
async def test_services_are_found_by_parts_of_their_names(story: Story, words: str, found: list[str]) -> None:
    async with story.units.begin(story.ana) as unit:
        await name_services(unit, ["Web", "API Gateway", "Öfen"])
    async with story.reader() as reading:
        assert sorted(each.name for each in await services.search(reading, words)) == sorted(found)
