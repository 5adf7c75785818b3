"""The policies that alerts are judged by are never older than the database, and compiled only when one has changed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import event

from bot.engines.policies import Rulebook, Signal, decide
from bot.queries.reading import Reader
from bot.queries.rulebook import Rulebooks, zones_of_teams
from bot.settings import Settings
from bot.usecases.policies.create import create
from bot.usecases.policies.delete import delete
from bot.usecases.policies.edit import edit
from bot.usecases.policies.move import move
from bot.usecases.policies.switch import switch
from bot.usecases.policies.wanted import WantedPolicy
from bot.usecases.unit import Units
from bot.vocabulary import PolicyGroup, Severity
from storage.database import Database
from storage.models import Schedule, Team
from tests.conftest import StillClock, met


def modify(
    name: str, message: str, *, responders: Any = (), restriction: Mapping[str, Any] | None = None
) -> WantedPolicy:
    return WantedPolicy(
        groups=(PolicyGroup.MODIFY,),
        name=name,
        enabled=True,
        description="",
        longest_description=200,
        filter={},
        plain_lists=False,
        restriction=restriction,
        continues=True,
        changes={"message": message, "responders": list(responders)},
    )


async def current(reader: Reader, rulebooks: Rulebooks) -> Rulebook:
    async with reader() as reading:
        return await rulebooks.current(reading)


def said_by(rulebook: Rulebook, clock: StillClock, *, team_id: str | None = None) -> str:
    signal = Signal(
        message="disk",
        alias="",
        description="",
        entity="",
        source="",
        priority=Severity.P3,
        tags=(),
        actions=(),
        details={},
        responders=(),
        created_at=clock.now,
    )
    return decide(rulebook, signal, now=clock.now, team_id=team_id).signal.message


async def test_every_change_is_seen_at_once_in_every_process(
    database: Database, units: Units, reader: Reader, clock: StillClock, settings: Settings
) -> None:
    here, elsewhere = Rulebooks(), Rulebooks()
    other = Reader(database, clock, settings)

    async def said() -> str:
        mine, theirs = said_by(await current(reader, here), clock), said_by(await current(other, elsewhere), clock)
        assert mine == theirs
        return mine

    assert await said() == "disk"
    async with units.begin(None) as unit:
        first = (await create(unit, modify("first", "{{message}} a"))).id
    async with units.begin(None) as unit:
        second = (await create(unit, modify("second", "{{message}} b"))).id
    assert await said() == "disk a b"
    async with units.begin(None) as unit:
        await move(unit, second, 0)
    assert await said() == "disk b a"
    async with units.begin(None) as unit:
        await switch(unit, first, enabled=False)
    assert await said() == "disk b"
    async with units.begin(None) as unit:
        await edit(unit, second, modify("second", "full {{message}}"))
    assert await said() == "full disk"
    with pytest.raises(RuntimeError):
        async with units.begin(None) as unit:
            await delete(unit, second)
            raise RuntimeError
    assert await said() == "full disk"
    async with units.begin(None) as unit:
        await delete(unit, second)
    assert await said() == "disk"


async def test_it_costs_one_statement_and_is_compiled_anew_only_where_something_changed(
    database: Database, units: Units, reader: Reader, clock: StillClock
) -> None:
    rulebooks, statements = Rulebooks(), list[str]()
    ann = await met(units, "UANN")
    async with units.begin(None) as unit:
        team = Team(name="core", name_key="core", created_at=clock.now)
        unit.session.add(team)
        await unit.session.flush()
        unit.session.add(Schedule(name="s", name_key="s", team_id=team.id, timezone="Asia/Tokyo", created_at=clock.now))
        window = {"startHour": 18, "startMin": 0, "endHour": 18, "endMin": 1}
        evening = {"type": "time-of-day", "restriction": window}
        await create(unit, modify("evening", "{{message}} at 18:00", restriction=evening), team_id=team.id)
        added = [{"type": "user", "id": ann.id}]
        await create(unit, modify("adds", "{{message}}", responders=added), team_id=team.id)
    first = await current(reader, rulebooks)
    assert said_by(first, clock, team_id=team.id) == "disk at 18:00"  # 09:00 in UTC

    async with reader() as reading:
        connection = await reading.session.connection()
        event.listen(connection.sync_connection, "before_cursor_execute", lambda *given: statements.append(given[2]))
        assert await rulebooks.current(reading) is first
    assert len(statements) == 1

    await met(units, "UBOB")
    assert await current(reader, rulebooks) is first
    found = await asyncio.gather(*(current(reader, rulebooks) for _ in range(3)))
    assert {id(each) for each in found} == {id(first)}

    async with units.begin(None) as unit:
        for name in ("t", "u"):
            row = Schedule(name=name, name_key=name, team_id=team.id, timezone="Europe/Berlin", created_at=clock.now)
            unit.session.add(row)
    moved = await current(reader, rulebooks)
    assert moved is not first
    assert said_by(moved, clock, team_id=team.id) == "disk"
    async with reader() as reading:
        assert await zones_of_teams(reading, [team.id, "nobody's"]) == {team.id: "Europe/Berlin"}
    clock.advance(hours=8)
    assert said_by(moved, clock, team_id=team.id) == "disk at 18:00"
