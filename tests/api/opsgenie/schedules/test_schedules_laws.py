"""What holds for any schedule: what is told can be sent back and changes nothing; questions cost the same for many."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from bot.queries import schedules
from bot.queries.reading import Reader
from bot.vocabulary import RotationType, Weekday
from tests.api.conftest import Api
from tests.api.opsgenie.schedules.bodies import schedule
from tests.api.opsgenie.schedules.watches import Watches
from tests.usecases.stories import statements

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
)
SCHEDULES = 10


async def test_what_is_told_of_a_schedule_can_be_sent_back_and_changes_nothing(api: Api, reader: Reader) -> None:
    chance = Random(7)
    await Watches(api.units).people("ana", "raj")
    for number in range(SCHEDULES):
        body = schedule(*_rotations(chance), name=f"S{number}", timezone=chance.choice(ZONES))
        made = await api.post("/v2/schedules", body)
        assert made.status == 201, (made.body, body)
        path = f"/v2/schedules/{made.data['id']}"
        if chance.random() < 0.5:
            assert (await api.ask("PATCH", path, {"timezone": chance.choice(ZONES)})).status == 200
        told, version = (await api.get(path)).data, await _version(reader, made.data["id"])
        assert (await api.ask("PATCH", path, told)).status == 200
        for each in told["rotations"]:
            assert (await api.ask("PATCH", f"{path}/rotations/{each['id']}", each)).status == 200
        nameless = [{name: each[name] for name in each if name != "id"} for each in told["rotations"]]
        assert (await api.ask("PATCH", path, {"rotations": nameless})).status == 200
        assert (await api.get(path)).data == told
        assert await _version(reader, made.data["id"]) == version


async def test_questions_cost_the_same_however_many_schedules_there_are(api: Api) -> None:
    chance, costs = Random(1), []
    await Watches(api.units).people("ana", "raj")
    for round_ in range(2):
        for number in range(1 + 7 * round_):
            body = schedule(*_rotations(chance), name=f"S{round_}-{number}")
            made = await api.post("/v2/schedules", body)
        asked = f"/v2/schedules/{made.data['id']}"
        for path in ("/v2/schedules?expand=rotation", asked, f"{asked}/rotations"):
            with statements() as seen:
                assert (await api.get(path)).status == 200
            costs.append(len(seen))
    assert costs[:3] == costs[3:] and max(costs) <= 8, costs


async def _version(reader: Reader, schedule_id: str) -> int:
    async with reader() as reading:
        found = await schedules.by_id(reading, schedule_id)
    assert found
    return found.version


def _rotations(chance: Random) -> list[dict[str, Any]]:
    return [_rotation(chance) for _ in range(chance.randint(1, 3))]


def _rotation(chance: Random) -> dict[str, Any]:
    start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(600_000))
    end = start + timedelta(days=chance.randint(1, 900))
    roster = [{"type": "none"}, *({"type": "user", "username": f"{name}@example.com"} for name in ("ana", "raj"))]
    return {
        "name": chance.choice([None, "", "Days", "Nights"]),
        "startDate": start.isoformat(),
        "endDate": chance.choice([None, end.isoformat()]),
        "type": chance.choice(list(RotationType)),
        "length": chance.randint(1, 40),
        "participants": chance.choices(roster, k=chance.randint(1, 5)),
        "timeRestriction": chance.choice([None, _daily(chance), _weekly(chance)]),
    }


def _daily(chance: Random) -> dict[str, Any]:
    window = {"startHour": chance.randint(0, 11), "startMin": chance.randint(0, 59), "endHour": 24, "endMin": 0}
    return {"type": "time-of-day", "restriction": window}


def _weekly(chance: Random) -> dict[str, Any]:
    windows = [
        {
            "startDay": chance.choice(list(Weekday)),
            "startHour": chance.randint(0, 11),
            "startMin": chance.randint(0, 59),
            "endDay": chance.choice(list(Weekday)),
            "endHour": chance.randint(13, 23),
            "endMin": chance.randint(0, 59),
        }
        for _ in range(chance.randint(1, 15))
    ]
    return {"type": "weekday-and-time-of-day", "restrictions": windows}
