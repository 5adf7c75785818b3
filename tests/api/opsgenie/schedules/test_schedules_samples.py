"""Every sample of the documentation about schedules as such, as it is printed, answered in the sample's shape."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.api.conftest import Answer, Api
from tests.api.opsgenie.schedules.bodies import SAMPLE_PATCH, WEEKLY_WINDOWS, sample_create
from tests.api.opsgenie.schedules.watches import Watches

BY_NAME = "/v2/schedules/ScheduleName?identifierType=name"


def shape(answer: Answer, *beside: str) -> None:
    assert set(answer.body) == {*beside, "took", "requestId"}
    assert isinstance(answer.body["took"], float) and UUID(answer.body["requestId"])


@pytest.fixture
async def made(api: Api) -> dict[str, Any]:
    """The sample, created; its answer's data, and the ids of those it speaks of."""
    watches = Watches(api.units)
    ana, raj = await watches.people("ana", "raj")
    team = await watches.team("ops_team")
    answer = await api.post("/v2/schedules", sample_create(second_user=raj.id or ""))
    assert answer.status == 201
    shape(answer, "data")
    return {**answer.data, "ana": ana.id, "raj": raj.id, "team": team.id}


async def test_create_and_get(api: Api, made: dict[str, Any]) -> None:
    assert UUID(made["id"]) and (made["name"], made["enabled"]) == ("ScheduleName", True)
    got = await api.get(BY_NAME)
    shape(got, "data")
    [rotation] = got.data["rotations"]
    assert UUID(rotation.pop("id"))
    assert got.data == {
        "id": made["id"],
        "name": "ScheduleName",
        "description": "ScheduleDescription",
        "timezone": "Europe/Kirov",
        "enabled": True,
        "ownerTeam": {"id": made["team"], "name": "ops_team"},
        "rotations": [rotation],
    }
    assert rotation == {
        "name": "First Rotation",
        "startDate": "2017-02-06T05:00:00Z",
        "endDate": "2017-02-23T06:00:00Z",
        "type": "hourly",
        "length": 6,
        "participants": [
            {"type": "user", "id": made["ana"], "username": "ana@example.com"},
            {"type": "none"},
            {"type": "user", "id": made["raj"], "username": "raj@example.com"},
        ],
        "timeRestriction": {"type": "weekday-and-time-of-day", "restrictions": WEEKLY_WINDOWS},
    }


async def test_the_restriction_of_one_day_is_an_object_in_the_answer(api: Api, made: dict[str, Any]) -> None:
    """As the documentation's own field example sends it; the list of its get sample is the exception it names."""
    daily = {"type": "time-of-day", "restriction": {"startHour": 8, "startMin": 0, "endHour": 18, "endMin": 30}}
    got = await api.get(f"/v2/schedules/{made['id']}")
    rotation = got.data["rotations"][0]
    patched = await api.ask(
        "PATCH", f"/v2/schedules/{made['id']}", {"rotations": [rotation | {"timeRestriction": daily}]}
    )
    assert patched.status == 200
    as_sampled = {"type": "time-of-day", "restrictions": [daily["restriction"]]}
    again = await api.ask("PATCH", BY_NAME, {"rotations": [rotation | {"timeRestriction": as_sampled}]})
    assert again.status == 200
    assert (await api.get(BY_NAME)).data["rotations"][0]["timeRestriction"] == daily


async def test_patch(api: Api, made: dict[str, Any]) -> None:
    answer = await api.ask("PATCH", BY_NAME, SAMPLE_PATCH)
    assert answer.status == 200
    shape(answer, "data")
    assert answer.data == {"id": made["id"], "name": "DisabledScheduleName", "enabled": False}
    got = (await api.get(f"/v2/schedules/{made['id']}")).data
    assert (got["description"], got["timezone"], got["enabled"]) == ("ScheduleDescription", "Europe/Kirov", False)
    [rotation] = got["rotations"]
    del rotation["id"]
    assert rotation == {
        "name": "Rot1",
        "startDate": "2019-01-15T06:00:00Z",
        "type": "daily",
        "length": 1,
        "participants": [{"type": "none"}],
    }


async def test_delete(api: Api, made: dict[str, Any]) -> None:
    answer = await api.ask("DELETE", BY_NAME)
    assert (answer.status, answer.body["result"]) == (200, "Deleted")
    shape(answer, "result")
    assert (await api.get(BY_NAME)).status == (await api.ask("DELETE", BY_NAME)).status == 404


async def test_list(api: Api, made: dict[str, Any]) -> None:
    listed = await api.get("/v2/schedules")
    shape(listed, "data", "expandable")
    assert listed.body["expandable"] == ["rotation"]
    [schedule] = listed.data
    whole = (await api.get(BY_NAME)).data
    brief = [
        {name: value for name, value in each.items() if name not in {"endDate", "timeRestriction"}}
        for each in whole["rotations"]
    ]
    assert schedule == {**whole, "rotations": brief}
    expanded = await api.get("/v2/schedules?expand=rotation")
    assert (expanded.data, expanded.body["expandable"]) == ([whole], ["rotation"])
