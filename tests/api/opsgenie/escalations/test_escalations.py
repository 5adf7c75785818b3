"""Escalations: steps that notify people, teams and schedules."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.vocabulary import Right
from tests.api.conftest import Api
from tests.usecases.stories import statements

STEP: dict[str, Any] = {
    "condition": "if-not-acked",
    "notifyType": "default",
    "delay": {"timeAmount": 5, "timeUnit": "minutes"},
    "recipient": {"type": "user", "username": "li@example.com"},
}

BAD: tuple[tuple[dict[str, Any], int, str], ...] = (
    ({"name": ""}, 422, "name"),
    ({"name": "n" * 101}, 422, "name"),
    ({"name": 1}, 422, "name"),
    ({"rules": None}, 422, "rules"),
    ({"rules": []}, 422, "rules"),
    ({"rules": [STEP] * 101}, 422, "rules"),
    ({"rules": [STEP | {"condition": "if-bored"}]}, 422, "rules#0#condition"),
    ({"rules": [STEP, STEP | {"notifyType": "nobody"}]}, 422, "rules#1#notifyType"),
    ({"rules": [STEP | {"delay": {"timeAmount": -1}}]}, 422, "rules#0#delay#timeAmount"),
    ({"rules": [STEP | {"delay": {"timeAmount": 10**30}}]}, 422, "rules#0#delay#timeAmount"),
    ({"rules": [STEP | {"delay": {"timeAmount": 1, "timeUnit": "weeks"}}]}, 422, "rules#0#delay#timeUnit"),
    ({"rules": [STEP | {"recipient": {"type": "usr", "id": "x"}}]}, 422, "rules#0#recipient#type"),
    ({"rules": [STEP | {"recipient": {"type": "user", "id": "x"}}]}, 422, "rules#0#recipient"),
    ({"rules": [STEP | {"recipient": {"type": "user"}}]}, 422, "rules#0#recipient"),
    ({"rules": [STEP | {"recipient": {"type": "team", "name": "Payments"}}]}, 422, "rules#0#recipient"),
    ({"rules": [STEP | {"recipient": {"type": "schedule", "name": "x"}}]}, 422, "rules#0#recipient"),
    ({"ownerTeam": {"id": "nobody"}}, 422, "ownerTeam"),
    ({"repeat": {"count": -1}}, 422, "repeat#count"),
    ({"description": "d" * 10_001}, 422, "description"),
    ({"name": "payments_escalation"}, 409, "name"),
)
"""What is wrong with an escalation, its status, and the field that is named."""


async def _town(api: Api) -> dict[str, str]:
    """Li, the team payments and its schedule; their ids."""
    user = {"username": "li@example.com", "fullName": "Li Wei", "role": {"name": "User"}}
    li = (await api.post("/v2/users", user)).data["id"]
    team = (await api.post("/v2/teams", {"name": "payments"})).data["id"]
    schedule = (await api.get("/v2/schedules/payments_schedule?identifierType=name")).data["id"]
    return {"li": li, "team": team, "schedule": schedule}


@pytest.fixture
async def town(api: Api) -> dict[str, str]:
    return await _town(api)


async def created(api: Api, name: str = "late", **said: Any) -> str:
    answer = await api.post("/v2/escalations", {"name": name, "rules": [STEP], **said})
    assert answer.status == 201, answer.body
    return str(answer.data["id"])


async def test_an_escalation_is_made_read_changed_and_deleted(api: Api, town: dict[str, str]) -> None:
    steps = [
        STEP,
        STEP | {"notifyType": "next", "recipient": {"type": "schedule", "name": "payments_schedule"}},
        STEP
        | {"condition": "if-not-closed", "notifyType": "random", "recipient": {"type": "team", "id": town["team"]}},
    ]
    repeat = {"waitInterval": 10, "count": 20, "resetRecipientStates": "true", "closeAlertAfterAll": False}
    body = {"name": "late", "description": "d", "rules": steps, "ownerTeam": {"name": "payments"}, "repeat": repeat}
    made = await api.post("/v2/escalations", body)
    assert (made.status, made.body["result"], made.data["name"]) == (201, "Created", "late")
    whole = {
        "id": made.data["id"],
        "name": "late",
        "description": "d",
        "ownerTeam": {"id": town["team"], "name": "payments"},
        "rules": [
            STEP | {"recipient": {"type": "user", "id": town["li"], "username": "li@example.com"}},
            steps[1] | {"recipient": {"type": "schedule", "id": town["schedule"], "name": "payments_schedule"}},
            steps[2] | {"recipient": {"type": "team", "id": town["team"], "name": "payments"}},
        ],
        "repeat": repeat | {"resetRecipientStates": True},
    }
    assert (await api.get("/v2/escalations/late?identifierType=name")).data == whole
    assert whole in (await api.get("/v2/escalations")).data
    assert (await api.get(f"/v2/users/{town['li']}/escalations")).data == [
        {"id": whole["id"], "name": "late", "description": "d"}
    ]

    path = f"/v2/escalations/{whole['id']}"
    changed = await api.ask("PATCH", path, {"name": "", "description": "e", "rules": [STEP]})
    assert (changed.status, changed.data) == (200, {"id": whole["id"], "name": "late"})
    assert (await api.get(path)).data == whole | {"description": "e", "rules": [whole["rules"][0]]}

    in_use = await api.ask("DELETE", f"/v2/users/{town['li']}")
    assert (in_use.status, "escalations late" in in_use.body["message"]) == (428, True)
    assert (await api.ask("DELETE", path)).body["result"] == "Deleted"
    assert [(await api.ask(method, path)).status for method in ("GET", "PATCH", "DELETE")] == [404] * 3


async def test_terraform_reads_what_it_wrote(api: Api, town: dict[str, str]) -> None:
    """RAN: `repeat: {}` for none, `username` empty beside an id, no amount and no unit for no delay."""
    step = {
        "condition": "if-not-acked",
        "notifyType": "default",
        "recipient": {"type": "schedule", "id": town["schedule"], "username": ""},
        "delay": {},
    }
    body = {"name": "tf", "rules": [step], "ownerTeam": {"id": town["team"]}, "repeat": {}}
    made = await api.post("/v2/escalations", body)
    path = f"/v2/escalations/{made.data['id']}"
    read = (await api.get(path)).data
    assert "repeat" not in read
    (rule,) = read["rules"]
    assert (rule["delay"]["timeAmount"], rule["recipient"]["id"], rule["recipient"]["type"]) == (
        0,
        town["schedule"],
        "schedule",
    )
    await api.ask("PATCH", path, body | {"repeat": {"count": 2, "waitInterval": 1}})
    assert (await api.get(path)).data["repeat"] == {"count": 2, "waitInterval": 1}
    await api.ask("PATCH", path, {"description": "kept"})
    assert "repeat" in (await api.get(path)).data
    await api.ask("PATCH", path, body)
    assert "repeat" not in (await api.get(path)).data


async def test_a_bad_escalation_is_refused_by_field(api: Api, town: dict[str, str]) -> None:
    for changes, status, field in BAD:
        body = {"name": "late", "rules": [STEP]} | changes
        answer = await api.post("/v2/escalations", {name: value for name, value in body.items() if value is not None})
        assert (answer.status, list(answer.body["errors"])) == (status, [field]), changes
    assert [each["name"] for each in (await api.get("/v2/escalations")).data] == ["payments_escalation"]


async def test_a_name_that_is_taken_is_told_in_the_words_clients_know(api: Api, town: dict[str, str]) -> None:
    first, second = await created(api), await created(api, "later")
    words = "Escalation with [name] [late] already exists."
    for answer in (
        await api.post("/v2/escalations", {"name": "late", "rules": [STEP]}),
        await api.ask("PATCH", f"/v2/escalations/{second}", {"name": "late"}),
    ):
        assert (answer.status, answer.body["message"]) == (409, words)
    assert (await api.ask("PATCH", f"/v2/escalations/{first}", {"name": "late"})).status == 200
    answers = await asyncio.gather(*(api.post("/v2/escalations", {"name": "x", "rules": [STEP]}) for _ in range(3)))
    assert sorted(each.status for each in answers) == [201, 409, 409]


async def test_an_escalation_in_a_rotation_stays(api: Api, town: dict[str, str]) -> None:
    escalation = await created(api)
    rotation = {
        "startDate": "2026-11-01T08:00:00Z",
        "type": "daily",
        "participants": [{"type": "escalation", "id": escalation}],
    }
    made = await api.post("/v2/schedules", {"name": "Web", "timezone": "UTC", "rotations": [rotation]})
    assert made.status == 201, made.body
    answer = await api.ask("DELETE", f"/v2/escalations/{escalation}")
    assert (answer.status, "rotations of Web" in answer.body["message"]) == (428, True)
    assert (await api.ask("DELETE", f"/v2/schedules/{made.data['id']}")).status == 200
    assert (await api.ask("DELETE", f"/v2/escalations/{escalation}")).status == 200


async def test_a_user_in_a_rotation_stays_until_they_are_out_of_it(api: Api, town: dict[str, str]) -> None:
    li = {"type": "user", "id": town["li"]}
    rotation = {"startDate": "2026-11-01T08:00:00Z", "type": "daily", "participants": [li]}
    path = f"/v2/schedules/{town['schedule']}/rotations"
    made = await api.post(path, rotation)
    assert made.status == 201, made.body
    answer = await api.ask("DELETE", f"/v2/users/{town['li']}")
    assert (answer.status, "rotations of payments_schedule" in answer.body["message"]) == (428, True)
    assert [each["name"] for each in (await api.get(f"/v2/users/{town['li']}/schedules")).data] == ["payments_schedule"]
    await api.ask("PATCH", f"{path}/{made.data['id']}", {"participants": [{"type": "team", "id": town["team"]}]})
    assert (await api.ask("DELETE", f"/v2/users/{town['li']}")).status == 200
    team = await api.ask("DELETE", f"/v2/teams/{town['team']}")
    assert (team.status, "rotations of payments_schedule" in team.body["message"]) == (428, True)


async def test_a_key_of_a_team_makes_and_sees_that_teams_escalations_alone(api: Api, town: dict[str, str]) -> None:
    other = await created(api, "other")
    await api.post("/v2/teams", {"name": "second"})
    key = await api.make_key(*Right, team="payments")
    made = await api.post("/v2/escalations", {"name": "own", "rules": [STEP], "ownerTeam": {"name": "second"}}, key=key)
    assert (await api.get(f"/v2/escalations/{made.data['id']}")).data["ownerTeam"]["name"] == "payments"
    names = [each["name"] for each in (await api.get("/v2/escalations", key=key)).data]
    assert names == ["own", "payments_escalation"]
    for method in ("GET", "PATCH", "DELETE"):
        answer = await api.ask(method, f"/v2/escalations/{other}", {} if method == "PATCH" else None, key=key)
        assert (answer.status, answer.body["code"]) == (403, 40301)
    theirs = STEP | {"recipient": {"type": "schedule", "name": "second_schedule"}}
    refused = await api.post("/v2/escalations", {"name": "x", "rules": [theirs]}, key=key)
    assert (refused.status, list(refused.body["errors"])) == (422, ["rules#0#recipient"])


async def test_the_list_costs_as_many_statements_however_long_it_is(api: Api, town: dict[str, str]) -> None:
    costs = []
    for name in ("a", "b", "c"):
        await created(api, name, ownerTeam={"name": "payments"})
        await api.get("/v2/escalations")
        with statements() as seen:
            await api.get("/v2/escalations")
        costs.append(len(seen))
    assert len(set(costs)) == 1
    assert costs[0] <= 6
