"""Rotations over HTTP, one by one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.engines.rotation import on_call
from bot.queries import schedules
from bot.queries.reading import Reader
from bot.vocabulary import TurnCounting
from storage.models import RotationVersion
from tests.api.conftest import Api
from tests.api.opsgenie.schedules.bodies import rotation, schedule
from tests.api.opsgenie.schedules.watches import Watches
from tests.conftest import StillClock

DAILY = {"type": "time-of-day", "restriction": {"startHour": 8, "startMin": 0, "endHour": 18, "endMin": 30}}


@pytest.fixture
async def path(api: Api) -> str:
    """The path of the rotations of a schedule with one, Days, of Ana and Raj."""
    await Watches(api.units).people("ana", "raj", "mia")
    days = rotation("ana@example.com", "raj@example.com", name="Days", endDate="2027-01-04T08:00:00Z")
    made = await api.post("/v2/schedules", schedule(days | {"timeRestriction": DAILY}))
    return f"/v2/schedules/{made.data['id']}/rotations"


async def test_they_are_listed_told_changed_and_deleted(api: Api, path: str) -> None:
    added = await api.post(path, rotation("mia@example.com", length="2"))
    assert (added.status, added.body["result"], added.data["name"]) == (201, "Created", "Rot2")
    listed = (await api.get(f"{path}/?scheduleIdentifierType=id")).data
    assert [each["name"] for each in listed] == ["Days", "Rot2"]
    one = f"{path}/{added.data['id']}"
    told = (await api.get(one)).data
    parent = told.pop("_parent")
    assert (parent["name"], parent["enabled"], set(parent)) == ("Payments", True, {"id", "name", "enabled"})
    assert told == listed[1]
    changed = await api.ask("PATCH", one, {"name": "Nights", "type": "daily"})
    assert (changed.status, changed.data) == (200, {"id": added.data["id"], "name": "Nights"})
    assert (await api.get(path)).data[1] == told | {"name": "Nights", "type": "daily"}
    deleted = await api.ask("DELETE", one)
    assert (deleted.status, deleted.body["result"]) == (200, "Deleted")
    assert (await api.ask("DELETE", one)).status == (await api.get(one)).status == 404
    assert (await api.ask("PATCH", one, {"length": 2})).status == 404


@pytest.mark.parametrize(
    ("sent", "changes"),
    [
        ({}, {}),
        ({"name": "", "participants": None, "length": None, "timeRestriction": {}, "endDate": ""}, {}),
        ({"name": " Days  "}, {"name": " Days  "}),
        ({"endDate": None}, {"endDate": None}),
        ({"timeRestriction": None}, {"timeRestriction": None}),
        ({"startDate": "2026-11-17T08:00:00Z"}, {"startDate": "2026-11-17T08:00:00Z"}),
        ({"length": 3, "type": "hourly"}, {"length": 3, "type": "hourly"}),
        ({"endDate": "2026-12-24T12:10:00+01:00"}, {"endDate": "2026-12-24T11:00:00Z"}),
    ],
)
async def test_a_patch_keeps_what_it_does_not_name_and_null_clears(
    api: Api, path: str, sent: dict[str, Any], changes: dict[str, Any]
) -> None:
    before = (await api.get(path)).data[0]
    assert (await api.ask("PATCH", f"{path}/{before['id']}", sent)).status == 200
    after = {name: value for name, value in {**before, **changes}.items() if value is not None}
    assert (await api.get(path)).data == [after]


async def test_a_changed_rotation_keeps_its_past_and_its_running_turn(
    api: Api, reader: Reader, clock: StillClock, path: str
) -> None:
    before = (await api.get(path)).data[0]
    by_name = {each["username"]: each["id"] for each in before["participants"]}
    clock.advance(days=7)
    roster = [{"type": "user", "username": name} for name in ("mia@example.com", "raj@example.com")]
    changed = await api.ask("PATCH", f"{path}/{before['id']}", {"participants": roster})
    assert changed.status == 200
    after = (await api.get(path)).data[0]
    assert (after["id"], after["startDate"]) == (before["id"], before["startDate"])
    assert [each["username"] for each in after["participants"]] == ["mia@example.com", "raj@example.com"]
    async with reader() as reading:
        found = await schedules.by_id(reading, path.split("/")[3])
    assert found and len(found.schedule.rotations[0].versions) == 2

    def holder(**ago: int) -> str | None:
        [segment] = on_call(found.schedule, clock.now - timedelta(**ago))
        return segment.participant.id

    assert (holder(days=7), holder(days=1), holder()) == (
        by_name["ana@example.com"],
        by_name["raj@example.com"],
        by_name["raj@example.com"],
    )
    assert holder(days=-7) == after["participants"][0]["id"]


async def test_what_the_wire_cannot_say_is_kept_as_long_as_it_can_be(api: Api, reader: Reader, path: str) -> None:
    """Turns that count only inside the windows are asked for in Slack."""
    one = (await api.get(path)).data[0]
    async with api.units.begin(None) as unit:
        (await unit.session.get_one(RotationVersion, (one["id"], 0))).turns = TurnCounting.ACTIVE

    async def turns() -> TurnCounting:
        async with reader() as reading:
            found = await schedules.by_id(reading, path.split("/")[3])
        assert found
        return found.schedule.rotations[0].rule.turns

    assert (await api.ask("PATCH", path.removesuffix("/rotations"), {"rotations": [one | {"length": 2}]})).status == 200
    assert await turns() is TurnCounting.ACTIVE
    assert (await api.ask("PATCH", f"{path}/{one['id']}", {"type": "hourly", "length": 5})).status == 200
    assert await turns() is TurnCounting.ALL
