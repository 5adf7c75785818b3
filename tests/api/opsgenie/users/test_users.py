"""Users: made by programs, met in Slack, and one by their e-mail."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.usecases.people.meet import SlackProfile, meet
from bot.usecases.unit import Units
from bot.vocabulary import Right
from tests.api.conftest import Api
from tests.conftest import StillClock, met
from tests.usecases.stories import odd_person, statements

LI: dict[str, Any] = {"username": "li@example.com", "fullName": "Li Wei", "role": {"name": "User"}}
TERRAFORM = {
    "username": "li@example.com",
    "fullName": "Li Wei",
    "role": {"id": "", "name": "Admin"},
    "locale": "en_US",
    "timeZone": "Europe/Rome",
    "skypeUsername": "",
    "invitationDisabled": "true",
}

BAD_USERS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"username": None}, "username"),
    ({"username": ""}, "username"),
    ({"username": "li"}, "username"),
    ({"username": "li@"}, "username"),
    ({"username": "l i@example.com"}, "username"),
    ({"username": "li@example.com\u0000"}, "username"),
    ({"username": "l" * 90 + "@example.com"}, "username"),
    ({"username": 7}, "username"),
    ({"fullName": None}, "fullName"),
    ({"fullName": "  "}, "fullName"),
    ({"fullName": "l" * 513}, "fullName"),
    ({"role": None}, "role"),
    ({"role": {}}, "role"),
    ({"role": "User"}, "role"),
    ({"timeZone": "Mars/Olympus"}, "timeZone"),
    ({"locale": "x" * 513}, "locale"),
    ({"tags": "a"}, "tags"),
    ({"details": {"a": "b"}}, "details#a"),
    ({"details": {"a" * 10_001: ["b"]}}, "details"),
    ({"userAddress": {"city": "x" * 10_001}}, "userAddress"),
)
"""What is wrong with a user, and the field that is named."""


async def created(api: Api, **changes: Any) -> str:
    """The id of a new user."""
    answer = await api.post("/v2/users", LI | changes)
    assert answer.status == 201, answer.body
    return str(answer.data["id"])


async def heard_of(units: Units, slack_id: str, name: str, email: str) -> None:
    """Slack tells of somebody."""
    profile = SlackProfile(slack_id, name, email, "Asia/Tokyo", False, False, False, False)
    async with units.begin(None) as unit:
        await meet(unit, profile)


async def test_a_user_is_made_read_changed_and_deleted(api: Api) -> None:
    whole = LI | {
        "username": "Li@Example.com",
        "skypeUsername": "li.skype",
        "timeZone": "Europe/Rome",
        "locale": "it_IT",
        "userAddress": {"country": "Italy", "city": "Rome", "state": ""},
        "tags": ["a", "b"],
        "details": {"floor": ["2"], "pets": ["cat", "dog"]},
    }
    made = await api.post("/v2/users", whole)
    assert (made.status, made.body.get("result")) == (201, "Created"), made.text
    assert made.data == {"id": made.data["id"], "name": "li@example.com"}
    li = f"/v2/users/{made.data['id']}"

    user = (await api.get(li)).data
    assert user == whole | {
        "id": made.data["id"],
        "username": "li@example.com",
        "role": {"id": "User", "name": "User"},
        "userAddress": {"country": "Italy", "city": "Rome"},
        "blocked": False,
        "verified": True,
        "createdAt": "2026-11-18T09:00:00Z",
    }
    assert (await api.get("/v2/users/LI@example.com/")).data == user
    contacts = (await api.get(f"{li}?expand=contact")).data["userContacts"]
    assert [(each["contactMethod"], each["to"]) for each in contacts] == [("email", "li@example.com")]

    changed = await api.ask("PATCH", li, {"fullName": "Li Bo", "role": {"id": "Admin"}, "tags": [], "timeZone": ""})
    assert (changed.status, changed.body["result"]) == (200, "Updated")
    assert (await api.get(li)).data == user | {
        "fullName": "Li Bo",
        "role": {"id": "Admin", "name": "Admin"},
        "tags": [],
    }

    assert (await api.ask("DELETE", li)).body["result"] == "Deleted"
    assert [(await api.ask(method, li)).status for method in ("GET", "PATCH", "DELETE")] == [404, 404, 404]
    assert await created(api) != made.data["id"]


async def test_terraform_reads_what_it_wrote(api: Api) -> None:
    """RAN: `role.id` empty, `invitationDisabled` a text; what it compares is the same afterwards."""
    made = await api.post("/v2/users", TERRAFORM)
    user = (await api.get(f"/v2/users/{made.data['id']}")).data
    compared = {name: user[name] for name in ("username", "fullName", "locale", "timeZone")}
    assert compared | {"role": user["role"]["name"]} == {
        name: TERRAFORM[name] for name in ("username", "fullName", "locale", "timeZone")
    } | {"role": "Admin"}


async def test_a_bad_user_is_refused_by_field(api: Api) -> None:
    for changes, field in BAD_USERS:
        body = {name: value for name, value in (LI | changes).items() if value is not None}
        answer = await api.post("/v2/users", body)
        assert (answer.status, list(answer.body["errors"])) == (422, [field]), changes
        assert isinstance(answer.body["errors"][field], str)
    assert (await api.get("/v2/users")).body["totalCount"] == 0


async def test_everything_wrong_is_said_at_once(api: Api) -> None:
    answer = await api.post("/v2/users", {"username": "li", "timeZone": "Mars/Olympus"})
    assert set(answer.body["errors"]) == {"username", "fullName", "role", "timeZone"}
    assert answer.body["message"] == "Request body is not processable. Please check the errors."


async def test_an_email_is_one_person_for_programs_and_for_slack(api: Api) -> None:
    ana = await met(api.units, "UANA")
    assert (await api.get("/v2/users/uana@example.com")).data["role"]["name"] == "User"

    assert await created(api, username="UAna@example.com", fullName="Ana Silva") == ana.id
    assert (await api.get(f"/v2/users/{ana.id}")).data["fullName"] == "Ana Silva"
    again = await api.post("/v2/users", LI | {"username": "uana@EXAMPLE.com"})
    assert (again.status, again.body["message"]) == (409, "User with username [uana@example.com] already exists.")

    li = await created(api)
    await heard_of(api.units, "ULI", "li", "li@example.com")
    found = (await api.get(f"/v2/users/{li}?expand=contact")).data
    assert (found["fullName"], found["timeZone"]) == ("li", "Asia/Tokyo")
    assert [each["to"] for each in found["userContacts"]] == ["li@example.com", "ULI"]


async def test_an_email_changes_unless_it_is_somebody_elses(api: Api) -> None:
    li, bo = await created(api), await created(api, username="bo@example.com")
    taken = await api.ask("PATCH", f"/v2/users/{bo}", {"username": "LI@example.com", "fullName": "No"})
    assert (taken.status, (await api.get(f"/v2/users/{bo}")).data["fullName"]) == (409, "Li Wei")
    assert (await api.ask("PATCH", f"/v2/users/{li}", {"username": "Wei@example.com"})).status == 200
    assert (await api.ask("PATCH", f"/v2/users/{bo}", {"username": "li@example.com"})).status == 200
    assert (await api.get("/v2/users/wei@example.com")).data["id"] == li


async def test_who_is_put_on_or_passed_duty_is_in_use_until_that_is_over(api: Api, clock: StillClock) -> None:
    li, bo = await created(api), await created(api, username="bo@example.com")
    await api.post("/v2/teams", {"name": "web"})
    span = {"startDate": "2026-11-18T10:00:00Z", "endDate": "2026-11-18T12:00:00Z"}
    override = span | {"user": {"type": "user", "id": li}}
    laid = await api.post("/v2/schedules/web_schedule/overrides?scheduleIdentifierType=name", override)
    assert laid.status == 201, laid.body
    rule = span | {"fromUser": {"id": li}, "toUser": {"id": bo}}
    assert (await api.post("/v2/forwarding-rules", rule)).status == 201
    answers = [await api.ask("DELETE", f"/v2/users/{each}") for each in (li, bo)]
    assert [each.status for each in answers] == [428, 428]
    assert "overrides of web_schedule" in answers[0].body["message"]
    assert "forwarding rules of bo@example.com" in answers[1].body["message"]
    clock.advance(hours=3)
    assert [(await api.ask("DELETE", f"/v2/users/{each}")).status for each in (li, bo)] == [200, 200]


async def test_slack_has_the_last_word_on_a_name(api: Api) -> None:
    ana = await met(api.units, "UANA")
    await api.ask("PATCH", f"/v2/users/{ana.id}", {"fullName": "Ana Silva", "locale": "pt_PT"})
    assert (await api.get(f"/v2/users/{ana.id}")).data["fullName"] == "Ana Silva"
    await met(api.units, "UANA")
    user = (await api.get(f"/v2/users/{ana.id}")).data
    assert (user["fullName"], user["locale"]) == ("Ana", "pt_PT")


async def test_who_is_in_slack_stays_when_programs_let_go(api: Api) -> None:
    ana = await met(api.units, "UANA")
    alone = await api.ask("DELETE", f"/v2/users/{ana.id}")
    assert (alone.status, "known from Slack" in alone.body["message"]) == (422, True)
    await created(api, username="uana@example.com", role={"name": "Owner"})
    assert (await api.ask("DELETE", f"/v2/users/{ana.id}")).status == 200
    assert (await api.get(f"/v2/users/{ana.id}")).data["role"]["name"] == "User"
    assert await created(api, username="uana@example.com") == ana.id


async def test_the_address_of_somebody_who_left_slack_is_free(api: Api) -> None:
    ana = await met(api.units, "UANA")
    profile = SlackProfile("UANA", "Ana", "uana@example.com", None, False, False, False, has_left=True)
    async with api.units.begin(None) as unit:
        await meet(unit, profile)
    assert (await api.get(f"/v2/users/{ana.id}")).status == 404
    new = await created(api, username="uana@example.com")
    assert new != ana.id
    async with api.units.begin(None) as unit:
        assert (await meet(unit, profile)).email is None
    assert (await api.get("/v2/users/uana@example.com")).data["id"] == new


async def test_the_list_comes_in_pages_with_absolute_addresses(api: Api) -> None:
    """cli: `paging` always, `next` left out at the end; a `limit` above 100 is cut."""
    await met(api.units, "UANA")
    await odd_person(api.units, "UBOT", is_bot=True)
    await odd_person(api.units, "UNOMAIL")
    for name in ("zed", "bo", "li"):
        await created(api, username=f"{name}@example.com", fullName=name.upper())

    first = await api.get("/v2/users?limit=2&order=DESC")
    assert [each["username"] for each in first.data] == ["zed@example.com", "uana@example.com"]
    assert (first.body["totalCount"], first.body["paging"]) == (
        4,
        {
            "first": f"{api.address}/v2/users?limit=2&sort=username&offset=0&order=desc",
            "next": f"{api.address}/v2/users?limit=2&sort=username&offset=2&order=desc",
            "last": f"{api.address}/v2/users?limit=2&sort=username&offset=2&order=desc",
        },
    )
    rest = await api.get(first.body["paging"]["next"].removeprefix(api.address))
    assert [each["username"] for each in rest.data] == ["li@example.com", "bo@example.com"]
    assert sorted(rest.body["paging"]) == ["first", "last", "prev"]

    whole = await api.get("/v2/users/?limit=2000&sortField=fullName&offset=")
    assert [each["fullName"] for each in whole.data] == ["Ana", "BO", "LI", "ZED"]
    assert sorted(whole.body["paging"]) == ["first", "last"]
    made = await api.get("/v2/users?sort=createdAt&limit=1")
    assert len(made.data) == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Wei", ["li@example.com"]),
        ("example.com li", ["li@example.com"]),
        ("username: BO@", ["bo@example.com"]),
        ('fullName:"Li W" AND role:user', ["li@example.com"]),
        ("role: admin", ["bo@example.com"]),
        ("%", []),
    ],
)
async def test_users_are_found_by_a_query(api: Api, query: str, found: list[str]) -> None:
    await created(api)
    await created(api, username="bo@example.com", fullName="Bo", role={"name": "Admin"})
    answer = await api.session.get(
        f"{api.address}/v2/users", params={"query": query}, headers={"Authorization": f"GenieKey {api.key}"}
    )
    body = await answer.json()
    assert [each["username"] for each in body["data"]] == found
    assert ("query" in body["paging"]["first"], body["totalCount"]) == (True, len(found))


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("limit=x", "limit"),
        ("limit=-1", "limit"),
        ("offset=-1", "offset"),
        ("order=up", "order"),
        ("query=a:b", "query"),
    ],
)
async def test_a_list_asked_for_wrongly_is_refused_by_field(api: Api, asked: str, field: str) -> None:
    answer = await api.get(f"/v2/users?{asked}")
    assert (answer.status, list(answer.body["errors"])) == (422, [field])


async def test_a_list_costs_as_many_statements_however_long_it_is(api: Api) -> None:
    costs = []
    for name in ("a", "b", "c", "d"):
        await created(api, username=f"{name}@example.com")
        await api.get("/v2/users")
        with statements() as seen:
            await api.get("/v2/users")
        costs.append(len(seen))
    assert costs[0] == costs[-1] <= 4


async def test_a_key_of_a_team_reads_users_and_writes_none(api: Api) -> None:
    await created(api)
    await api.post("/v2/teams", {"name": "payments"})
    key = await api.make_key(*Right, team="payments")
    assert (await api.get("/v2/users/li@example.com", key=key)).status == 200
    writes = [
        await api.post("/v2/users", LI | {"username": "bo@example.com"}, key=key),
        await api.ask("PATCH", "/v2/users/li@example.com", {"fullName": "No"}, key=key),
        await api.ask("DELETE", "/v2/users/li@example.com", key=key),
    ]
    assert [(each.status, each.body["code"]) for each in writes] == [(403, 40301)] * 3
    assert (await api.get("/v2/users/li@example.com")).data["fullName"] == "Li Wei"


async def test_of_two_who_make_the_same_user_at_once_one_is_told(api: Api) -> None:
    answers = await asyncio.gather(*(api.post("/v2/users", LI) for _ in range(4)))
    assert sorted(each.status for each in answers) == [201, 409, 409, 409]
