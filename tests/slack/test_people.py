"""People are known by Slack's word, and from memory while Slack is silent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import select

from bot.errors import NotFound, Unavailable
from bot.slack.people import People, as_profile
from storage.models import User
from tests.slack.conftest import Town

FAILURES: list[tuple[str | int, int]] = [
    ("fatal_error", 1),
    ("ratelimited", 1),
    ("invalid_auth", 1),
    (500, 1),
    (429, 1),
    ("no answer", 2),  # aiohttp itself asks a second time
]


@pytest.fixture
async def people(town: Town) -> AsyncIterator[People]:
    """The house's people, on a client that does not repeat a call that failed."""
    app = town.workspace.app
    client = AsyncWebClient(token=app.bot_token, base_url=town.playground.api_url, timeout=2, retry_handlers=[])
    yield People(client, town.house.reader, town.house.units)


def _asked(town: Town) -> int:
    return sum(call.method == "users.info" for call in town.workspace.calls)


async def test_somebody_is_asked_about_once_a_day(town: Town, people: People) -> None:
    person = await people.person("U01ANA")
    assert (person.name, person.email, person.timezone, person.is_admin) == (
        "Ana",
        "ana@example.com",
        "Europe/Berlin",
        True,
    )
    await people.person("U01ANA")
    assert _asked(town) == 1
    await town.move(days=1)
    town.workspace.people["U01ANA"].display_name = "Ana R."
    assert (await people.person("U01ANA")).name == "Ana R."
    assert _asked(town) == 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("kind", "times"), FAILURES)
async def test_somebody_known_is_answered_from_memory_while_slack_is_silent(
    town: Town, people: People, kind: str | int, times: int
) -> None:
    known = await people.person("U01ANA")
    await town.move(days=2)
    town.workspace.faults.add(method="users.info", kind=kind, times=times)
    assert await people.person("U01ANA") == known


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("kind", "times"), FAILURES)
async def test_a_stranger_cannot_be_known_while_slack_is_silent(
    town: Town, people: People, kind: str | int, times: int
) -> None:
    town.workspace.faults.add(method="users.info", kind=kind, times=times)
    with pytest.raises(Unavailable):
        await people.person("U01ANA")
    assert (await people.person("U01ANA")).name == "Ana"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_stranger_reads_one_plain_sentence_while_slack_is_silent(town: Town) -> None:
    town.workspace.faults.add(method="users.info", kind="fatal_error")
    raj = town.person("U02RAJ")
    assert (await raj.command("/oncall", "me", channel="C02INCIDENTS")).ok
    answer = await raj.sees("Slack does not say who that is")
    assert answer.text.count("\n") == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_nobody_of_that_id_is_a_mistake(people: People) -> None:
    with pytest.raises(NotFound):
        await people.person("U00NOBODY")


async def test_a_stranger_who_asks_twice_at_once_is_one_person(town: Town, people: People) -> None:
    met = await asyncio.gather(*(people.person("U02RAJ") for _ in range(6)))
    assert len({person.id for person in met}) == 1
    async with town.house.database.reading() as session:
        assert len((await session.exec(select(User))).all()) == 1


USER: dict[str, Any] = {
    "id": "U1",
    "name": "ana",
    "tz": "Europe/Berlin",
    "profile": {"display_name": "Ana", "real_name": "Ana Ruiz", "email": "ana@example.com"},
}


@pytest.mark.parametrize(
    ("said", "field", "expected"),
    [
        ({}, "name", "Ana"),
        ({"profile": {"display_name": "", "real_name": "Ana Ruiz"}}, "name", "Ana Ruiz"),
        ({"profile": {}, "real_name": "Ana Ruiz"}, "name", "Ana Ruiz"),
        ({"profile": {}}, "name", "ana"),
        ({}, "email", "ana@example.com"),
        ({"profile": {"real_name": "Ana"}}, "email", None),
        ({}, "timezone", "Europe/Berlin"),
        ({"tz": None}, "timezone", None),
        ({"tz": "Mars/Olympus"}, "timezone", None),
        ({"tz": "../etc/passwd"}, "timezone", None),
        ({}, "is_outsider", False),
        ({"is_restricted": True}, "is_outsider", True),
        ({"is_ultra_restricted": True}, "is_outsider", True),
        ({"is_stranger": True}, "is_outsider", True),
        ({}, "is_bot", False),
        ({"is_bot": True}, "is_bot", True),
        ({"id": "USLACKBOT"}, "is_bot", True),
        ({"is_admin": True}, "is_workspace_admin", True),
        ({"is_owner": True}, "is_workspace_admin", True),
        ({"deleted": True}, "has_left", True),
    ],
)
def test_slacks_words_for_a_person_and_ours(said: dict[str, Any], field: str, expected: object) -> None:
    assert getattr(as_profile({**USER, **said}), field) == expected
