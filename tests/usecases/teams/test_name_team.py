"""Naming a team makes it once, and who made it leads it."""

from __future__ import annotations

import asyncio

from bot.queries import teams
from bot.queries.people import Person
from bot.queries.reading import Reader
from bot.usecases.teams.name_team import name_team
from bot.usecases.unit import Units
from bot.vocabulary import TeamRole
from tests.conftest import met


async def test_two_people_who_name_the_same_new_team_at_once_make_one(units: Units, reader: Reader) -> None:
    ana, raj = await met(units, "UANA"), await met(units, "URAJ")

    async def name_it(person: Person, name: str) -> str:
        async with units.begin(person) as unit:
            return (await name_team(unit, name)).id

    made = await asyncio.gather(name_it(ana, "Payments"), name_it(raj, " payments "))
    assert len(set(made)) == 1
    async with reader() as reading:
        roles = [await teams.roles_of(reading, person.id) for person in (ana, raj)]
    assert sorted(roles, key=len) == [{}, {made[0]: TeamRole.ADMIN}]
