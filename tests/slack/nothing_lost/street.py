"""Nothing a person types is ever lost: the street on which each form and line meets each thing that can go wrong.

Run the package with `-s` to see the table: where the text is found, or why that cannot happen there.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import create_engine, text

import storage.database
from bot.playground.clock import WorkspaceClock
from bot.playground.manifest import Manifest
from bot.playground.records import ViolationKind
from bot.playground.seeds import demo_workspace
from bot.playground.server import Playground
from bot.settings import Settings
from bot.wiring import build
from storage.database import Database
from tests.conftest import hung_up
from tests.slack.conftest import MANIFEST, MORNING, Town
from tests.slack.wire import Wire
from tests.slack.writings import (
    FORMS,
    LINES,
    Writing,
    found,
)

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what has nothing to do with the kind of database."""
TABLE: dict[tuple[str, str], str] = {}
NOT_THERE = {
    ("create", "version moved on"): "a new one has no version",
    ("changes", "version moved on"): "adds a note, replaces nothing; see: locked meanwhile",
    ("reopen", "version moved on"): "adds a reason, replaces nothing; see: locked meanwhile",
    ("snooze", "version moved on"): "the person's own, replaces nothing",
    ("add", "version moved on"): "adds an entry, replaces nothing; see: locked meanwhile",
    ("action", "version moved on"): "adds an action, replaces nothing",
    **{(name, "locked meanwhile"): "nothing locks them, not publication either" for name in ("action", "action TEXT")},
    ("create", "locked meanwhile"): "a new one has no state; its incident may be taken: test below",
    **{(form.name, "response URL dead"): "a form is answered in its acknowledgement" for form in FORMS},
    **{(form.name, "views.open fails"): "nothing is typed before the form opens" for form in FORMS},
    **{(form.name, "views.push fails"): "nothing is typed before the form opens" for form in FORMS},
    **{(line.name, "views.push fails"): "a line pushes no form" for line in LINES},
    **{(line.name, "view expired"): "a line has no form" for line in LINES},
    **{(line.name, "view gone"): "a line has no form" for line in LINES},
    **{(line.name, "version moved on"): "a line names no version" for line in LINES},
    ("create TITLE", "locked meanwhile"): "a new one has no state",
    ("create TITLE", "database failing"): "opening the form writes nothing",
    **{(line.name, "views.open fails"): "opens no form where the text is given" for line in LINES[1:]},
    **{
        (line.name, "killed unheard"): "not acknowledged: Slack says that it failed, and nobody else heard of it"
        for line in LINES
    },
    **{
        (name, fault): "holds no text: one chooses people in it, and it stays open"
        for name in ("submit", "assign")
        for fault in ("every fault",)
    },
}


def print_table() -> None:
    """Where each text was found, or why it cannot get lost there."""
    for (writing, fault), where in sorted((TABLE | NOT_THERE).items(), key=lambda row: (row[0][1], row[0][0])):
        print(f"{fault:22} {writing:22} {where}")


@pytest.fixture
async def database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    monkeypatch.setattr(storage.database, "BUSY_TIMEOUT_SECONDS", 1)
    database = Database(database_url)
    yield database
    await database.close()


class Street(Town):
    """A town whose wire to the bot is in the test's hands."""

    wire: Wire


@pytest.fixture
async def street(database: Database) -> AsyncIterator[Street]:
    clock = WorkspaceClock.still(MORNING)
    workspace = demo_workspace(Manifest.read(MANIFEST), clock)
    playground = Playground(workspace)
    await playground.start()
    app = workspace.app
    settings = Settings.model_validate(
        {
            "slack_bot_token": app.bot_token,
            "slack_signing_secret": app.signing_secret,
            "slack_api_url": playground.api_url,
        }
    )
    house = build(settings, clock=clock.now, database=database)
    town = Street(workspace, playground, house, clock)
    town.wire = Wire(playground, clock)
    await town.wire.open()
    await town.wire.attach(house)
    yield town
    await town.house.clockwork.stop()
    await playground.settled()
    await town.wire.close()
    await town.house.close()
    await playground.stop()
    await hung_up()
    assert [str(each) for each in workspace.violations] == []
    assert workspace.bot_pings == []


def forgive_cut_wire(town: Town) -> None:
    """A wire that was cut is no fault of the bot's."""
    kinds = {each.kind for each in town.workspace.violations}
    assert kinds <= {ViolationKind.LATE_ACK, ViolationKind.FAILED_ACK}
    town.workspace.violations.clear()


async def judge(town: Town, writing: Writing, number: int, fault: str, said: str = "") -> None:
    places = await found(town, writing, number, said or writing.text)
    TABLE[writing.name, fault] = ", ".join(places)
    assert places, f"{writing.name}, {fault}: lost"


@asynccontextmanager
async def broken(database: Database) -> AsyncIterator[None]:
    """While this lasts, nobody can write into the database: SQLite is locked, PostgreSQL takes no connections."""
    if database.is_sqlite:
        other = sqlite3.connect(str(database.url.database), isolation_level=None, check_same_thread=False)
        # In a thread: the bot, which lives in this loop, may have to end a transaction of its own first.
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
        other.close()
        return
    name = database.url.database
    engine = create_engine(database.url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as admin:
        admin.execute(text(f'alter database "{name}" allow_connections false'))
        ending = text("select pg_terminate_backend(pid) from pg_stat_activity where datname = :name")
        admin.execute(ending, {"name": name})
        yield
        admin.execute(text(f'alter database "{name}" allow_connections true'))
    engine.dispose()


async def quiet(street: Street) -> None:
    """Until the bot has nothing in hand: its own rounds are not what is tested here."""
    await street.house.in_hand.settled()
