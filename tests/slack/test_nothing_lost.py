"""Nothing a person types is ever lost: each form and line that carries text, and each thing that can go wrong.

Run with `-s` to see the table: where the text is found, or why that cannot happen there.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from sqlalchemy import create_engine, text

import storage.database
from bot.playground import administration
from bot.playground.clock import WorkspaceClock
from bot.playground.manifest import Manifest
from bot.playground.records import ViolationKind
from bot.playground.screens import Kind
from bot.playground.seeds import demo_workspace
from bot.playground.server import Playground
from bot.settings import Settings
from bot.slack import patience
from bot.wiring import build
from storage.database import Database
from tests.slack.conftest import MANIFEST, MORNING, Town
from tests.slack.wire import Cut, Wire
from tests.slack.writings import (
    ANA,
    FORMS,
    INCIDENTS,
    LINES,
    MIA,
    NASTY,
    NASTY_LINE,
    NOUR,
    RAJ,
    Writing,
    becomes_guest,
    draft,
    found,
    in_review,
    rich,
    sees_mine,
    typed,
)

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what has nothing to do with the kind of database."""
TABLE: dict[tuple[str, str], str] = {}
NOT_THERE = {
    ("create", "version moved on"): "a new one has no version",
    ("changes", "version moved on"): "adds a note, replaces nothing; see: locked meanwhile",
    ("reopen", "version moved on"): "adds a reason, replaces nothing; see: locked meanwhile",
    ("snooze", "version moved on"): "the person's own, replaces nothing",
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


@pytest.fixture(scope="module", autouse=True)
def table() -> Iterator[None]:
    yield
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


# Too long


@ONE_DATABASE
@pytest.mark.parametrize("writing", [*FORMS, *LINES], ids=lambda each: each.name)
async def test_a_text_that_is_too_long_is_refused_and_stays(street: Street, writing: Writing) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    long = (NASTY * 1400)[:100_001] if writing.name == "edit" else (writing.text * 50)[:3_001]
    if writing.is_form:
        refused = await person.submit(await writing.opened(street, number), writing.values(long))
        assert refused.errors and len(refused.errors) == 1
        assert all(len(sentence) < 200 for sentence in refused.errors.values())
    else:
        await typed(person, writing.line.format(pm=f"PM-{number}", text=long))
        await person.sees()
    await judge(street, writing, number, "too long", long)


@ONE_DATABASE
async def test_a_title_of_300_characters_stays_in_its_box_until_it_is_short_enough(street: Street) -> None:
    ana = street.person(ANA)
    await typed(ana, f"create {'x' * 300}")
    await ana.sees("longer than 200 characters")
    refused = await ana.submit(ana.view)
    assert refused.errors == {"title": "Title: at most 200 characters, this has 300."}
    assert (await ana.submit(ana.view, {"title": "x" * 200})).closed
    await typed(ana, "mine")
    assert "Not saved yet" not in (await sees_mine(ana)).text


# The view expired, or is gone


@ONE_DATABASE
@pytest.mark.parametrize("writing", FORMS, ids=lambda each: each.name)
async def test_an_answer_that_slack_did_not_wait_for_loses_nothing_and_repeats_nothing(
    street: Street, writing: Writing
) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    form = await writing.opened(street, number)
    street.wire.cut(Cut.LATE)
    assert (await person.submit(form, writing.values(writing.text))).trouble
    forgive_cut_wire(street)
    await judge(street, writing, number, "view expired")


@ONE_DATABASE
@pytest.mark.parametrize("writing", FORMS, ids=lambda each: each.name)
async def test_a_form_refused_when_it_is_gone_already_is_kept(street: Street, writing: Writing) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    form = await writing.opened(street, number)
    await becomes_guest(street, writing.writer)
    street.wire.cut(Cut.UNANSWERED)
    assert (await person.submit(form, writing.values(writing.text))).trouble
    forgive_cut_wire(street)
    await person.close(form)
    await judge(street, writing, number, "view gone")
    assert TABLE[writing.name, "view gone"] == "kept, in mine"


# Somebody else was there first


@ONE_DATABASE
async def test_two_texts_of_12000_characters_are_both_shown_and_one_chooses(street: Street) -> None:
    number, ana, raj = await draft(street), street.person(ANA), street.person(RAJ)
    mine, theirs = (NASTY * 200)[:12_000], ("Their text. " * 1_000)[:12_000].strip()
    edit = FORMS[1]
    form = await edit.opened(street, number)
    await typed(raj, f"edit PM-{number} fault")
    await raj.sees(kind=Kind.VIEW_OPENED)
    assert (await raj.submit(raj.view, {"text": rich(theirs)})).closed
    both = await ana.submit(form, {"text": rich(mine)})
    assert both.view
    read = ana.reads(both.view)
    assert "Raj changed Fault" in read.replace("*", "")
    assert mine in read
    assert theirs in read.replace("\n", "")
    await judge(street, edit, number, "version moved on", mine)
    again = await edit.opened(street, number)
    assert mine in ana.reads(again)
    assert (await ana.submit(again)).closed
    assert "the section" in await found(street, edit, number, mine)
    await typed(ana, "mine")
    assert "Not saved yet" not in (await sees_mine(ana)).text


async def _move_on(street: Street, writing: Writing, number: int) -> None:
    """Somebody else makes the writer's form impossible."""
    ana, raj, mia = street.person(ANA), street.person(RAJ), street.person(MIA)
    if writing.name.startswith("changes"):
        await typed(mia, f"changes PM-{number} Look at the graphs.")
    elif writing.name.startswith("reopen"):
        await typed(raj, f"reopen PM-{number} A graph is wrong.")
    else:
        await typed(raj, f"submit PM-{number} @mia")
        await typed(mia, f"approve PM-{number}")
        await typed(mia, f"publish PM-{number}")
    ana.mark()


@ONE_DATABASE
@pytest.mark.parametrize("writing", [*FORMS[1:], *LINES[1:]], ids=lambda each: each.name)
async def test_what_is_locked_meanwhile_is_kept_and_can_be_opened(street: Street, writing: Writing) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    if writing.is_form:
        form = await writing.opened(street, number)
        await _move_on(street, writing, number)
        refused = await person.submit(form, writing.values(writing.text))
        assert refused.errors and len(refused.errors) == 1
    else:
        await _move_on(street, writing, number)
        await typed(person, writing.line.format(pm=f"PM-{number}", text=writing.text))
        assert f"PM-{number}" in (await person.sees("is kept", kind=Kind.MESSAGE)).text
    await judge(street, writing, number, "locked meanwhile")
    assert "kept, in mine" in TABLE[writing.name, "locked meanwhile"]


@ONE_DATABASE
async def test_an_incident_taken_meanwhile_is_said_under_its_field_and_the_form_stays(street: Street) -> None:
    number, ana = await draft(street), street.person(ANA)
    form = await FORMS[0].opened(street, number)
    listed = await ana.options(form, "incident", "look_up_incident", "")
    refused = await ana.submit(form, {"title": NASTY, "incident": listed["options"][0]["value"]})
    assert refused.errors and list(refused.errors) == ["incident"]
    assert f"PM-{number}" in refused.errors["incident"]
    await judge(street, FORMS[0], number, "locked meanwhile")
    NOT_THERE.pop(("create", "locked meanwhile"), None)


@ONE_DATABASE
@pytest.mark.parametrize("writing", [*FORMS, *LINES], ids=lambda each: each.name)
async def test_what_may_not_be_done_any_more_is_kept_even_for_a_guest(street: Street, writing: Writing) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    form = await writing.opened(street, number) if writing.is_form else None
    await becomes_guest(street, writing.writer)
    if form:
        refused = await person.submit(form, writing.values(writing.text))
        assert refused.errors and len(refused.errors) == 1
    else:
        await typed(person, writing.line.format(pm=f"PM-{number}", text=writing.text))
        await person.sees("is kept")
    await judge(street, writing, number, "permission lost")
    assert "kept, in mine" in TABLE[writing.name, "permission lost"]


@ONE_DATABASE
async def test_a_create_form_refused_as_a_whole_comes_back_with_everything_in_it(street: Street) -> None:
    ana = street.person(ANA)
    await typed(ana, "create")
    form = await ana.sees(kind=Kind.VIEW_OPENED)
    service = (await ana.options(form, "services", "look_up_services", "Checkout & <pay>"))["options"][0]["value"]
    everything = {
        "title": NASTY,
        "severity": "P1",
        "started_at": int(MORNING.timestamp()) - 7200,
        "ended_at": int(MORNING.timestamp()) - 3600,
        "owner": RAJ,
        "services": [service],
        "responders": [MIA, RAJ],
        "channel": "C03PAYMENTS",
    }
    await becomes_guest(street, ANA)
    assert (await ana.submit(form, everything)).errors
    await ana.close(ana.view)
    administration.change_person(street.workspace, ANA, is_restricted=False)
    await street.playground.settled()
    await street.house.in_hand.settled()
    await typed(ana, "mine")
    mine = await ana.sees("Not saved yet", kind=Kind.MESSAGE)
    await ana.press(mine, action_id="kept")
    await ana.sees(kind=Kind.VIEW_OPENED)
    values = {block["block_id"]: block["element"] for block in ana.view.blocks if block["type"] == "input"}
    assert values["title"]["initial_value"] == NASTY
    assert values["severity"]["initial_option"]["value"] == "P1"
    assert values["started_at"]["initial_date_time"] == everything["started_at"]
    assert values["ended_at"]["initial_date_time"] == everything["ended_at"]
    assert values["owner"]["initial_user"] == RAJ
    assert [each["value"] for each in values["services"]["initial_options"]] == [service]
    assert values["responders"]["initial_users"] == [MIA, RAJ]
    assert values["channel"]["initial_conversation"] == "C03PAYMENTS"
    assert (await ana.submit(ana.view)).closed
    await typed(ana, "mine")
    assert "Not saved yet" not in (await sees_mine(ana)).text


@ONE_DATABASE
async def test_a_kept_text_is_thrown_away_only_when_asked(street: Street) -> None:
    ana = street.person(ANA)
    await typed(ana, f"changes PM-7 {NASTY_LINE}")
    await ana.sees("There is no PM-7")
    await typed(ana, "mine")
    mine = await ana.sees("Not saved yet", kind=Kind.MESSAGE)
    assert (await ana.press(mine, action_id="forget")).ok
    assert "Not saved yet" not in (await ana.sees("Nothing waits for you")).text


# Slack fails


@ONE_DATABASE
async def test_a_line_whose_form_slack_does_not_open_keeps_its_text(street: Street) -> None:
    ana, line = street.person(ANA), LINES[0]
    number = await draft(street)
    for kind in ("expired_trigger_id", "fatal_error"):
        street.workspace.faults.add(method="views.open", kind=kind)
        await typed(ana, f"create {line.text}")
        answer = await ana.sees("did not open the form")
        await ana.press(answer, action_id="kept")
        assert line.text in (await ana.sees("New postmortem", kind=Kind.VIEW_OPENED)).text
        await ana.close(ana.view)
    await judge(street, line, number, "views.open fails")


@ONE_DATABASE
async def test_the_answer_goes_by_direct_message_where_its_url_is_dead(street: Street) -> None:
    ana, line = street.person(ANA), LINES[0]
    number = await draft(street)
    street.workspace.faults.add(method="views.open", kind="fatal_error", delay=0.3)
    await typed(ana, f"create {line.text}")
    await street.move(minutes=31)
    await ana.sees("did not open the form", channel=ana.dm.id)
    await judge(street, line, number, "response URL dead")


@ONE_DATABASE
async def test_a_section_that_slack_does_not_open_is_told(street: Street) -> None:
    number, ana = await draft(street), street.person(ANA)
    await typed(ana, f"edit PM-{number}")
    listed = await ana.sees(kind=Kind.VIEW_OPENED)
    street.workspace.faults.add(method="views.push", kind="fatal_error")
    await ana.press(listed, action_id="section:fault")
    await ana.sees("did not open that section", channel=ana.dm.id)


@ONE_DATABASE
@pytest.mark.parametrize("writing", [*FORMS, *LINES], ids=lambda each: each.name)
async def test_slack_not_saying_who_somebody_is_loses_nothing(street: Street, writing: Writing) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    form = await writing.opened(street, number) if writing.is_form else None
    street.workspace.faults.add(method="users.info", kind="fatal_error", times=10)
    if form and writing.name == "create":
        refused = await person.submit(form, {**writing.values(writing.text), "owner": NOUR})
        assert refused.errors and "Your text is still here" in refused.errors["title"]
    elif form:
        await person.submit(form, writing.values(writing.text))
    else:
        # A writer whom nobody met yet.
        person = street.person(NOUR)
        await typed(person, writing.line.format(pm=f"PM-{number}", text=writing.text))
        await person.sees(writing.text, channel=person.dm.id)
        TABLE[writing.name, "users.info fails"] = "a message they see"
        return
    await judge(street, writing, number, "users.info fails")


# The database fails


@pytest.mark.parametrize("writing", FORMS, ids=lambda each: each.name)
async def test_a_database_that_fails_leaves_the_form_open_and_it_can_be_sent_again(
    street: Street, writing: Writing, database: Database
) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    form = await writing.opened(street, number)
    await _quiet(street)
    async with broken(database):
        refused = await person.submit(form, writing.values(writing.text))
        assert refused.errors and "Your text is still here" in " ".join(refused.errors.values())
    places = await found(street, writing, number, NASTY)
    TABLE[writing.name, "database failing"] = ", ".join(places)
    assert places[0] == "the form, still open"


@pytest.mark.parametrize("writing", LINES[1:], ids=lambda each: each.name)
async def test_a_database_that_fails_gives_a_line_back_to_its_writer(
    street: Street, writing: Writing, database: Database
) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    await _quiet(street)
    async with broken(database):
        await typed(person, writing.line.format(pm=f"PM-{number}", text=writing.text))
        assert writing.text in (await person.sees("does not answer", channel=INCIDENTS)).text
        assert writing.text in (await person.sees("does not answer", channel=person.dm.id)).text
    await judge(street, writing, number, "database failing")


@ONE_DATABASE
async def test_a_database_that_is_slow_never_shows_slacks_own_trouble(
    street: Street, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PATIENCE_SECONDS", 0.1)
    number, ana, raj = await in_review(street), street.person(ANA), street.person(RAJ)
    form = await Writing("edit", ANA, in_review, "edit {pm} fault", "text").opened(street, number)
    await _quiet(street)
    async with broken(database):
        sent = await ana.submit(form, {"text": rich(NASTY)})
        assert sent.errors and "takes longer than usual" in sent.errors["text"]
        assert (await raj.command("/postmortem", f"changes PM-{number} {NASTY_LINE}", channel=INCIDENTS)).ok
        assert NASTY_LINE in (await raj.sees("takes longer than usual")).text
    await street.house.in_hand.settled()
    again = await ana.submit(form)
    assert again.closed or again.errors is None
    assert "the section" in await found(street, FORMS[1], number, NASTY)


async def _quiet(street: Street) -> None:
    """Until the bot has nothing in hand: its own rounds are not what is tested here."""
    await street.house.in_hand.settled()


# Killed


@pytest.mark.parametrize("cut", [Cut.UNHEARD, Cut.UNANSWERED], ids=["killed unheard", "killed unanswered"])
@pytest.mark.parametrize("writing", FORMS, ids=lambda each: each.name)
async def test_a_form_sent_to_a_bot_that_is_killed_is_sent_again_and_counts_once(
    street: Street, writing: Writing, cut: Cut, database: Database, database_url: str
) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    form = await writing.opened(street, number)
    street.wire.cut(cut)
    assert (await person.submit(form, writing.values(writing.text))).trouble
    forgive_cut_wire(street)
    async with _another_house(street, database_url):
        again = await person.submit(form)
        assert again.closed or again.view
        fault = "killed unheard" if cut is Cut.UNHEARD else "killed unanswered"
        await judge(street, writing, number, fault)
        await typed(person, "list")
        await person.sees("1 postmortem" if writing.name != "create" else "2 postmortems")


@ONE_DATABASE
@pytest.mark.parametrize("writing", FORMS, ids=lambda each: each.name)
async def test_what_is_typed_after_a_lost_answer_is_not_taken_for_a_repetition(
    street: Street, writing: Writing
) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    form = await writing.opened(street, number)
    street.wire.cut(Cut.UNANSWERED)
    assert (await person.submit(form, writing.values("The first try."))).trouble
    forgive_cut_wire(street)
    await person.submit(form, writing.values(writing.text))
    await judge(street, writing, number, "typed on after it")


@ONE_DATABASE
@pytest.mark.parametrize("writing", LINES, ids=lambda each: each.name)
async def test_a_line_carried_out_by_a_bot_that_is_killed_is_in_its_place(
    street: Street, writing: Writing, database_url: str
) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    street.wire.cut(Cut.UNANSWERED)
    said = writing.line.format(pm=f"PM-{number}", text=writing.text)
    assert not (await person.command("/postmortem", said, channel=INCIDENTS)).ok
    forgive_cut_wire(street)
    async with _another_house(street, database_url):
        await _quiet(street)
        await judge(street, writing, number, "killed unanswered")


@asynccontextmanager
async def _another_house(street: Street, url: str) -> AsyncIterator[None]:
    database = Database(url)
    street.house = await street.wire.kill(street.house, database)
    with suppress(ConnectionError):
        yield


# The forms that hold no text


@ONE_DATABASE
@pytest.mark.parametrize(("line", "values"), [("submit", {"reviewers": [NOUR]}), ("assign", {"owner": NOUR})])
async def test_a_form_in_which_one_only_chooses_stays_open_with_what_was_chosen(
    street: Street, line: str, values: dict[str, Any]
) -> None:
    number, ana = await draft(street), street.person(ANA)
    await typed(ana, f"{line} PM-{number}")
    form = await ana.sees(kind=Kind.VIEW_OPENED)
    street.workspace.faults.add(method="users.info", kind="fatal_error", times=3)
    refused = await ana.submit(form, values)
    assert refused.errors and "press the button again" in " ".join(refused.errors.values())
    street.workspace.faults.clear()
    assert (await ana.submit(form)).view
