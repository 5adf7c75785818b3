"""What real clients send, as it was recorded, and compare: a plan after an apply must find nothing to do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from storage.models import User
from tests.api.conftest import Api
from tests.api.opsgenie.schedules.bodies import go_participant, go_rotation, rotation, schedule
from tests.api.opsgenie.schedules.watches import Watches

DAILY = {"startHour": 8, "startMin": 0, "endHour": 18, "endMin": 30}
WEEKLY = {"startDay": "friday", "startHour": 18, "startMin": 0, "endDay": "monday", "endHour": 8, "endMin": 0}


async def made(api: Api, *rotations: dict[str, Any], **more: Any) -> str:
    """The path of a schedule, made of these rotations by people and teams that there are."""
    answer = await api.post("/v2/schedules", {**schedule(*rotations), **more})
    assert answer.status == 201, answer.body
    return f"/v2/schedules/{answer.data['id']}"


async def test_terraform_makes_a_schedule_without_rotations_adds_one_and_finds_nothing_to_change(api: Api) -> None:
    watches = Watches(api.units)
    ana, raj = await watches.people("ana", "raj")
    team = await watches.team("ops_team", ana)
    escalation = await watches.escalation("ops_escalation")
    # `enabled` is false where the user leaves it out, and the identifier's own fields come along.
    created = await api.post(
        "/v2/schedules",
        {
            "name": "genie-schedule",
            "description": "d" * 10_000,
            "timezone": "America/New_York",
            "enabled": False,
            "ownerTeam": {"id": team.id},
        },
    )
    assert (created.status, created.data["enabled"]) == (201, False)
    path = f"/v2/schedules/{created.data['id']}"
    assert (await api.get(path, headers={"Content-Type": ""})).data == {
        "id": created.data["id"],
        "name": "genie-schedule",
        "description": "d" * 10_000,
        "timezone": "America/New_York",
        "enabled": False,
        "ownerTeam": {"id": team.id, "name": "ops_team"},
        "rotations": [],
    }
    sent: dict[str, Any] = {
        "name": "test",
        "startDate": "2019-06-18T17:00:00Z",
        "endDate": "2029-06-20T17:30:00Z",
        "type": "hourly",
        "length": 6,
        "participants": [
            go_participant("user", id=raj.id),
            go_participant("team", id=team.id),
            go_participant("escalation", id=escalation.id),
            go_participant("none"),
            go_participant("user", id=raj.id),
        ],
        "timeRestriction": {"type": "weekday-and-time-of-day", "restrictions": [WEEKLY], "restriction": {}},
    }
    added = await api.post(f"{path}/rotations", go_rotation(created.data["id"], **sent))
    assert (added.status, added.body["result"]) == (201, "Created")
    assert added.data == {"id": added.data["id"], "name": "test"}
    got = (await api.get(f"{path}/rotations/{added.data['id']}")).data
    assert got.pop("_parent") == {"id": created.data["id"], "name": "genie-schedule", "enabled": False}
    assert got == {
        **sent,
        "id": added.data["id"],
        "participants": [
            {"type": "user", "id": raj.id, "username": "raj@example.com"},
            {"type": "team", "id": team.id, "name": "ops_team"},
            {"type": "escalation", "id": escalation.id, "name": "ops_escalation"},
            {"type": "none"},
            {"type": "user", "id": raj.id, "username": "raj@example.com"},
        ],
        "timeRestriction": {"type": "weekday-and-time-of-day", "restrictions": [WEEKLY]},
    }


async def test_gos_patch_with_an_empty_name_keeps_the_name(api: Api) -> None:
    await Watches(api.units).people("ana")
    path = await made(api, rotation("ana@example.com", name="Days"), description="Who to call")
    before = (await api.get(path)).data
    patch = {"IdentifierType": 0, "IdentifierValue": before["id"], "name": "", "timezone": "Europe/Paris", "Type": "x"}
    answer = await api.ask("PATCH", f"{path}/", patch)
    assert (answer.status, answer.data["name"]) == (200, "Payments")
    assert (await api.get(path)).data == before | {"timezone": "Europe/Paris"}
    assert (await api.ask("PATCH", path, {"description": "", "ownerTeam": {}, "timezone": ""})).status == 200
    assert (await api.get(path)).data == before | {"timezone": "Europe/Paris", "description": ""}


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("true", True),
        ("True", True),
        ("false", False),
        (False, False),
        ("", True),
        (None, True),
    ],
)
async def test_booleans_may_be_words_and_a_schedule_is_on_by_default(api: Api, sent: Any, told: bool) -> None:
    path = await made(api, rotation(participants=[{"type": "none"}]), enabled=sent)
    assert (await api.get(path)).data["enabled"] is told


async def test_a_daily_restriction_comes_back_as_an_object_from_both_of_its_forms(api: Api) -> None:
    nobody = [go_participant("none", id="", name="")]
    as_object = {"type": "time-of-day", "restriction": DAILY}
    as_list = {"type": "time-of-day", "restrictions": [DAILY], "restriction": {"startHour": None}}
    as_words = {"type": "time-of-day", "restriction": {"startHour": "8", "startMin": "0", "endHour": 18, "endMin": 30}}
    late = {"type": "time-of-day", "restriction": {"startHour": 20, "startMin": 0, "endHour": 24, "endMin": 0}}
    path = await made(
        api,
        *(rotation(participants=nobody, timeRestriction=each) for each in (as_object, as_list, as_words, late)),
        rotation(participants=nobody, timeRestriction={}),
        rotation(participants=nobody, timeRestriction=None, endDate=""),
    )
    told = (await api.get(path)).data["rotations"]
    assert [each.get("timeRestriction") for each in told] == [as_object, as_object, as_object, late, None, None]
    assert [each["name"] for each in told] == ["Rot1", "Rot2", "Rot3", "Rot4", "Rot5", "Rot6"]


async def test_minutes_go_to_the_nearest_half_hour(api: Api) -> None:
    window = {"startHour": 8, "startMin": 15, "endHour": 17, "endMin": 46}
    weekly = {**window, "startDay": "sunday", "startHour": 22, "endDay": "sunday", "endHour": 23, "endMin": 45}
    nobody = [{"type": "none"}]
    path = await made(
        api,
        rotation(
            participants=nobody,
            startDate="2026-11-16T08:15:00+01:00",
            endDate="2026-11-20T09:44:59.999Z",
            timeRestriction={"type": "time-of-day", "restriction": window},
        ),
        rotation(
            participants=nobody,
            timeRestriction={"type": "weekday-and-time-of-day", "restrictions": [weekly]},
            length="",
        ),
    )
    first, second = (await api.get(path)).data["rotations"]
    assert (first["startDate"], first["endDate"]) == ("2026-11-16T07:30:00Z", "2026-11-20T09:30:00Z")
    assert first["timeRestriction"]["restriction"] == {"startHour": 8, "startMin": 30, "endHour": 18, "endMin": 0}
    [rounded] = second["timeRestriction"]["restrictions"]
    assert (rounded["endDay"], rounded["endHour"], rounded["endMin"]) == ("monday", 0, 0)
    assert (rounded["startDay"], rounded["startHour"], rounded["startMin"]) == ("sunday", 22, 30)


async def test_references_go_by_id_or_name_and_the_id_counts(api: Api) -> None:
    watches = Watches(api.units)
    ana, raj = await watches.people("ana", "raj")
    team, other = await watches.team("Core"), await watches.team("core")
    roster = [
        {"type": "user", "id": ana.id, "username": "raj@example.com"},
        {"type": "user", "username": "RAJ@Example.com"},
        {"type": "team", "name": "core"},
        {"type": "escalation", "name": "Night", "id": ""},
    ]
    night = await watches.escalation("Night")
    path = await made(api, rotation(participants=roster), ownerTeam={"id": team.id, "name": "core"})
    told = (await api.get(path)).data
    assert told["ownerTeam"] == {"id": team.id, "name": "Core"}
    assert [each["id"] for each in told["rotations"][0]["participants"]] == [ana.id, raj.id, other.id, night.id]


async def test_json_comes_with_any_content_type_and_spaces_in_names(api: Api) -> None:
    body = json.dumps(schedule(rotation(participants=[{"type": "none"}]), name="Pay ments v1.2")).encode()
    for_curl = {"Content-Type": "application/x-www-form-urlencoded"}
    assert (await api.ask("POST", "/v2/schedules", data=body, headers=for_curl)).status == 201
    got = await api.get("/v2/schedules/Pay%20ments%20v1.2?identifierType=name")
    assert got.data["name"] == "Pay ments v1.2"
    rotations = await api.get("/v2/schedules/Pay%20ments%20v1.2/rotations?scheduleIdentifierType=name")
    assert [each["name"] for each in rotations.data] == ["Rot1"]


async def test_the_zone_of_most_people_is_the_default(api: Api) -> None:
    nobody = rotation(participants=[{"type": "none"}])
    assert (await api.get(await made(api, nobody, timezone=""))).data["timezone"] == "UTC"
    async with api.units.begin(None) as unit:
        unit.session.add(User(name="Ana", timezone="Asia/Kolkata", refreshed_at=unit.now))
    assert (await api.get(await made(api, nobody, name="Other", timezone=""))).data["timezone"] == "Asia/Kolkata"
