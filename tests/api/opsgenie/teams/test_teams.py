"""Teams: what they come with, who is in them, and what keeps them."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.usecases.keys.revoke import revoke
from bot.usecases.postmortems.create import create as create_postmortem
from bot.usecases.teams.name_team import name_team
from bot.vocabulary import Right
from tests.api.conftest import Answer, Api
from tests.conftest import met
from tests.usecases.stories import statements, wanted

BAD_TEAMS: tuple[tuple[dict[str, Any], int, str], ...] = (
    ({}, 422, "name"),
    ({"name": ""}, 422, "name"),
    ({"name": "   "}, 422, "name"),
    ({"name": "a" * 101}, 422, "name"),
    ({"name": "pay/ments"}, 422, "name"),
    ({"name": "zahlungen für alle"}, 422, "name"),
    ({"name": "x", "description": "d" * 10_001}, 422, "description"),
    ({"name": "x", "members": [{"user": {"id": "nobody"}}]}, 422, "members#0#user"),
    ({"name": "x", "members": [{"user": {}}]}, 422, "members#0#user"),
    ({"name": "x", "members": [{"role": "admin"}]}, 422, "members#0#user"),
    ({"name": "x", "members": [{"user": {"username": "li@example.com"}, "role": "boss"}]}, 422, "members#0#role"),
    (
        {
            "name": "x",
            "members": [{"user": {"username": "li@example.com"}}, {"user": {"username": "LI@example.com"}}],
        },
        422,
        "members#1#user",
    ),
    ({"name": "x", "members": [{"user": {"id": "x"}}] * 1_001}, 422, "members"),
    ({"name": "payments"}, 409, "name"),
)
"""What is wrong with a team, its status, and the field that is named."""

BAD_ROLES: tuple[tuple[dict[str, Any], int, str], ...] = (
    ({"rights": [{"right": "a"}]}, 422, "name"),
    ({"name": "b"}, 422, "rights"),
    ({"name": "Admin", "rights": [{"right": "a"}]}, 422, "name"),
    ({"name": "b", "rights": [{"granted": True}]}, 422, "rights#0#right"),
    ({"name": "there", "rights": [{"right": "a"}]}, 409, "name"),
)
"""What is wrong with a role, its status, and the field that is named."""


async def created(api: Api, name: str = "payments", **said: Any) -> str:
    """The id of a new team."""
    answer = await api.post("/v2/teams", {"name": name, **said})
    assert answer.status == 201, answer.body
    return str(answer.data["id"])


async def user(api: Api, name: str) -> str:
    """The id of a new user."""
    body = {"username": f"{name}@example.com", "fullName": name.title(), "role": {"name": "User"}}
    return str((await api.post("/v2/users", body)).data["id"])


async def by_name(api: Api, kind: str, name: str) -> Answer:
    return await api.get(f"/v2/{kind}/{name}?identifierType=name")


async def test_a_new_team_comes_with_a_schedule_an_escalation_and_a_rule(api: Api) -> None:
    """terraform: it reads the team by name straight after making it."""
    await met(api.units, "UANA")
    made = await api.post("/v2/teams", {"name": "ops team", "description": "they run it"})
    assert (made.status, made.body["result"]) == (201, "Created")
    team = {"id": made.data["id"], "name": "ops team"}
    assert made.data == team
    assert (await api.get("/v2/teams/ops%20team?identifierType=name")).data == {
        **team,
        "description": "they run it",
        "members": [],
        "links": {"api": f"{api.address}/v2/teams/{team['id']}"},
    }

    schedule = (await by_name(api, "schedules", "ops team_schedule")).data
    assert (schedule["ownerTeam"], schedule["rotations"], schedule["enabled"]) == (team, [], True)
    assert schedule["timezone"] == "Europe/Berlin"

    escalation = (await by_name(api, "escalations", "ops team_escalation")).data
    assert escalation["ownerTeam"] == team
    assert "repeat" not in escalation
    steps = [
        (each["delay"], each["notifyType"], each["recipient"]["type"], each["recipient"]["name"])
        for each in escalation["rules"]
    ]
    assert steps == [
        ({"timeAmount": 0, "timeUnit": "minutes"}, "default", "schedule", "ops team_schedule"),
        ({"timeAmount": 5, "timeUnit": "minutes"}, "next", "schedule", "ops team_schedule"),
        ({"timeAmount": 10, "timeUnit": "minutes"}, "all", "team", "ops team"),
    ]

    (rule,) = (await api.get(f"/v2/teams/{team['id']}/routing-rules/")).data
    assert rule == {
        "id": rule["id"],
        "name": "Default Routing Rule",
        "isDefault": True,
        "order": 0,
        "criteria": {"type": "match-all"},
        "notify": {"type": "escalation", "id": escalation["id"], "name": "ops team_escalation"},
    }
    listed = (await api.get("/v2/teams")).data
    assert [(each["name"], "members" in each) for each in listed] == [("ops team", False)]


async def test_terraform_can_delete_what_a_team_came_with(api: Api) -> None:
    """terraform: with `delete_default_resources` every rule is made to notify none, then both are deleted."""
    team = await created(api)
    (rule,) = (await api.get("/v2/teams/payments/routing-rules?teamIdentifierType=name")).data
    escalation = (await by_name(api, "escalations", "payments_escalation")).data["id"]
    in_use = await api.ask("DELETE", f"/v2/escalations/{escalation}")
    assert (in_use.status, "routing rules of payments" in in_use.body["message"]) == (428, True)

    path = f"/v2/teams/payments/routing-rules/{rule['id']}?teamIdentifierType=name"
    assert (await api.ask("PATCH", path, {"notify": {"type": "none"}})).status == 200
    assert (await api.get(path)).data["notify"] == {"type": "none"}
    assert (await api.ask("DELETE", f"/v2/escalations/{escalation}")).status == 200
    assert (await api.ask("DELETE", f"/v2/teams/{team}")).status == 200


async def test_members_are_put_in_changed_and_taken_out(api: Api) -> None:
    li, bo = await user(api, "li"), await user(api, "bo")
    body = [{"user": {"id": li, "username": ""}, "role": "admin"}, {"user": {"username": "Bo@example.com"}}]
    team = await created(api, members=body)

    async def members() -> list[tuple[str, str]]:
        found = (await api.get(f"/v2/teams/{team}")).data["members"]
        return [(each["user"]["username"], each["role"]) for each in found]

    assert await members() == [("bo@example.com", "user"), ("li@example.com", "admin")]
    teams = (await api.get(f"/v2/users/{li}/teams")).data
    assert teams == [{"id": team, "name": "payments", "description": ""}]

    added = await api.post("/v2/teams/payments/members?teamIdentifierType=name", {"user": {"id": bo}, "role": "admin"})
    assert (added.status, added.body["result"], added.data["id"]) == (200, "Added", team)
    removed = await api.ask("DELETE", f"/v2/teams/{team}/members/li@example.com")
    assert (removed.status, removed.body["result"]) == (200, "Removed")
    assert await members() == [("bo@example.com", "admin")]
    assert (await api.ask("DELETE", f"/v2/teams/{team}/members/li@example.com")).status == 404

    changed = await api.ask("PATCH", f"/v2/teams/{team}", {"name": "", "members": [{"user": {"id": li}}]})
    assert (changed.status, changed.data["name"]) == (200, "payments")
    assert await members() == [("li@example.com", "user")]

    in_team = await api.ask("DELETE", f"/v2/users/{li}")
    assert (in_team.status, "teams payments" in in_team.body["message"]) == (428, True)
    await api.ask("DELETE", f"/v2/teams/{team}/members/{li}")
    in_use = await api.ask("DELETE", f"/v2/users/{li}")
    assert in_use.status == 200


async def test_a_team_is_renamed_and_another_takes_the_name(api: Api) -> None:
    first = await created(api)
    renamed = await api.ask("PATCH", f"/v2/teams/{first}", {"name": "money", "description": "new"})
    assert (renamed.status, renamed.data) == (200, {"id": first, "name": "money"})
    assert (await api.get(f"/v2/teams/{first}")).data["description"] == "new"
    second = await created(api)
    assert (await by_name(api, "schedules", "payments_schedule_2")).data["ownerTeam"]["id"] == second
    assert (await api.ask("PATCH", f"/v2/teams/{second}", {"name": "money"})).status == 409
    longest = await created(api, "a" * 100)
    assert (await by_name(api, "schedules", "a" * 91 + "_schedule")).data["ownerTeam"]["id"] == longest
    lines = (await api.get(f"/v2/teams/{first}/logs")).data["logs"]
    assert [each["log"] for each in lines] == ["edit team [money]", "create team [payments]"]
    assert all("everything" in each["owner"] for each in lines)
    page = (await api.get(f"/v2/teams/{first}/logs?limit=1&order=asc")).data
    assert (page["offset"], page["logs"][0]["createdDate"]) == ("1", "2026-11-18T09:00:00Z")


async def test_a_bad_team_is_refused_by_field(api: Api) -> None:
    await user(api, "li")
    await created(api)
    for body, status, field in BAD_TEAMS:
        answer = await api.post("/v2/teams", body)
        assert (answer.status, list(answer.body["errors"])) == (status, [field]), body
    assert [each["name"] for each in (await api.get("/v2/teams")).data] == ["payments"]
    assert len((await api.get("/v2/escalations")).data) == 1


async def test_what_a_team_came_with_goes_with_it_when_nothing_stands_on_it(api: Api) -> None:
    team = await created(api, members=[{"user": {"id": await user(api, "li")}}])
    await api.make_key(Right.READ, team="payments", name="old")
    async with api.units.begin(None) as unit:
        await revoke(unit, "old")
    await api.post(f"/v2/teams/{team}/roles", {"name": "watch", "rights": [{"right": "a", "granted": True}]})
    assert (await api.ask("DELETE", "/v2/teams/payments?identifierType=name")).body["result"] == "Deleted"
    gone = [
        (await api.get(f"/v2/teams/{team}")).status,
        (await by_name(api, "schedules", "payments_schedule")).status,
        (await by_name(api, "escalations", "payments_escalation")).status,
        (await api.ask("DELETE", f"/v2/teams/{team}")).status,
    ]
    assert gone == [404] * 4
    assert await created(api) != team


async def test_whatever_stands_on_a_team_keeps_it_and_is_named(api: Api) -> None:
    team, other = await created(api), await created(api, "other")
    step = {"condition": "if-not-acked", "recipient": {"type": "team", "id": team}}
    await api.post("/v2/escalations", {"name": "elsewhere", "rules": [step], "ownerTeam": {"id": other}})
    await api.post("/v2/escalations", {"name": "own", "rules": [step], "ownerTeam": {"id": team}})
    await api.post("/v1/services", {"name": "checkout", "teamId": team})
    await api.make_key(Right.READ, team="payments", name="its key")
    schedule = (await by_name(api, "schedules", "payments_schedule")).data["id"]
    await api.ask("PATCH", f"/v2/schedules/{schedule}", {"description": "changed", "name": ""})

    answer = await api.ask("DELETE", f"/v2/teams/{team}")
    assert answer.status == 428
    for named in (
        "schedules payments_schedule",
        "escalations own",
        "services checkout",
        "API keys its key",
        "elsewhere",
    ):
        assert named in answer.body["message"]
    assert (await api.get(f"/v2/teams/{team}")).status == 200
    assert (await by_name(api, "escalations", "payments_escalation")).status == 200


async def test_a_team_of_a_postmortem_stays(api: Api) -> None:
    team, ana = await created(api), await met(api.units, "UANA")
    async with api.units.begin(ana) as unit:
        number = await create_postmortem(unit, wanted(ana, unit.now, team_id=team))
    answer = await api.ask("DELETE", f"/v2/teams/{team}")
    assert (answer.status, f"PM-{number}" in answer.body["message"]) == (428, True)


async def test_a_team_that_people_named_in_slack_comes_with_nothing(api: Api) -> None:
    ana = await met(api.units, "UANA")
    async with api.units.begin(ana) as unit:
        team = await name_team(unit, "Über-Team & Co")
    found = (await api.get(f"/v2/teams/{team.id}")).data
    assert [(each["user"]["username"], each["role"]) for each in found["members"]] == [("uana@example.com", "admin")]
    assert (await api.get(f"/v2/teams/{team.id}/routing-rules")).data == []
    path, kept = f"/v2/teams/{team.id}", {"name": found["name"]}
    assert (await api.ask("PATCH", path, kept | {"description": "d" * 10_001})).status == 422
    assert (await api.ask("PATCH", path, kept | {"description": "d"})).status == 200
    assert (await api.ask("PATCH", path, {"name": "Größe"})).status == 422
    assert (await api.ask("DELETE", f"/v2/teams/{team.id}")).status == 200


async def test_a_team_makes_up_roles(api: Api) -> None:
    team, li = await created(api), await user(api, "li")
    rights = [{"right": "manage-members", "granted": True}, {"right": "edit-team-roles", "granted": "false"}]
    made = await api.post("/v2/teams/payments/roles?teamIdentifierType=name", {"name": "Watch Lead", "rights": rights})
    assert (made.status, made.data["name"]) == (201, "Watch Lead")
    role = f"/v2/teams/{team}/roles/{made.data['id']}"
    kept = [{"right": "manage-members", "granted": True}, {"right": "edit-team-roles", "granted": False}]
    assert (await api.get(role)).data == {**made.data, "rights": kept}
    assert (await api.get(f"/v2/teams/{team}/roles/Watch%20Lead?identifierType=name")).data["rights"] == kept

    await api.post(f"/v2/teams/{team}/members", {"user": {"id": li}, "role": "Watch Lead"})
    assert (await api.ask("PATCH", role, {"name": "Chief"})).status == 200
    assert (await api.get(f"/v2/teams/{team}")).data["members"][0]["role"] == "Chief"
    assert (await api.ask("DELETE", role)).status == 428
    await api.post(f"/v2/teams/{team}/members", {"user": {"id": li}})
    assert (await api.ask("DELETE", role)).status == 200
    assert ((await api.get(role)).status, (await api.get(f"/v2/teams/{team}/roles")).data) == (404, [])


async def test_a_bad_role_is_refused_by_field(api: Api) -> None:
    roles = f"/v2/teams/{await created(api)}/roles"
    await api.post(roles, {"name": "there", "rights": [{"right": "a"}]})
    for body, status, field in BAD_ROLES:
        answer = await api.post(roles, body)
        assert (answer.status, list(answer.body["errors"])) == (status, [field]), body
    assert len((await api.get(roles)).data) == 1


async def test_a_key_of_a_team_sees_and_changes_that_team_alone(api: Api) -> None:
    own, other = await created(api), await created(api, "other")
    key = await api.make_key(*Right, team="payments")
    assert [each["name"] for each in (await api.get("/v2/teams", key=key)).data] == ["payments"]
    assert (await api.ask("PATCH", f"/v2/teams/{own}", {"description": "ours"}, key=key)).status == 200
    refused = [
        await api.get(f"/v2/teams/{other}", key=key),
        await api.get(f"/v2/teams/{other}/routing-rules", key=key),
        await api.get(f"/v2/teams/{other}/logs", key=key),
        await api.get(f"/v2/teams/{other}/roles", key=key),
        await api.ask("PATCH", f"/v2/teams/{other}", {"description": "theirs"}, key=key),
        await api.ask("DELETE", f"/v2/teams/{other}", key=key),
        await api.post(f"/v2/teams/{other}/members", {"user": {"id": "x"}}, key=key),
        await api.post(f"/v2/teams/{other}/routing-rules", {"notify": {"type": "none"}}, key=key),
        await api.post("/v2/teams", {"name": "third"}, key=key),
    ]
    assert {(each.status, each.body["code"]) for each in refused} == {(403, 40301)}
    assert (await api.get(f"/v2/teams/{other}")).data["description"] == ""


async def test_of_two_who_make_the_same_team_at_once_one_is_told(api: Api) -> None:
    answers = await asyncio.gather(*(api.post("/v2/teams", {"name": "payments"}) for _ in range(3)))
    assert sorted(each.status for each in answers) == [201, 409, 409]
    assert answers[0].status == 201 or "already exists" in answers[0].body["message"]


async def test_whoever_is_removed_while_they_join_is_in_the_team_or_gone(api: Api) -> None:
    team, li = await created(api), await user(api, "li")
    joined, removed = await asyncio.gather(
        api.post(f"/v2/teams/{team}/members", {"user": {"id": li}}), api.ask("DELETE", f"/v2/users/{li}")
    )
    assert (joined.status, removed.status) in {(200, 428), (422, 200)}


async def test_questions_about_teams_cost_as_many_statements_however_many_there_are(api: Api) -> None:
    async def costs() -> list[int]:
        counted = []
        for path in ("/v2/teams", f"/v2/teams/{team}", f"/v2/teams/{team}/routing-rules", f"/v2/teams/{team}/logs"):
            await api.get(path)
            with statements() as seen:
                await api.get(path)
            counted.append(len(seen))
        return counted

    team = await created(api, members=[{"user": {"id": await user(api, "li")}}])
    few = await costs()
    for name in ("b", "c", "d"):
        await created(api, name)
        await api.post(f"/v2/teams/{team}/members", {"user": {"id": await user(api, name)}})
        await api.post(f"/v2/teams/{team}/routing-rules", {"name": name, "notify": {"type": "none"}})
    assert await costs() == few
