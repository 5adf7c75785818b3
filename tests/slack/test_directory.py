"""Everybody in the workspace is met in the background, within Slack's limits; nobody waits for it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from time import monotonic

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import select
from structlog.testing import capture_logs

from bot.playground.people import Person
from bot.slack.directory import BETWEEN_PAGES, EVERY, PAGE, Directory
from storage.models import User
from tests.slack.conftest import Town
from tests.slack.test_people import FAILURES

PAGES = 3


@pytest.fixture
def directory(town: Town) -> Directory:
    """The town's directory, read by hand; its client does not repeat a call by itself."""
    app = town.workspace.app
    client = AsyncWebClient(token=app.bot_token, base_url=town.playground.api_url, timeout=2, retry_handlers=[])
    return Directory(client, town.house.desk.people, town.clock.now)


@pytest.fixture
def crowd(town: Town) -> list[str]:
    """The ids of everybody who has not left, on so many pages: the demo's people and many more."""
    people = town.workspace.people
    for number in range(PAGE * PAGES - len(people)):
        named = f"{number:04}"
        people[f"U9{named}"] = Person(id=f"U9{named}", name=f"p{named}", real_name=f"P {named}", email=f"{named}@x.io")
    return [each.id for each in people.values() if not each.deleted]


async def _rows(town: Town) -> dict[str, User]:
    async with town.house.database.reading() as session:
        return {str(row.slack_id): row for row in (await session.exec(select(User))).all()}


async def _wait_for(town: Town, directory: Directory) -> timedelta:
    """Read what is due, let the time pass until the next is, and answer how long that was."""
    wait = await directory.read_due() - town.clock.now()
    await town.move(seconds=wait.total_seconds())
    return wait


def _listed(town: Town) -> list[str]:
    """The pages asked for, by their cursors."""
    return [str(call.args.get("cursor", "")) for call in town.workspace.calls if call.method == "users.list"]


async def test_a_workspace_is_met_page_by_page_within_slacks_limits_and_again_the_next_day(
    town: Town, directory: Directory, crowd: list[str]
) -> None:
    met = []
    for _ in range(PAGES - 1):
        assert await _wait_for(town, directory) == BETWEEN_PAGES
        met.append(len(await _rows(town)))
    assert met == sorted(set(met))
    assert await _wait_for(town, directory) == EVERY
    assert set(await _rows(town)) == set(crowd)
    for _ in range(PAGES):
        await _wait_for(town, directory)
    refused = [call for call in town.workspace.calls if not call.ok]
    assert (refused, len(_listed(town))) == ([], 2 * PAGES)


async def test_asked_too_early_it_reads_nothing(town: Town, directory: Directory) -> None:
    due = await directory.read_due()
    assert await directory.read_due() == due
    assert len(_listed(town)) == 1


RULES: list[tuple[dict[str, object], tuple[bool, bool, bool, bool]]] = [
    ({}, (False, False, False, False)),
    ({"is_restricted": True}, (True, False, False, False)),
    ({"is_ultra_restricted": True}, (True, False, False, False)),
    ({"team_id": "T99PARTNER"}, (True, False, False, False)),
    ({"team_id": "T99PARTNER", "is_admin": True}, (True, False, False, False)),
    ({"bot_id": "B9"}, (False, True, False, False)),
    ({"is_owner": True}, (False, False, True, False)),
    ({"deleted": True}, (False, False, False, True)),
]
"""What somebody is in Slack; whether that makes them an outsider, a bot, an admin, or somebody who has left."""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("changes", "expected"), RULES, ids=lambda each: "-".join(map(str, each)))
async def test_people_are_who_users_info_says_they_are(
    town: Town, directory: Directory, changes: dict[str, object], expected: tuple[bool, ...]
) -> None:
    await town.house.desk.people.person("U02RAJ")
    for name, value in changes.items():
        setattr(town.workspace.people["U02RAJ"], name, value)
    await directory.read_due()
    listed = (await _rows(town))["U02RAJ"]
    assert (listed.is_outsider, listed.is_bot, listed.is_workspace_admin, listed.has_left) == expected
    await town.move(days=2)
    await town.house.desk.people.person("U02RAJ")
    asked = (await _rows(town))["U02RAJ"]
    assert {**asked.model_dump(), "refreshed_at": None} == {**listed.model_dump(), "refreshed_at": None}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_who_left_before_we_met_them_is_not_kept(town: Town, directory: Directory) -> None:
    await directory.read_due()
    assert "U09OLD" not in await _rows(town)


async def test_nobody_who_was_read_is_asked_about_and_what_is_remembered_stays(
    town: Town, directory: Directory
) -> None:
    await directory.read_due()
    await town.house.desk.people.person("U01ANA")
    before = await town.house.database.revision()
    for _ in range(3):
        await town.move(seconds=EVERY.total_seconds())
        await directory.read_due()
        await town.move(hours=2)
        await town.house.desk.people.person("U01ANA")
    assert [call.method for call in town.workspace.calls if call.method == "users.info"] == []
    assert await town.house.database.revision() == before


async def test_a_change_that_no_event_told_of_is_found(town: Town, directory: Directory) -> None:
    await directory.read_due()
    before = await town.house.database.revision()
    town.workspace.people["U01ANA"].display_name = "Ana R."
    await town.move(days=1)
    await directory.read_due()
    assert (await _rows(town))["U01ANA"].name == "Ana R."
    assert await town.house.database.revision() == before + 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("kind", "times"), FAILURES)
async def test_after_a_failure_it_goes_on_with_the_next_page(
    town: Town, directory: Directory, crowd: list[str], kind: str | int, times: int
) -> None:
    await _wait_for(town, directory)
    town.workspace.faults.add(method="users.list", kind=kind, times=times)
    with capture_logs() as logs:
        assert await _wait_for(town, directory) in {timedelta(seconds=1), timedelta(minutes=1)}
    assert [each["event"] for each in logs if each["log_level"] == "warning"] == ["people not read"]
    for _ in range(PAGES - 1):
        await _wait_for(town, directory)
    assert set(await _rows(town)) == set(crowd)
    assert _listed(town).count("") == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_slack_is_left_alone_for_as_long_as_it_asks(town: Town, directory: Directory) -> None:
    town.workspace.faults.add(method="users.list", kind=429, retry_after=77)
    assert await _wait_for(town, directory) == timedelta(seconds=77)
    assert await _wait_for(town, directory) == EVERY


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_while_slack_fails_it_is_asked_less_and_less(town: Town, directory: Directory) -> None:
    town.workspace.faults.add(method="users.list", kind="fatal_error", times=9)
    waits = [(await _wait_for(town, directory)).total_seconds() / 60 for _ in range(9)]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert await _wait_for(town, directory) == EVERY
    town.workspace.faults.add(method="users.list", kind="fatal_error")
    assert await _wait_for(town, directory) == timedelta(minutes=1)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_cursor_that_slack_no_longer_knows_begins_it_anew(
    town: Town, directory: Directory, crowd: list[str]
) -> None:
    await _wait_for(town, directory)
    town.workspace.faults.add(method="users.list", kind="invalid_cursor")
    await _wait_for(town, directory)
    for _ in range(PAGES):
        await _wait_for(town, directory)
    assert set(await _rows(town)) == set(crowd)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_page_that_cannot_be_kept_does_not_hold_up_those_behind_it(
    town: Town, directory: Directory, crowd: list[str]
) -> None:
    setattr(town.workspace.people["U90000"], "display_name", {"odd": "name"})  # noqa: B010  no type of ours
    with capture_logs() as logs:
        for _ in range(PAGES):
            await _wait_for(town, directory)
    assert [each["event"] for each in logs if each["log_level"] == "error"] == ["page of people not kept"]
    assert len(await _rows(town)) == len(crowd) - len(crowd[:PAGE]) + sum(
        each.deleted for each in list(town.workspace.people.values())[:PAGE]
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_command_and_no_stop_waits_for_it(town: Town) -> None:
    town.workspace.faults.add(method="users.list", delay=12)
    town.house.directory.start()
    ana = town.person("U01ANA")
    assert (await ana.command("/oncall", "schedules", channel="C02INCIDENTS")).ok
    await ana.sees("schedule")
    begun = monotonic()
    await town.house.close()
    assert monotonic() - begun < 10


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_house_reads_it_by_itself(town: Town) -> None:
    town.house.directory.start()
    async with asyncio.timeout(10):
        while len(await _rows(town)) < 10:  # noqa: ASYNC110  it announces a page to nobody
            await asyncio.sleep(0.02)
