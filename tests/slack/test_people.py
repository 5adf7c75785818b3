"""People are known by Slack's word, and from memory while Slack is silent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import select

from bot.errors import NotFound, Unavailable
from bot.playground import administration
from bot.slack.people import People, as_profile
from storage.models import User
from tests.slack.by_hand import event_body, send
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
    yield People(client, town.house.reader, town.house.units, town.house.installation)


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


@pytest.mark.parametrize("is_foreign", [False, True])
def test_a_person_of_a_connected_workspace_is_an_outsider_without_an_email(*, is_foreign: bool) -> None:
    profile = as_profile({**USER, "is_admin": True, "is_owner": True}, is_foreign=is_foreign)
    assert (profile.is_outsider, profile.is_workspace_admin) == (is_foreign, not is_foreign)
    assert profile.email == (None if is_foreign else "ana@example.com")
    stranger = as_profile({**USER, "is_stranger": is_foreign, "is_admin": True})
    assert (stranger.is_outsider, stranger.email) == (profile.is_outsider, profile.email)


class TestWithAnAdminNamedByEmail:
    @pytest.fixture
    def house_settings(self) -> dict[str, object]:
        return {"admins": "raj@example.com"}

    async def test_a_person_of_a_connected_workspace_with_that_email_is_none(self, town: Town) -> None:
        town.workspace.people["U02RAJ"].team_id = "T99PARTNER"
        person = await town.house.desk.people.person("U02RAJ")
        assert (person.is_outsider, person.is_admin, person.email) == (True, False, None)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_person_of_a_connected_workspace_may_not_read_postmortems(town: Town) -> None:
    town.workspace.people["U02RAJ"].team_id = "T99PARTNER"
    raj = town.person("U02RAJ")
    await raj.command("/postmortem", "list", channel="C02INCIDENTS")
    await raj.sees("Only members of this workspace can read postmortems.")


async def _known(town: Town) -> dict[str | None, str]:
    async with town.house.database.reading() as session:
        return {row.slack_id: row.name for row in (await session.exec(select(User))).all()}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_of_people_we_have_not_met_a_change_is_not_kept(town: Town) -> None:
    await town.house.desk.people.person("U01ANA")
    for user_id in list(town.workspace.people):
        administration.change_person(town.workspace, user_id, display_name="New name")
    await town.playground.settled()
    await town.house.in_hand.settled()
    assert await _known(town) == {"U01ANA": "New name"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_change_that_says_nothing_new_writes_nothing(town: Town) -> None:
    known = await town.house.desk.people.person("U01ANA")
    commits: list[None] = []
    town.house.units.on_commit(lambda: commits.append(None))
    await town.move(hours=1)
    for name, expected in (("Ana", 0), ("Ana R.", 1), ("Ana R.", 1)):
        administration.change_person(town.workspace, "U01ANA", display_name=name)
        await town.playground.settled()
        await town.house.in_hand.settled()
        assert len(commits) == expected
    assert (await town.house.desk.people.person("U01ANA")).name == "Ana R."
    assert known.name == "Ana"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_the_bot_itself_causes_is_not_listened_to(town: Town) -> None:
    """Bolt leaves out our own events by what `authorize` hands it."""
    app = town.workspace.app
    people = town.house.desk.people
    await people.learn({"id": app.user_id, "name": "before", "is_bot": True})
    for user in (app.user_id, "U12DEPLOY"):
        await people.learn({"id": user, "name": "before", "is_bot": True})
        event = {"type": "user_change", "user": {"id": user, "name": "after", "is_bot": True}}
        assert (await send(town, event_body(town, event), content_type="application/json")).status == 200
    await town.house.in_hand.settled()
    assert await _known(town) == {app.user_id: "before", "U12DEPLOY": "after"}
