"""Forwardings: what is written down of them, what the rotation engine is given, and how often the database is asked."""

from __future__ import annotations

from dataclasses import replace as but
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from bot.errors import BadFields, NotAllowed, NotFound, Taken
from bot.queries import forwardings, keys
from bot.queries.actors import KeyHolder
from bot.queries.people import Person
from bot.queries.reading import Reader
from bot.usecases.forwardings.asked import AskedForwarding, Called
from bot.usecases.forwardings.create import create
from bot.usecases.forwardings.remove import remove
from bot.usecases.forwardings.replace import replace
from bot.usecases.keys.create import create as create_key
from bot.usecases.references import Ref
from bot.usecases.unit import Units
from bot.vocabulary import Right
from storage.models import Event
from tests.conftest import StillClock, met
from tests.usecases.stories import odd_person, statements

TONIGHT = datetime(2026, 11, 18, 17, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
async def key(units: Units, reader: Reader) -> KeyHolder:
    async with units.begin(None) as unit:
        text = await create_key(unit, name="ci", rights=tuple(Right), team=None)
    async with reader() as reading:
        holder = await keys.holder_of(reading, text)
    assert holder
    return holder


@pytest.fixture
async def people(units: Units) -> dict[str, Person]:
    return {name: await met(units, f"U{name.upper()}") for name in ("ana", "raj", "li")}


def _asked(who: Person, to: Person, *, days: float = 1, start: datetime = TONIGHT) -> AskedForwarding:
    return AskedForwarding(Ref(who.id), Ref(to.id), start, start + days * DAY)


async def _made(units: Units, key: KeyHolder, asked: AskedForwarding) -> Called:
    async with units.begin(key) as unit:
        return await create(unit, asked)


async def test_every_change_is_written_down_and_one_that_changes_nothing_is_not(
    units: Units, reader: Reader, key: KeyHolder, people: dict[str, Person]
) -> None:
    ana, raj, li = people.values()
    made = await _made(units, key, _asked(ana, raj))
    for _ in range(2):
        async with units.begin(key) as unit:
            assert await replace(unit, made.id, _asked(ana, li)) == made
    async with units.begin(key) as unit:
        await remove(unit, made.id)
        assert {ana.id, li.id} <= unit.concerned
    async with reader() as reading:
        wanted = select(Event).where(Event.subject_id == made.id).order_by(col(Event.id))
        rows = (await reading.session.exec(wanted)).all()
    assert [(row.verb, row.key_id, row.after.get("to_user_id")) for row in rows] == [
        ("forward", key.id, raj.id),
        ("edit-forwarding", key.id, li.id),
        ("remove-forwarding", key.id, None),
    ]
    with pytest.raises(NotFound):
        async with units.begin(key) as unit:
            await remove(unit, made.id)


async def test_what_cannot_be_is_refused(units: Units, key: KeyHolder, people: dict[str, Person]) -> None:
    ana, raj, _ = people.values()
    left = await odd_person(units, "UOLGA", has_left=True)
    guest = await met(units, "UGUEST", outsider=True)
    for to, field in ((ana, "to_user"), (left, "to_user"), (guest, "to_user")):
        with pytest.raises(BadFields) as refused:
            await _made(units, key, _asked(ana, to))
        assert refused.value.fields.keys() == {field}
    await _made(units, key, but(_asked(ana, raj), alias="holiday"))
    with pytest.raises(Taken, match="“holiday”"):
        await _made(units, key, but(_asked(raj, ana), alias="holiday"))
    with pytest.raises(NotAllowed, match="acts for one team alone"):
        await _made(units, but(key, team_id="money"), _asked(ana, raj))


async def test_the_engine_is_given_those_that_may_matter_and_the_database_is_asked_once_a_revision(
    units: Units, reader: Reader, clock: StillClock, key: KeyHolder, people: dict[str, Person]
) -> None:
    ana, raj, _ = people.values()
    old = await _made(units, key, _asked(ana, raj, start=TONIGHT - 100 * DAY))
    lately = await _made(units, key, _asked(ana, raj, start=TONIGHT - 50 * DAY))
    coming = await _made(units, key, _asked(ana, raj, start=TONIGHT + 50 * DAY))

    async def asked(since: datetime | None = None) -> tuple[list[str], int]:
        with statements() as seen:
            async with reader() as reading:
                found = await forwardings.all_around(reading, since)
        return [each.id for each in found], sum("FROM forwarding" in each for each in seen)

    assert await asked() == ([lately.id, coming.id], 1)
    assert await asked() == await asked(clock.now - 62 * DAY) == await asked(clock.now) == ([lately.id, coming.id], 0)
    assert await asked(TONIGHT - 101 * DAY) == ([old.id, lately.id, coming.id], 1)
    clock.advance(days=40)
    assert await asked() == ([lately.id, coming.id], 0)  # more than is needed does no harm
    async with units.begin(key) as unit:
        await remove(unit, coming.id)
    assert await asked() == ([], 1)


async def test_a_duty_may_come_along_every_chain_that_ends_with_somebody(
    units: Units, reader: Reader, key: KeyHolder, people: dict[str, Person]
) -> None:
    ana, raj, li = people.values()
    await _made(units, key, _asked(ana, raj))
    await _made(units, key, _asked(raj, li))
    await _made(units, key, _asked(li, raj))
    async with reader() as reading:
        assert await forwardings.passing_to(reading, ana.id) == {ana.id}
        assert await forwardings.passing_to(reading, li.id) == {ana.id, raj.id, li.id}
