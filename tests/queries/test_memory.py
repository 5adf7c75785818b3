"""What is remembered of schedules and people is never older than the database."""

from __future__ import annotations

from datetime import timedelta

from bot.queries import on_call, people, schedules
from bot.queries.reading import Reader
from bot.settings import Settings
from bot.transfer.demo import fill
from bot.usecases.people.meet import SlackProfile, meet
from bot.usecases.unit import Units
from storage.database import Database
from storage.models import Override
from tests.conftest import StillClock, met


async def _filled(units: Units, reader: Reader) -> None:
    async def find(slack_id: str) -> people.Person:
        return await met(units, slack_id)

    await fill(units, reader, find)


async def _who(reader: Reader) -> list[tuple[str, ...]]:
    async with reader() as reading:
        watched = await schedules.first(reading, limit=8)
        stands = await on_call.standings(reading, watched, at=reading.now)
    return [tuple(holder.who.name for holder in stand.holders) for stand in stands]


async def test_an_override_made_by_another_process_is_seen_at_once(
    database: Database, units: Units, reader: Reader, clock: StillClock, settings: Settings
) -> None:
    await _filled(units, reader)
    other = Reader(database, clock, settings)
    before = await _who(reader), await _who(other)
    assert before[0] == before[1]
    async with reader() as reading:
        watched = await schedules.by_name(reading, "Payments")
        mia = await people.by_slack_id(reading, "U03MIA")
    assert watched and mia
    async with database.writing() as session:
        session.add(
            Override(
                schedule_id=watched.schedule.id,
                user_id=mia.id,
                start=clock.now,
                end=clock.now + timedelta(hours=1),
                rotation_ids=[],
                sequence=1,
                created_at=clock.now,
            )
        )
    assert await _who(reader) == await _who(other) == [(mia.name,), before[0][1]]
    clock.advance(hours=1)
    assert (await _who(reader))[0] == before[0][0]


async def test_each_hand_off_is_seen_when_it_comes(
    database: Database, units: Units, reader: Reader, clock: StillClock, settings: Settings
) -> None:
    await _filled(units, reader)
    seen = []
    for _ in range(3 * 24):
        fresh = Reader(database, clock, settings)  # remembers nothing
        assert await _who(reader) == await _who(fresh)
        seen.append(await _who(reader))
        clock.advance(hours=1)
    assert len({tuple(each) for each in seen}) > 2


async def test_a_new_name_is_seen_at_once(units: Units, reader: Reader) -> None:
    ana = await met(units, "UANA")
    async with reader() as reading:
        assert await people.by_slack_id(reading, "UANA") == ana
    profile = SlackProfile("UANA", "Ana María", ana.email, ana.timezone, False, False, False, False)
    async with units.begin(None) as unit:
        await meet(unit, profile)
    async with reader() as reading:
        again = await people.by_slack_id(reading, "UANA")
    assert again
    assert again.name == "Ana María"
