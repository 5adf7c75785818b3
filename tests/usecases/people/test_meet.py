"""People are met once, through Slack or through an API, and are one person when the e-mail is one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from bot.queries.people import Person
from bot.settings import Settings
from bot.usecases.people.meet import SlackProfile, meet, meet_all
from bot.usecases.unit import Units
from storage.database import Database
from storage.models import User
from tests.conftest import StillClock
from tests.usecases.stories import statements

ADMIN_SEEN_AT = datetime(2026, 11, 18, 9, tzinfo=UTC)
ANA = SlackProfile(
    slack_id="U01ANA",
    name="Ana",
    email="Ana@Example.com",
    timezone="Europe/Berlin",
    is_bot=False,
    is_outsider=False,
    is_workspace_admin=False,
    has_left=False,
)
RAJ = replace(ANA, slack_id="U02RAJ", name="Raj", email="raj@example.com")


async def _meet(units: Units, profile: SlackProfile) -> Person:
    async with units.begin(None) as unit:
        return await meet(unit, profile)


async def _meet_all(units: Units, page: list[SlackProfile]) -> None:
    async with units.begin(None) as unit:
        await meet_all(unit, page)


def _told(row: User) -> tuple[object, ...]:
    return str(row.slack_id), row.name, str(row.email), row.timezone, row.has_left, row.is_bot, row.is_outsider


async def _rows(database: Database) -> list[User]:
    async with database.reading() as session:
        return list((await session.exec(select(User))).all())


async def _made_by_an_api(units: Units, email: str) -> None:
    async with units.begin(None) as unit:
        unit.session.add(User(name=email, email=email, refreshed_at=unit.now))


async def test_a_stranger_becomes_a_person(units: Units, database: Database) -> None:
    person = await _meet(units, ANA)
    assert (person.slack_id, person.name, person.email, person.timezone) == (
        "U01ANA",
        "Ana",
        "ana@example.com",
        "Europe/Berlin",
    )
    assert [row.id for row in await _rows(database)] == [person.id]


async def test_somebody_known_is_brought_up_to_date(units: Units, clock: StillClock, database: Database) -> None:
    first = await _meet(units, ANA)
    clock.advance(days=3)
    moved = replace(ANA, name="Ana R.", email="ana.ruiz@example.com", timezone="Asia/Kolkata", has_left=True)
    again = await _meet(units, moved)
    assert again.id == first.id
    assert (again.name, again.email, again.timezone, again.has_left) == (
        "Ana R.",
        "ana.ruiz@example.com",
        "Asia/Kolkata",
        True,
    )
    assert again.refreshed_at == clock()
    assert len(await _rows(database)) == 1


async def test_a_person_made_through_an_api_is_the_one_with_that_email_in_slack(
    units: Units, database: Database
) -> None:
    await _made_by_an_api(units, "ana@example.com")
    person = await _meet(units, ANA)
    (row,) = await _rows(database)
    assert (row.id, row.slack_id, row.name) == (person.id, "U01ANA", "Ana")


async def test_an_email_stays_with_the_slack_account_that_had_it_first(units: Units, database: Database) -> None:
    first = await _meet(units, ANA)
    second = await _meet(units, replace(ANA, slack_id="U99NEW", name="Ana again"))
    assert second.id != first.id
    assert second.email is None
    assert {row.slack_id: row.email for row in await _rows(database)} == {"U01ANA": "ana@example.com", "U99NEW": None}


async def test_an_email_that_another_account_has_does_not_take_away_ones_own(units: Units) -> None:
    await _meet(units, ANA)
    await _meet(units, replace(ANA, slack_id="U99NEW", email="new@example.com"))
    again = await _meet(units, replace(ANA, slack_id="U99NEW"))
    assert again.email == "new@example.com"


async def test_nobody_has_an_email_that_slack_does_not_tell(units: Units) -> None:
    first = await _meet(units, replace(ANA, email=None))
    second = await _meet(units, replace(ANA, slack_id="U02RAJ", email=None))
    assert (first.email, second.email) == (None, None)


async def test_without_a_zone_times_are_read_in_utc(units: Units) -> None:
    person = await _meet(units, replace(ANA, timezone=None))
    assert person.timezone is None
    assert person.zone.key == "UTC"


@pytest.mark.parametrize(
    ("is_bot", "is_outsider", "outside"), [(False, False, False), (False, True, True), (True, False, True)]
)
async def test_guests_and_bots_are_outsiders(units: Units, *, is_bot: bool, is_outsider: bool, outside: bool) -> None:
    person = await _meet(units, replace(ANA, is_bot=is_bot, is_outsider=is_outsider))
    assert (person.is_outsider, person.is_bot) == (outside, is_bot)


@pytest.mark.parametrize("named", ["u01ana", "ana@example.com"])
async def test_admins_are_slacks_and_those_named_in_the_settings(database: Database, named: str) -> None:
    clock = StillClock(ADMIN_SEEN_AT)
    for settings, is_workspace_admin, expected in (
        (Settings(), False, False),
        (Settings(), True, True),
        (Settings(admins=frozenset({named})), False, True),
    ):
        person = await _meet(Units(database, clock, settings), replace(ANA, is_workspace_admin=is_workspace_admin))
        assert person.is_admin is expected


async def test_a_stranger_met_many_times_at_once_is_one_person(units: Units, database: Database) -> None:
    met = await asyncio.gather(*(_meet(units, ANA) for _ in range(8)))
    assert len({person.id for person in met}) == 1
    assert len(await _rows(database)) == 1


ROSTERS: dict[str, tuple[list[SlackProfile], list[SlackProfile]]] = {
    "strangers": ([], [ANA, RAJ]),
    "known, nothing new": ([ANA, RAJ], [ANA, RAJ]),
    "news of one": ([ANA, RAJ], [replace(ANA, name="Ana R.", timezone="Asia/Kolkata", has_left=True), RAJ]),
    "a new e-mail": ([ANA], [replace(ANA, email="ana.ruiz@example.com")]),
    "no e-mail any more": ([ANA], [replace(ANA, email=None)]),
    "an e-mail that another account has": ([ANA, RAJ], [replace(RAJ, email=ANA.email)]),
    "two strangers with one e-mail": ([], [ANA, replace(RAJ, email=ANA.email)]),
    "the same twice": ([], [ANA, replace(ANA, name="Ana R.")]),
    "nobody": ([ANA], []),
}


@pytest.mark.parametrize(("before", "page"), ROSTERS.values(), ids=ROSTERS)
async def test_many_are_met_as_each_alone_would_be(
    units: Units, database: Database, tmp_path: Path, before: list[SlackProfile], page: list[SlackProfile]
) -> None:
    alone = Database(f"sqlite:///{tmp_path / 'alone.db'}")
    await alone.migrate()
    others = Units(alone, StillClock(ADMIN_SEEN_AT), Settings())
    for each in before:
        await _meet(units, each)
        await _meet(others, each)
    await _meet_all(units, page)
    for each in page:
        await _meet(others, each)
    kept = [[_told(row) for row in await _rows(each)] for each in (database, alone)]
    await alone.close()
    assert sorted(kept[0]) == sorted(kept[1])


async def test_many_are_met_as_the_people_an_api_made(units: Units, database: Database) -> None:
    await _made_by_an_api(units, "ana@example.com")
    await _meet_all(units, [RAJ, ANA])
    assert len(await _rows(database)) == 2
    assert "U01ANA" in {row.slack_id for row in await _rows(database)}


async def test_who_has_left_is_marked_where_known_and_not_kept_where_not(units: Units, database: Database) -> None:
    await _meet(units, ANA)
    await _meet_all(units, [replace(ANA, has_left=True), replace(RAJ, has_left=True)])
    assert [(row.slack_id, row.has_left) for row in await _rows(database)] == [("U01ANA", True)]


async def test_many_who_are_met_are_fresh_though_nothing_about_them_changed(
    units: Units, clock: StillClock, database: Database
) -> None:
    await _meet_all(units, [ANA, RAJ])
    before = await database.revision()
    clock.advance(days=1)
    await _meet_all(units, [ANA, RAJ])
    assert {row.refreshed_at for row in await _rows(database)} == {clock()}
    assert await database.revision() == before


async def test_many_cost_as_many_statements_as_few(units: Units) -> None:
    costs = []
    for count in (3, 200):
        strangers = [replace(ANA, slack_id=f"U{count}X{n}", email=f"{count}.{n}@example.com") for n in range(count)]
        for page in (strangers, [replace(each, name="News", timezone="UTC") for each in strangers], strangers[:0]):
            with statements() as seen:
                await _meet_all(units, page)
            costs.append(len(seen))
    assert costs[:3] == costs[3:]
    assert max(costs) <= 5


async def test_strangers_met_many_times_at_once_are_each_one_person(units: Units, database: Database) -> None:
    await asyncio.gather(*(_meet_all(units, [ANA, RAJ]) for _ in range(6)))
    assert len(await _rows(database)) == 2


async def test_a_name_of_several_lines_is_kept_on_one(units: Units, database: Database) -> None:
    profile = replace(ANA, name="Ana\r\nB.\u2028C.")
    assert (await _meet(units, profile)).name == "Ana  B. C."
    await _meet_all(units, [replace(RAJ, name="Raj\tK.")])
    assert {row.name for row in await _rows(database)} == {"Ana  B. C.", "Raj K."}
