"""A database belongs to one workspace, whoever comes first."""

from __future__ import annotations

import asyncio

import pytest
from sqlmodel import select

from bot.errors import Misconfigured
from bot.usecases.unit import Units
from bot.usecases.workspaces.occupy import occupy
from storage.database import Database
from storage.models import Workspace


async def _occupy(units: Units, team_id: str = "T1", *, is_playground: bool = False) -> None:
    async with units.begin(None) as unit:
        await occupy(unit, team_id=team_id, is_playground=is_playground)


async def test_several_that_start_at_once_share_an_empty_database(units: Units, database: Database) -> None:
    await asyncio.gather(*(_occupy(units) for _ in range(6)))
    async with database.reading() as session:
        assert [row.team_id for row in (await session.exec(select(Workspace))).all()] == ["T1"]


async def test_of_two_workspaces_that_start_at_once_one_has_the_database(units: Units) -> None:
    ended = await asyncio.gather(*(_occupy(units, team) for team in ("T1", "T2")), return_exceptions=True)
    assert [type(each) for each in ended if each is not None] == [Misconfigured]


@pytest.mark.parametrize(("team_id", "is_playground"), [("T2", False), ("T1", True)])
async def test_another_workspace_is_refused(units: Units, team_id: str, *, is_playground: bool) -> None:
    await _occupy(units)
    await _occupy(units)
    with pytest.raises(Misconfigured, match="DATABASE_URL"):
        await _occupy(units, team_id, is_playground=is_playground)
