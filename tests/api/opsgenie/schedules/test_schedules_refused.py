"""What is wrong with a schedule or rotation: the documented status, the field by its path, and nothing changed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from io import BytesIO
from typing import Any

import pytest
from sqlmodel import col, func, select

from bot.engines.rotation import MOST_PARTICIPANTS, MOST_ROTATIONS
from bot.vocabulary import Right
from storage.models import Event
from tests.api.conftest import Answer, Api
from tests.api.opsgenie.schedules.bodies import rotation, schedule
from tests.api.opsgenie.schedules.watches import Watches

NOBODY = {"participants": [{"type": "none"}]}
WINDOW = {"startHour": 8, "startMin": 0, "endHour": 18, "endMin": 0}
WEEKLY = {"startDay": "monday", "endDay": "friday", **WINDOW}


def daily(**window: Any) -> dict[str, Any]:
    return {"timeRestriction": {"type": "time-of-day", "restriction": {**WINDOW, **window}}}


def weekly(*windows: Mapping[str, Any]) -> dict[str, Any]:
    return {"timeRestriction": {"type": "weekday-and-time-of-day", "restrictions": list(windows)}}


ROTATIONS: list[tuple[dict[str, Any], str]] = [
    ({"startDate": None}, "startDate"),
    ({"startDate": "2026-11-16T08:00:00"}, "startDate"),
    ({"startDate": "16.11.2026"}, "startDate"),
    ({"startDate": "0001-01-01T00:00:00Z"}, "startDate"),
    ({"startDate": "9999-12-31T23:59:59Z"}, "startDate"),
    ({"endDate": "9999-12-31T23:59:59Z"}, "endDate"),
    ({"endDate": "9999-12-31T23:59:59-14:00"}, "endDate"),
    ({"endDate": "2026-11-16T08:00:00Z"}, "endDate"),
    ({"endDate": "2026-11-15T08:00:00Z"}, "endDate"),
    ({"endDate": "2026-11-16T08:14:00Z"}, "endDate"),
    ({"type": "Weekly"}, "type"),
    ({"type": "monthly"}, "type"),
    ({"length": 0}, "length"),
    ({"length": -1}, "length"),
    ({"length": 10**9}, "length"),
    ({"length": 1.5}, "length"),
    ({"name": "x" * 101}, "name"),
    ({"name": " "}, "name"),
    ({"name": "two\u2028lines"}, "name"),
    ({"participants": []}, "participants"),
    ({"participants": [{"type": "none"}] * (MOST_PARTICIPANTS + 1)}, "participants"),
    ({"participants": [{"type": "usr", "username": "ana@example.com"}]}, "participants#0#type"),
    ({"participants": [{"username": "ana@example.com"}]}, "participants#0#type"),
    ({"participants": [{"type": "none"}, {"type": "user", "name": "ana@example.com"}]}, "participants#1"),
    ({"participants": [{"type": "team", "username": "Core"}]}, "participants#0"),
    ({"participants": [{"type": "user", "username": "nobody@example.com"}]}, "participants#0#username"),
    ({"participants": [{"type": "user", "id": "nobody"}]}, "participants#0#id"),
    ({"participants": [{"type": "team", "name": "CORE"}]}, "participants#0#name"),
    ({"participants": [{"type": "escalation", "id": "none such"}]}, "participants#0#id"),
    (daily(startHour=24), "timeRestriction#restriction#startHour"),
    (daily(endHour=25), "timeRestriction#restriction#endHour"),
    (daily(endHour=24, endMin=30), "timeRestriction#restriction"),
    (daily(startMin=60), "timeRestriction#restriction#startMin"),
    (daily(endMin=None), "timeRestriction#restriction#endMin"),
    (daily(endHour=8, endMin=10), "timeRestriction"),
    ({"timeRestriction": {"type": "time-of-day"}}, "timeRestriction"),
    ({"timeRestriction": {"type": "time-of-day", "restrictions": [WINDOW, WINDOW]}}, "timeRestriction"),
    ({"timeRestriction": {"type": "weekday-and-time-of-day", "restriction": WINDOW}}, "timeRestriction"),
    ({"timeRestriction": {"type": "weekdays", "restriction": WINDOW}}, "timeRestriction#type"),
    (weekly(WEEKLY, {**WINDOW, "startDay": "monday"}), "timeRestriction#restrictions#1#endDay"),
    (weekly({**WEEKLY, "startDay": "Monday"}), "timeRestriction#restrictions#0#startDay"),
    (weekly({**WEEKLY, "startHour": 24}), "timeRestriction#restrictions#0#startHour"),
    (weekly(), "timeRestriction#restrictions"),
    (weekly(*[WEEKLY] * 16), "timeRestriction#restrictions"),
]

SCHEDULES: list[tuple[dict[str, Any], str]] = [
    ({"name": "x" * 101}, "name"),
    ({"name": " \u200b"}, "name"),
    ({"name": "two\nlines"}, "name"),
    ({"description": "x" * 10_001}, "description"),
    ({"timezone": "Mars/North"}, "timezone"),
    ({"timezone": "../../etc/passwd"}, "timezone"),
    ({"enabled": "perhaps"}, "enabled"),
    ({"ownerTeam": {"name": "no such team"}}, "ownerTeam"),
    ({"ownerTeam": {"id": "no such team"}}, "ownerTeam"),
    ({"rotations": []}, "rotations"),
    ({"rotations": ["First"]}, "rotations#0"),
    ({"rotations": {"name": "First"}}, "rotations"),
]


class Untouched:
    """A schedule that no refused request may change."""

    def __init__(self, api: Api, schedule_id: str) -> None:
        self.api = api
        self.path = f"/v2/schedules/{schedule_id}"

    async def state(self) -> tuple[Any, int]:
        async with self.api.units.begin(None) as unit:
            about_schedules = select(func.count()).select_from(Event).where(col(Event.verb).contains("schedule"))
            events = (await unit.session.exec(about_schedules)).one()
        return (await self.api.get("/v2/schedules?expand=rotation")).data, events


@pytest.fixture
async def untouched(api: Api) -> AsyncIterator[Untouched]:
    watches = Watches(api.units)
    await watches.people("ana")
    await watches.team("Core")
    made = await api.post("/v2/schedules", schedule(rotation("ana@example.com", name="Days")))
    found = Untouched(api, made.data["id"])
    before = await found.state()
    yield found
    assert await found.state() == before


def fields(answer: Answer) -> set[str]:
    assert answer.status == 422, answer.body
    assert answer.body["message"].startswith("Request body is not processable")
    assert all(isinstance(sentence, str) and sentence for sentence in answer.body["errors"].values())
    return set(answer.body["errors"])


async def test_a_bad_rotation_is_refused_by_its_path_wherever_it_stands(untouched: Untouched) -> None:
    api, path = untouched.api, untouched.path
    one = (await api.get(f"{path}/rotations")).data[0]["id"]
    for bad, field in ROTATIONS:
        body = {**rotation(**NOBODY), **bad}
        assert fields(await api.post(f"{path}/rotations", body)) == {field}, bad
        inside = f"rotations#1#{field}"
        assert fields(await api.post("/v2/schedules", schedule(rotation(**NOBODY), body, name="New"))) == {inside}, bad
        assert fields(await api.ask("PATCH", path, {"rotations": [rotation(**NOBODY), body]})) == {inside}, bad
        if bad != {"startDate": None}:  # which in a PATCH says nothing
            assert fields(await api.ask("PATCH", f"{path}/rotations/{one}", bad)) == {field}, bad


async def test_a_bad_schedule_is_refused_by_its_field(untouched: Untouched) -> None:
    api = untouched.api
    for bad, field in SCHEDULES:
        body = {**schedule(rotation(**NOBODY), name="New"), **bad}
        assert fields(await api.post("/v2/schedules", body)) == {field}, bad
        assert fields(await api.ask("PATCH", untouched.path, bad)) == {field}, bad
    for nameless in ({}, {"name": ""}, {"name": None}, {"Name": "New"}):
        assert fields(await api.post("/v2/schedules", nameless)) == {"name"}


async def test_a_schedule_has_no_more_rotations_than_can_be_asked(api: Api) -> None:
    bodies = [rotation(**NOBODY, name=f"r{number}") for number in range(MOST_ROTATIONS + 1)]
    full = await api.post("/v2/schedules", schedule(*bodies[1:], name="Full"))
    path = f"/v2/schedules/{full.data['id']}"
    assert fields(await api.post("/v2/schedules", schedule(*bodies, name="New"))) == {"rotations"}
    assert fields(await api.ask("PATCH", path, {"rotations": bodies})) == {"rotations"}
    assert fields(await api.post(f"{path}/rotations", bodies[0])) == {"rotations"}
    [first, *_] = (await api.get(f"{path}/rotations")).data
    assert (await api.ask("DELETE", f"{path}/rotations/{first['id']}")).status == 200
    assert (await api.post(f"{path}/rotations", bodies[0])).status == 201


async def test_everything_wrong_is_said_at_once(untouched: Untouched) -> None:
    api = untouched.api
    several = rotation(participants=[{"type": "usr"}], type="yearly", length=0)
    answer = await api.post("/v2/schedules", {"name": "x" * 101, "rotations": [several, []], "enabled": "perhaps"})
    assert fields(answer) == {
        "name",
        "enabled",
        "rotations#0#participants#0#type",
        "rotations#0#type",
        "rotations#0#length",
        "rotations#1",
    }
    strangers = rotation("nobody@example.com", endDate="2020-01-01T00:00:00Z")
    body = schedule(strangers, timezone="Mars/North", ownerTeam={"name": "nobody's"})
    assert fields(await api.post("/v2/schedules", body)) == {
        "name",
        "timezone",
        "ownerTeam",
        "rotations#0#participants#0#username",
        "rotations#0#endDate",
    }


async def test_a_name_that_is_taken_is_409_by_its_exact_letters(untouched: Untouched) -> None:
    api = untouched.api
    taken = await api.post("/v2/schedules", {"name": "Payments"})
    assert (taken.status, list(taken.body["errors"])) == (409, ["name"])
    other = await api.post("/v2/schedules", {"name": " payments  "})
    assert (other.status, other.data["name"]) == (201, " payments  ")
    path = f"/v2/schedules/{other.data['id']}"
    assert (await api.ask("PATCH", path, {"name": "Payments"})).status == 409
    assert (await api.ask("DELETE", path)).status == 200
    # Deleted again: nothing is left of it but what the log says, and for this test not even that.
    async with api.units.begin(None) as unit:
        for event in (await unit.session.exec(select(Event).where(Event.subject_id == other.data["id"]))).all():
            await unit.session.delete(event)


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b'{"name": "Half', 400),
        (b"", 422),
        (b"[]", 422),
        (b'"text"', 422),
        (b"null", 422),
        (b"\xff\xfe", 400),
        (b'{"name": "' + b"x" * 5_000_000 + b'"}', 413),
        (b'{"name": "\\u0000"}', 422),
        (b"[" * 100_000, 400),
    ],
)
async def test_what_is_no_schedule_at_all(untouched: Untouched, data: bytes, status: int) -> None:
    answer = await untouched.api.ask("POST", "/v2/schedules", data=BytesIO(data))
    assert (answer.status, isinstance(answer.body["message"], str)) == (status, True)


async def test_a_key_that_may_not_and_what_is_not_there(untouched: Untouched) -> None:
    api, path = untouched.api, untouched.path
    team = await api.make_key(*Right, team="Core", name="of a team")
    reader = await api.make_key(Right.READ, Right.CONFIGURE, name="a reader")
    writer = await api.make_key(Right.READ, Right.WRITE, Right.CONFIGURE, name="a writer")
    one = (await api.get(f"{path}/rotations")).data[0]["id"]
    requests: list[tuple[str, str, Any]] = [
        ("PATCH", path, {"name": "Mine"}),
        ("DELETE", path, None),
        ("POST", f"{path}/rotations", rotation(**NOBODY)),
        ("PATCH", f"{path}/rotations/{one}", {"length": 2}),
        ("DELETE", f"{path}/rotations/{one}", None),
    ]
    for method, where, body in requests:
        for key in (reader, team):
            answer = await api.ask(method, where, body, key=key)
            assert (answer.status, answer.body["code"]) == (403, 40301)
        elsewhere = where.replace(path, "/v2/schedules/none-such")
        assert (await api.ask(method, elsewhere, body)).status == 404
        if method == "DELETE":
            assert (await api.ask(method, where, key=writer)).status == 403
    assert (await api.post("/v2/schedules", {"name": "Mine"}, key=reader)).status == 403
    for method, _, body in requests[3:]:
        assert (await api.ask(method, f"{path}/rotations/none-such", body)).status == 404
    assert (await api.get(f"{path}/rotations/none-such")).status == 404
    assert (await api.get(path, key=team)).body["code"] == 40301
