"""What a program was shown it can send back, whoever stands in it by now."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import col, func, select

from bot.vocabulary import Right
from storage.models import Event, User
from tests.api.conftest import Api
from tests.api.opsgenie.schedules.bodies import rotation, schedule
from tests.api.opsgenie.schedules.watches import Watches


async def edits(api: Api) -> int:
    async with api.units.begin(None) as unit:
        return (await unit.session.exec(select(func.count()).where(col(Event.verb) == "edit-schedule"))).one()


async def leave(api: Api, user_id: str | None, **how: Any) -> None:
    async with api.units.begin(None) as unit:
        row = await unit.session.get(User, user_id)
        assert row
        row.sqlmodel_update(how)


def without(participant: dict[str, Any], *fields: str) -> dict[str, Any]:
    return {name: value for name, value in participant.items() if name not in fields}


@pytest.mark.parametrize("by", [("id",), ("name", "username"), ()])
async def test_who_stands_in_a_roster_already_may_be_sent_back(api: Api, by: tuple[str, ...]) -> None:
    watches = Watches(api.units)
    ana, bot, li = await watches.people("ana", "bot", "li")
    await watches.team("Core", li)
    theirs = await watches.team("Theirs", ana)
    late = await watches.escalation("Late", (0, "default", "user", ana.id))
    roster = [{"type": who.kind, "id": who.id} for who in (ana, bot, li, late, theirs)]
    body = schedule(rotation(participants=roster, name="R"), ownerTeam={"name": "Core"})
    path = f"/v2/schedules/{(await api.post('/v2/schedules', body)).data['id']}"
    await leave(api, ana.id, has_left=True)
    await leave(api, bot.id, is_bot=True)
    key = await api.make_key(*Right, team="Core")
    shown = (await api.get(path, key=key)).data
    for each in shown["rotations"]:
        each["participants"] = [without(who, *by) for who in each["participants"]]
    answer = await api.ask("PATCH", path, shown, key=key)
    assert answer.status == 200, answer.body
    one = shown["rotations"][0]
    answer = await api.ask("PATCH", f"{path}/rotations/{one['id']}", one, key=key)
    assert (answer.status, await edits(api)) == (200, 0), answer.body
    again = {"participants": one["participants"][::-1]}
    assert (await api.ask("PATCH", f"{path}/rotations/{one['id']}", again, key=key)).status == 200
    kinds = [who["type"] for who in (await api.get(path)).data["rotations"][0]["participants"]]
    assert kinds == ["team", "escalation", "user", "user", "user"]


async def test_nobody_comes_in_so_who_was_not_there(api: Api) -> None:
    watches = Watches(api.units)
    ana, li = await watches.people("ana", "li")
    await watches.team("Core", li)
    late = await watches.escalation("Late", (0, "default", "user", ana.id))
    mine = [{"type": "user", "id": li.id}]
    rotations = [rotation(participants=mine, name="A"), rotation(participants=[{"type": "escalation", "id": late.id}])]
    made = await api.post("/v2/schedules", schedule(*rotations, ownerTeam={"name": "Core"}))
    path = f"/v2/schedules/{made.data['id']}"
    await leave(api, ana.id, has_left=True)
    key = await api.make_key(*Right, team="Core")
    one = (await api.get(path)).data["rotations"][0]["id"]
    for stranger in ({"type": "escalation", "id": late.id}, {"type": "user", "username": "ana@example.com"}):
        answer = await api.ask("PATCH", f"{path}/rotations/{one}", {"participants": [*mine, stranger]}, key=key)
        assert answer.status == 422, stranger
    assert await edits(api) == 0


async def test_a_start_on_the_half_hour_stays_where_clocks_show_a_quarter(api: Api) -> None:
    await Watches(api.units).people("ana")
    span = {"startDate": "2026-11-16T17:00:00Z", "endDate": "2026-12-16T17:30:00Z"}
    made = await api.post("/v2/schedules", schedule(rotation("ana@example.com", **span), timezone="Asia/Kathmandu"))
    path = f"/v2/schedules/{made.data['id']}"
    shown = (await api.get(path)).data["rotations"][0]
    assert {name: shown[name] for name in span} == span
    assert (await api.ask("PATCH", f"{path}/rotations/{shown['id']}", {"startDate": span["startDate"]})).status == 200
    assert await edits(api) == 0
    await api.ask("PATCH", f"{path}/rotations/{shown['id']}", {"startDate": "2026-11-16T17:10:00Z"})
    assert (await api.get(path)).data["rotations"][0]["startDate"] == "2026-11-16T17:15:00Z"
