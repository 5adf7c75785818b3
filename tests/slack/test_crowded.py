"""Somebody with thousands of everything: their Home tab and `mine` stay whole, and are as long as anybody's."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import delete, insert, select, update

from bot.playground.blockkit import Sending, validate_message, validate_view
from bot.queries import people, waiting
from bot.queries.home import home
from bot.queries.people import Person
from bot.queries.reading import Reader
from bot.slack.cards.home import home_view
from bot.slack.cards.postmortem_lists import mine_card
from bot.vocabulary import ActionStatus, PostmortemStatus
from storage.database import Database
from storage.models import ActionItem, Draft, Postmortem, Reviewer, RotationVersion
from storage.models.base import new_id
from tests.bench.filling import fill
from tests.bench.sizes import Sizes, slack_id, user_id

MANY = Sizes(people=10, schedules=1_000, postmortems=3_000, askers=1, turns=1)
TEXTS = 200
NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
"""Where the tests' clock stands."""


@pytest.fixture(scope="module")
def crowded_file(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    """A database in which one person owns every postmortem and action, stands in every schedule, and has texts kept."""
    file = tmp_path_factory.mktemp("crowded") / "crowded.db"
    shutil.copyfile(migrated_file, file)
    asyncio.run(_crowd(Database(f"sqlite:///{file}")))
    return file


async def _crowd(database: Database) -> None:
    await fill(database, MANY, NOW)
    mine = user_id(0)
    typed = {"user_id": mine, "form": "postmortem_create", "subject": "", "content": {"title": "x" * 3_000}, "why": "y"}
    async with database.writing() as session:
        await session.exec(delete(Reviewer))
        await session.exec(update(Postmortem).values(owner_id=mine, status=PostmortemStatus.DRAFT, review_due_on=None))
        await session.exec(update(ActionItem).values(owner_id=mine, status=ActionStatus.OPEN, settled_at=None))
        await session.exec(update(RotationVersion).values(participants=[{"type": "user", "id": mine}]))
        texts = [{**typed, "id": new_id(), "at": NOW - timedelta(minutes=n)} for n in range(TEXTS)]
        await session.exec(insert(Draft), params=texts)
    await database.close()


@pytest.fixture
async def database(crowded_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A copy of it for each test."""
    database = Database(f"sqlite:///{shutil.copyfile(crowded_file, tmp_path / 'test.db')}")
    yield database
    await database.close()


@pytest.fixture
async def busiest(reader: Reader) -> Person:
    """That person."""
    async with reader() as reading:
        person = await people.by_slack_id(reading, slack_id(0))
    assert person is not None
    return person


async def test_a_home_tab_is_whole_with_thousands_of_rows_behind_it(busiest: Person, reader: Reader) -> None:
    async with reader() as reading:
        view = home_view(await home(reading, busiest))
    assert validate_view(view) == []
    assert len(view["blocks"]) <= 100
    said = str(view["blocks"])
    assert "All 1000 schedules" in said
    assert "2992 more: `/postmortem list`" in said


async def test_mine_is_as_long_as_anybodys_and_counts_them_all(busiest: Person, reader: Reader) -> None:
    async with reader() as reading:
        work = await waiting.for_person(reading, busiest)
    card = mine_card(work)
    assert validate_message(card.payload, Sending.POST) == []
    assert card.text.startswith("3000 open postmortems, 6000 open actions")


async def test_in_review_too_the_newest_are_shown_and_the_others_counted(
    busiest: Person, reader: Reader, database: Database
) -> None:
    async with database.writing() as session:
        await session.exec(update(Postmortem).values(status=PostmortemStatus.IN_REVIEW, owner_id=user_id(1)))
    asked = {"user_id": busiest.id, "position": 0, "verdict": "pending", "asked_at": NOW, "note": ""}
    async with database.writing() as session:
        rows = [{**asked, "postmortem_id": each} for each in await _ids(database)]
        await session.exec(insert(Reviewer), params=rows)
    async with reader() as reading:
        work = await waiting.for_person(reading, busiest)
    assert [item.postmortem.number for item in work.reviews] == list(range(3_000, 3_000 - len(work.reviews), -1))
    assert len(work.reviews) + work.left_out.reviews == 3_000


async def _ids(database: Database) -> list[str]:
    async with database.reading() as session:
        return list((await session.exec(select(Postmortem.id))).all())
