"""Overrides by programs: what is written down, who is told, and what becomes of it when people take part."""

from __future__ import annotations

from dataclasses import replace as but
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from bot.errors import BadFields, Locked, NotAllowed, NotFound, Taken
from bot.queries import changes, keys
from bot.queries.actors import KeyHolder
from bot.queries.changes import UNDONE, Changing
from bot.queries.people import Person
from bot.queries.reading import Reader
from bot.usecases.keys.create import create as create_key
from bot.usecases.messages import MessageKind
from bot.usecases.overrides.asked import AskedOverride
from bot.usecases.overrides.put_on import put_on_as_asked
from bot.usecases.overrides.remove import remove
from bot.usecases.overrides.replace import replace
from bot.usecases.references import Ref
from bot.usecases.unit import Units
from bot.vocabulary import ParticipantKind, Right
from storage.models import Event
from tests.conftest import StillClock, met
from tests.usecases.overrides.watch import Watch, told_watch, weekly
from tests.usecases.stories import odd_person, statements

TONIGHT = datetime(2026, 11, 18, 17, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
async def ana(units: Units) -> Person:
    return await met(units, "UANA")


@pytest.fixture
async def li(units: Units) -> Person:
    return await met(units, "ULI")


@pytest.fixture
async def watch(units: Units, reader: Reader, clock: StillClock, ana: Person) -> Watch:
    """Ana has Payments, which is the team Money's."""
    return await told_watch(units, reader, clock, ana, weekly(ana), team="Money")


async def _key(watch: Watch, name: str = "ci", *, team: str | None = None) -> KeyHolder:
    async with watch.units.begin(None) as unit:
        text = await create_key(unit, name=name, rights=tuple(Right), team=team)
    async with watch.reader() as reading:
        holder = await keys.holder_of(reading, text)
    assert holder
    return holder


def _asked(who: Person, start: datetime = TONIGHT, *, hours: float = 1) -> AskedOverride:
    return AskedOverride(ParticipantKind.USER, Ref(who.id), start, start + hours * HOUR)


async def _put(watch: Watch, key: KeyHolder, asked: AskedOverride) -> str:
    async with watch.units.begin(key) as unit:
        return await put_on_as_asked(unit, watch.schedule_id, asked)


async def _events(watch: Watch) -> list[tuple[str, str | None, str | None]]:
    """What happened to overrides, in order: the verb, the person and the key that did it."""
    async with watch.reader() as reading:
        wanted = select(Event).where(col(Event.verb).in_([Changing.OVERRIDDEN, UNDONE])).order_by(col(Event.id))
        return [(row.verb, row.actor_id, row.key_id) for row in (await reading.session.exec(wanted)).all()]


async def test_every_change_is_written_down_as_the_keys_and_one_that_changes_nothing_is_not(
    watch: Watch, ana: Person, li: Person
) -> None:
    key = await _key(watch)
    alias = await _put(watch, key, _asked(li))
    assert await watch.holders(TONIGHT) == [li.id]
    for _ in range(2):
        async with watch.units.begin(key) as unit:
            assert await replace(unit, watch.schedule_id, alias, _asked(li, hours=2)) == alias
    assert await watch.holders(TONIGHT + HOUR) == [li.id]
    async with watch.units.begin(key) as unit:
        await remove(unit, watch.schedule_id, alias)
    assert await watch.holders(TONIGHT) == [ana.id]
    put, undone = (Changing.OVERRIDDEN, None, key.id), (UNDONE, None, key.id)
    assert await _events(watch) == [put, undone, put, undone]


async def test_whom_it_concerns_is_told_but_not_of_what_is_over(watch: Watch, li: Person) -> None:
    key = await _key(watch)
    await _put(watch, key, _asked(li, TONIGHT - timedelta(days=1)))
    assert await watch.told(MessageKind.PUT_ON_CALL) == await watch.told(MessageKind.REPLACED) == []
    await _put(watch, key, _asked(li))
    assert (await watch.told(MessageKind.PUT_ON_CALL), await watch.told(MessageKind.REPLACED)) == (["ULI"], ["UANA"])


async def test_what_a_program_took_away_from_a_person_is_taken_back_once(watch: Watch, ana: Person, li: Person) -> None:
    key = await _key(watch)
    put = await watch.put(ana, watch.wanted(li, TONIGHT, 1))
    [row] = await watch.rows()
    async with watch.units.begin(key) as unit:
        await replace(unit, watch.schedule_id, row.alias, _asked(ana))
    with pytest.raises(Locked, match="The key “ci” took that back already"):
        await watch.undone(ana, put)
    assert [each.user_id for each in await watch.rows()] == [ana.id]
    async with watch.reader() as reading:
        change = await changes.by_id(reading, put)
    assert change and change.undone and (change.undone.by, change.undone.by_key) == (None, "ci")


async def test_the_row_keeps_its_alias_and_its_place_and_is_the_programs_from_then_on(
    watch: Watch, ana: Person, li: Person
) -> None:
    await watch.put(ana, watch.wanted(li, TONIGHT, 4))
    await watch.put(ana, watch.wanted(ana, TONIGHT, 1))
    first, _ = await watch.rows()
    assert first.created_by == ana.id
    key = await _key(watch)
    async with watch.units.begin(key) as unit:
        await replace(unit, watch.schedule_id, first.alias, _asked(li, hours=3))
    replaced, above = await watch.rows()
    assert (replaced.id, replaced.alias, replaced.sequence) == (first.id, first.alias, first.sequence)
    assert (replaced.created_by, above.created_by) == (None, ana.id)
    assert await watch.holders(TONIGHT) == [ana.id]


async def test_a_key_reaches_what_is_its_teams(watch: Watch, li: Person) -> None:
    theirs = await _key(watch, "money", team="Money")
    alias = await _put(watch, theirs, _asked(li))
    stranger = but(theirs, team_id="another")
    with pytest.raises(NotAllowed, match="acts for one team alone"):
        await _put(watch, stranger, _asked(li))
    with pytest.raises(NotAllowed):
        async with watch.units.begin(stranger) as unit:
            await replace(unit, watch.schedule_id, alias, _asked(li, hours=9))
    with pytest.raises(NotAllowed):
        async with watch.units.begin(stranger) as unit:
            await remove(unit, watch.schedule_id, alias)
    assert len(await watch.rows()) == 1


async def test_people_who_cannot_be_on_call_are_refused(watch: Watch) -> None:
    key = await _key(watch)
    guest = await met(watch.units, "UGUEST", outsider=True)
    left = await odd_person(watch.units, "UOLGA", has_left=True)
    robot = await odd_person(watch.units, "UROBOT", is_bot=True)
    for person in (guest, left, robot):
        with pytest.raises(BadFields) as refused:
            await _put(watch, key, _asked(person))
        assert refused.value.fields.keys() == {"user"}


async def test_what_there_is_not_is_not_found_and_what_there_is_is_taken(watch: Watch, li: Person) -> None:
    key = await _key(watch)
    await _put(watch, key, but(_asked(li), alias="night"))
    with pytest.raises(Taken, match="“night”"):
        await _put(watch, key, but(_asked(li), alias="night"))
    with pytest.raises(NotFound, match=r"No override of Payments exists with alias \[Night\]"):
        async with watch.units.begin(key) as unit:
            await remove(unit, watch.schedule_id, "Night")
    with pytest.raises(NotFound, match="No schedule exists"):
        async with watch.units.begin(key) as unit:
            await put_on_as_asked(unit, "gone", _asked(li))


async def test_what_it_costs_does_not_grow_with_what_there_is(watch: Watch, li: Person) -> None:
    key, costs = await _key(watch), []
    for day in range(1, 6):
        with statements() as seen:
            await _put(watch, key, but(_asked(li, TONIGHT + timedelta(days=day)), alias=str(day)))
        costs.append(len(seen))
    assert costs[1] == costs[-1] <= 24, "\n".join(seen)
