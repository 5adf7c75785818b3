"""What clients are forgiven for: empty texts, keys in capitals; and what they are told plainly otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Api
from tests.api.opsgenie.schedules.bodies import rotation, schedule

USER = {"username": "li@example.com", "fullName": "Li", "role": {"name": "User"}}
NOBODY = {"participants": [{"type": "none"}]}


@pytest.fixture
async def town(api: Api) -> dict[str, str]:
    """A user, a team, a schedule, an escalation and a service; their ids."""
    await api.post("/v2/users", USER)
    team = await api.post("/v2/teams", {"name": "core"})
    made = await api.post("/v2/schedules", schedule(rotation(**NOBODY, name="R")))
    step = {"condition": "if-not-acked", "recipient": {"type": "user", "username": "li@example.com"}}
    escalation = await api.post("/v2/escalations", {"name": "late", "rules": [step]})
    service = await api.post("/v1/services", {"name": "web", "teamId": team.data["id"]})
    found = {"team": team, "schedule": made, "escalation": escalation, "service": service}
    return {name: answer.data["id"] for name, answer in found.items()}


async def test_an_empty_text_is_nothing_wherever_nothing_may_be_said(api: Api, town: dict[str, str]) -> None:
    rule = {"alias": "away", "fromUser": {"username": "li@example.com"}, "toUser": {"username": "raj@example.com"}}
    span = {"startDate": "2026-12-01T08:00:00Z", "endDate": "2026-12-02T08:00:00Z"}
    await api.post("/v2/users", {**USER, "username": "raj@example.com"})
    forwarding = await api.post("/v2/forwarding-rules", {**rule, **span})
    asked: list[tuple[str, str, Any]] = [
        ("GET", f"/v2/schedules/{town['schedule']}?identifierType=", None),
        ("GET", f"/v2/schedules/{town['schedule']}/on-calls?scheduleIdentifierType=&identifierType=", None),
        ("GET", f"/v2/schedules/{town['schedule']}/timeline?scheduleIdentifierType=", None),
        ("GET", f"/v2/teams/{town['team']}?identifierType=", None),
        ("GET", f"/v2/forwarding-rules/{forwarding.data['id']}?identifierType=", None),
        ("PATCH", f"/v1/services/{town['service']}", {"visibility": "", "tags": "", "name": ""}),
        ("PATCH", f"/v2/escalations/{town['escalation']}", {"ownerTeam": "", "repeat": "", "rules": ""}),
        ("PATCH", "/v2/users/li@example.com", {"userAddress": "", "tags": "", "details": "", "role": ""}),
        ("PATCH", f"/v2/teams/{town['team']}", {"members": "", "name": ""}),
        ("PATCH", f"/v2/schedules/{town['schedule']}", {"ownerTeam": "", "rotations": "", "enabled": ""}),
    ]
    for method, path, body in asked:
        answer = await api.ask(method, path, body)
        assert answer.status == 200, (path, answer.body)
    step = {"condition": "if-not-acked", "notifyType": "", "recipient": {"type": "user", "username": "li@example.com"}}
    step["delay"] = {"timeAmount": "", "timeUnit": ""}
    assert (await api.post("/v2/escalations", {"name": "later", "rules": [step]})).status == 201
    override = {"user": {"type": "user", "username": "li@example.com"}, "rotations": "", "alias": "", **span}
    assert (await api.post(f"/v2/schedules/{town['schedule']}/overrides", override)).status == 201


async def test_a_description_may_be_emptied(api: Api, town: dict[str, str]) -> None:
    paths = ("/v2/teams/{team}", "/v2/escalations/{escalation}", "/v1/services/{service}", "/v2/schedules/{schedule}")
    for path in (path.format(**town) for path in paths):
        for description in ("said", ""):
            assert (await api.ask("PATCH", path, {"description": description})).status == 200
            assert (await api.get(path)).data["description"] == description


async def test_a_key_is_the_same_in_capitals(api: Api) -> None:
    assert (await api.get("/v2/account", key=api.key.upper())).status == 200


async def test_what_is_wrong_is_said_in_plain_words(api: Api) -> None:
    body = {
        "name": "x" * 101,
        "description": 1,
        "enabled": "perhaps",
        "timezone": ["UTC"],
        "rotations": [{"type": "yearly", "length": "long", "participants": [{}]}, "none", {"length": 10_000}],
    }
    errors = (await api.post("/v2/schedules", body)).body["errors"]
    assert errors["name"] == "At most 100 characters."
    assert errors["description"] == errors["timezone"] == "This must be a text."
    assert errors["enabled"] == "This must be true or false."
    assert errors["rotations#0#startDate"] == errors["rotations#0#participants#0#type"] == "This must be given."
    assert errors["rotations#0#type"] == "This must be one of: hourly, daily or weekly."
    assert errors["rotations#0#length"] == "This must be a whole number."
    assert errors["rotations#1"] == "This must be an object."
    assert errors["rotations#2#length"] == "This must be 9,999 or less."


@pytest.mark.parametrize("name", ["two\r\nlines", "a\ttab", "two\u2028lines", "a\x7fb"])
async def test_a_name_is_one_line(api: Api, town: dict[str, str], name: str) -> None:
    team = f"/v2/teams/{town['team']}"
    asked: list[tuple[str, str, Any, str]] = [
        ("PATCH", "/v2/users/li@example.com", {"fullName": name}, "fullName"),
        ("PATCH", "/v2/users/li@example.com", {"role": {"name": name}}, "role"),
        ("PATCH", team, {"name": name}, "name"),
        ("PATCH", f"/v2/escalations/{town['escalation']}", {"name": name}, "name"),
        ("PATCH", f"/v1/services/{town['service']}", {"name": name}, "name"),
        ("PATCH", f"/v2/schedules/{town['schedule']}", {"name": name}, "name"),
        ("POST", f"{team}/roles", {"name": name, "rights": [{"right": "a"}]}, "name"),
        ("POST", f"{team}/routing-rules", {"name": name, "notify": {"type": "none"}}, "name"),
    ]
    for method, path, body, field in asked:
        answer = await api.ask(method, path, body)
        assert (answer.status, list(answer.body["errors"])) == (422, [field]), path
