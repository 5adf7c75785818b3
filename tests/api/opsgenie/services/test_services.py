"""Services: what programs make of them, and what postmortems name."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.usecases.postmortems.create import create as create_postmortem
from bot.usecases.services.name_services import name_service
from bot.vocabulary import Right
from tests.api.conftest import Api
from tests.conftest import met
from tests.usecases.stories import statements, wanted

BAD: tuple[tuple[dict[str, Any], int, str], ...] = (
    ({"teamId": "payments"}, 422, "name"),
    ({"name": "x"}, 422, "teamId"),
    ({"name": "x", "teamId": "nobody"}, 422, "teamId"),
    ({"name": "n" * 101, "teamId": "payments"}, 422, "name"),
    ({"name": "x", "teamId": "payments", "description": "d" * 10_001}, 422, "description"),
    ({"name": "x", "teamId": "payments", "tags": ["t" * 10_001]}, 422, "tags"),
    ({"name": "x", "teamId": "payments", "visibility": "NOBODY"}, 422, "visibility"),
    ({"name": "CHECKOUT", "teamId": "payments"}, 409, "name"),
)
"""What is wrong with a service, its status, and the field that is named."""


@pytest.fixture
async def team(api: Api) -> str:
    return str((await api.post("/v2/teams", {"name": "payments"})).data["id"])


async def created(api: Api, team: str, name: str = "checkout") -> str:
    answer = await api.post("/v1/services", {"name": name, "teamId": team})
    assert answer.status == 201, answer.body
    return str(answer.data["id"])


async def test_a_service_is_made_read_changed_and_deleted(api: Api, team: str) -> None:
    body = {"name": "Checkout", "teamId": team, "description": "d", "tags": ["a"], "visibility": "TEAM_MEMBERS"}
    made = await api.post("/v1/services", body)
    assert (made.status, made.body["result"], made.data["name"]) == (201, "Created", "Checkout")
    path = f"/v1/services/{made.data['id']}"
    whole = body | {"id": made.data["id"], "isExternal": False, "links": {"api": f"{api.address}{path}"}}
    assert (await api.get(path)).data == whole
    changed = await api.ask("PATCH", path, {"name": "", "description": "e", "visibility": "OPSGENIE_USERS"})
    assert (changed.status, changed.body["result"]) == (200, "Updated")
    assert (await api.get(path)).data == whole | {"description": "e", "visibility": "OPSGENIE_USERS"}
    assert (await api.ask("DELETE", path)).body["result"] == "Deleted"
    assert [(await api.ask(method, path)).status for method in ("GET", "PATCH", "DELETE")] == [404] * 3


async def test_services_of_programs_and_of_postmortems_are_the_same(api: Api, team: str) -> None:
    service, ana = await created(api, team), await met(api.units, "UANA")
    async with api.units.begin(ana) as unit:
        assert (await name_service(unit, " CHECKOUT ")).id == service
        mail = await name_service(unit, "Mail")
        number = await create_postmortem(unit, wanted(ana, unit.now, services=("checkout",)))
    found = (await api.get(f"/v1/services/{mail.id}")).data
    assert ("teamId" in found, found["visibility"], found["tags"]) == (False, "OPSGENIE_USERS", [])
    taken = await api.post("/v1/services", {"name": "mail", "teamId": team})
    assert (taken.status, taken.body["message"]) == (409, "Service with name [mail] already exists.")
    assert (await api.ask("PATCH", f"/v1/services/{mail.id}", {"name": "Checkout"})).status == 409

    assert (await api.ask("PATCH", f"/v1/services/{service}", {"name": "Kasse"})).status == 200
    in_use = await api.ask("DELETE", f"/v1/services/{service}")
    assert (in_use.status, f"PM-{number}" in in_use.body["message"]) == (428, True)
    assert (await api.ask("DELETE", f"/v1/services/{mail.id}")).status == 200


async def test_a_bad_service_is_refused_by_field(api: Api, team: str) -> None:
    await created(api, team)
    for body, status, field in BAD:
        of_team = {"teamId": team} if body.get("teamId") == "payments" else {}
        answer = await api.post("/v1/services", body | of_team)
        assert (answer.status, list(answer.body["errors"])) == (status, [field]), body
    assert len((await api.get("/v1/services")).data) == 1


async def test_terraform_finds_the_offset_in_the_third_parameter(api: Api, team: str) -> None:
    """terraform: it takes the third query parameter of `next`, whatever it is called."""
    for name in ("a", "c", "b"):
        await created(api, team, name)
    first = await api.get("/v1/services?limit=2")
    assert [each["name"] for each in first.data] == ["a", "b"]
    assert first.body["paging"] == {
        "first": f"{api.address}/v1/services?limit=2&sort=name&offset=0&order=asc",
        "next": f"{api.address}/v1/services?limit=2&sort=name&offset=2&order=asc",
        "last": f"{api.address}/v1/services?limit=2&sort=name&offset=2&order=asc",
    }
    rest = await api.get(first.body["paging"]["next"].removeprefix(api.address))
    assert ([each["name"] for each in rest.data], "next" in rest.body["paging"]) == (["c"], False)
    found = await api.get("/v1/services?order=desc&query=B")
    assert [each["name"] for each in found.data] == ["b"]


async def test_a_key_of_a_team_makes_and_sees_that_teams_services_alone(api: Api, team: str) -> None:
    second = (await api.post("/v2/teams", {"name": "second"})).data["id"]
    theirs = await created(api, second, "theirs")
    key = await api.make_key(*Right, team="payments")
    own = await api.post("/v1/services", {"name": "own", "teamId": second}, key=key)
    assert (await api.get(f"/v1/services/{own.data['id']}")).data["teamId"] == team
    assert [each["name"] for each in (await api.get("/v1/services", key=key)).data] == ["own"]
    for method in ("GET", "PATCH", "DELETE"):
        answer = await api.ask(method, f"/v1/services/{theirs}", {} if method == "PATCH" else None, key=key)
        assert (answer.status, answer.body["code"]) == (403, 40301)


async def test_of_two_who_make_the_same_service_at_once_one_is_told(api: Api, team: str) -> None:
    body = {"name": "checkout", "teamId": team}
    answers = await asyncio.gather(*(api.post("/v1/services", body) for _ in range(3)))
    assert sorted(each.status for each in answers) == [201, 409, 409]


async def test_the_list_costs_as_many_statements_however_long_it_is(api: Api, team: str) -> None:
    costs = []
    for name in ("a", "b", "c"):
        await created(api, team, name)
        await api.get("/v1/services")
        with statements() as seen:
            await api.get("/v1/services")
        costs.append(len(seen))
    assert costs[0] == costs[-1] <= 4
