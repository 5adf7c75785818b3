"""Calendars as they are written: side by side, while a schedule goes, while the database is busy, and what is kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import func, select

from bot.engines.rotation import Schedule
from bot.queries import calendars, schedules
from bot.queries.calendars import Feed
from bot.queries.reading import Reader
from bot.settings import Settings
from bot.usecases.calendars.give_link import give_link
from bot.usecases.calendars.telling import Calendars
from bot.usecases.housekeeping.purge import purge
from bot.usecases.unit import Units
from bot.vocabulary import RotationType
from storage import schedules as rows
from storage.database import Database
from storage.models import Event, FeedLink, PublishedShift
from tests.api.opsgenie.schedules.watches import Watches, rotation
from tests.conftest import StillClock, met
from tests.engines.calendars.subscriber import subscribed


@pytest.fixture
async def schedule(units: Units) -> Schedule:
    watches = Watches(units)
    roster = await watches.people("ann", "bob")
    return await watches.schedule("Payments", rotation("Primary", *roster, every=RotationType.DAILY))


@pytest.fixture
def written(reader: Reader, units: Units) -> Calendars:
    return Calendars(reader, units)


@pytest.fixture
async def nowhere(clock: StillClock, settings: Settings, tmp_path: Path) -> AsyncIterator[Units]:
    """What opens units on a database that never answers."""
    database = Database(f"sqlite:///{tmp_path / 'no such folder' / 'at.db'}")
    yield Units(database, clock, settings)
    await database.close()


async def _feed(reader: Reader, schedule: Schedule) -> Feed:
    async with reader() as reading:
        watched = await schedules.by_id(reading, schedule.id)
        assert watched is not None
        return await calendars.of_schedule(reading, watched)


async def _text(written: Calendars, feed: Feed) -> str:
    return b"".join([piece async for piece in written.pieces(feed)]).decode()


async def _kept(reader: Reader) -> int:
    async with reader() as reading:
        return (await reading.session.exec(select(func.count()).select_from(PublishedShift))).one()


async def test_two_at_once_are_told_the_same_and_it_is_written_down_once(
    reader: Reader, written: Calendars, schedule: Schedule
) -> None:
    feed = await _feed(reader, schedule)
    one, other = await asyncio.gather(_text(written, feed), _text(written, feed))
    assert one == other
    assert await _kept(reader) == len(subscribed(one)) > 390


async def test_a_calendar_whose_schedule_goes_meanwhile_is_told_to_its_end(
    reader: Reader, units: Units, written: Calendars, schedule: Schedule
) -> None:
    feed = await _feed(reader, schedule)
    pieces = written.pieces(feed)
    told = [await anext(pieces), await anext(pieces)]
    async with units.begin(None) as unit:
        row = await rows.by_id(unit.session, schedule.id, lock=True)
        assert row is not None
        await rows.wipe(unit.session, row)
    told += [piece async for piece in pieces]
    assert len(subscribed(b"".join(told))) > 390
    assert await _kept(reader) == 0


async def test_what_cannot_be_written_down_is_told_all_the_same(
    reader: Reader, written: Calendars, nowhere: Units, schedule: Schedule
) -> None:
    feed = await _feed(reader, schedule)
    told = await _text(Calendars(reader, nowhere), feed)
    assert len(subscribed(told)) > 390 and await _kept(reader) == 0
    assert await _text(written, feed) == told


async def test_what_no_calendar_is_told_of_any_more_is_thrown_away(
    reader: Reader, units: Units, clock: StillClock, schedule: Schedule, written: Calendars
) -> None:
    before = await _text(written, await _feed(reader, schedule))
    async with units.begin(None) as unit:
        assert await purge(unit) == 0
    clock.advance(days=70)
    async with units.begin(None) as unit:
        gone = await purge(unit, limit=10)
        while left := await purge(unit):
            gone += left
    assert gone == sum(each.end < clock() - timedelta(days=62) for each in subscribed(before)) > 30
    after = {each.uid: each for each in subscribed(await _text(written, await _feed(reader, schedule)))}
    same = [each for each in subscribed(before) if each.uid in after]
    assert same and all(after[each.uid] == each for each in same)


async def test_a_link_is_given_to_each_once_and_the_log_does_not_hold_its_secret(
    reader: Reader, units: Units, schedule: Schedule
) -> None:
    sam = await met(units, "USAM", outsider=True)

    async def given() -> str:
        async with units.begin(sam) as unit:
            return await give_link(unit, schedule.id)

    tokens = await asyncio.gather(given(), given())
    assert len(set(tokens)) == 1
    async with reader() as reading:
        [link] = (await reading.session.exec(select(FeedLink))).all()
        events = (await reading.session.exec(select(Event).where(Event.verb == "give-calendar-link"))).all()
    assert (link.token, link.user_id, link.schedule_id) == (tokens[0], sam.id, schedule.id)
    assert [each.subject_id for each in events] == [schedule.id]
    assert tokens[0] not in repr(events)
