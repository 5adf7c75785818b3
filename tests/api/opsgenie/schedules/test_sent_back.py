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


@pytest.mark.parametrize("by", [("id",), ("name", "username")])
async def test_an_escalation_an_override_and_a_forwarding_are_sent_back_as_they_were(
    api: Api, by: tuple[str, ...]
) -> None:
    watches = Watches(api.units)
    ana, li = await watches.people("ana", "li")
    await watches.team("Core", li)
    theirs = await watches.team("Theirs", ana)
    roster = [{"type": "user", "id": li.id}]
    at = (await api.post("/v2/schedules", schedule(rotation(participants=roster), ownerTeam={"name": "Core"}))).data[
        "id"
    ]
    rules = [
        {"condition": "if-not-acked", "notifyType": "default", "delay": {"timeAmount": 1}, "recipient": recipient}
        for recipient in ({"type": "user", "id": ana.id}, {"type": "team", "id": theirs.id})
    ]
    made = await api.post("/v2/escalations", {"name": "Late", "rules": rules, "ownerTeam": {"name": "Core"}})
    late = f"/v2/escalations/{made.data['id']}"
    times = {"startDate": "2026-12-01T08:00:00Z", "endDate": "2026-12-02T08:00:00Z"}
    laid = f"/v2/schedules/{at}/overrides"
    for alias, user in (("ana", {"type": "user", "id": ana.id}), ("theirs", {"type": "team", "id": theirs.id})):
        assert (await api.post(laid, {"alias": alias, "user": user, **times})).status == 201
    passing = {"fromUser": {"id": li.id}, "toUser": {"id": ana.id}, "alias": "away", **times}
    assert (await api.post("/v2/forwarding-rules", passing)).status == 201
    forwarding = "/v2/forwarding-rules/away?identifierType=alias"
    await leave(api, ana.id, has_left=True)
    key = await api.make_key(*Right, team="Core")

    shown = (await api.get(late, key=key)).data
    for rule in shown["rules"]:
        rule["recipient"] = without(rule["recipient"], *by)
    assert (await api.ask("PATCH", late, shown, key=key)).status == 200
    assert (await api.get(late, key=key)).data == (await api.get(late)).data
    for alias in ("ana", "theirs"):
        shown = (await api.get(f"{laid}/{alias}", key=key)).data
        shown |= {"user": without(shown["user"], *by), "endDate": "2026-12-02T09:00:00Z"}
        answer = await api.ask("PUT", f"{laid}/{alias}", shown, key=key)
        assert answer.status == 200, answer.body
        assert (await api.get(f"{laid}/{alias}")).data["endDate"] == shown["endDate"]
    shown = (await api.get(forwarding)).data
    shown["toUser"] = without(shown["toUser"], *by)
    assert (await api.ask("PUT", forwarding, shown)).status == 200

    new = [rules[0], rules[1], {**rules[0], "recipient": {"type": "team", "name": "Nobody"}}]
    refused = await api.ask("PATCH", late, {"rules": new}, key=key)
    assert (refused.status, list(refused.body["errors"])) == (422, ["rules#2#recipient"])
    changed = {"user": {"type": "user", "id": ana.id}, **times}
    assert (await api.ask("PUT", f"{laid}/theirs", changed, key=key)).status == 422
    assert (
        await api.ask("PUT", forwarding, {**passing, "fromUser": {"id": ana.id}, "toUser": {"id": li.id}})
    ).status == 200


async def test_a_member_who_left_in_between_may_be_sent_back_and_nobody_new_who_has(api: Api) -> None:
    watches = Watches(api.units)
    ana, bot, li, eve = await watches.people("ana", "bot", "li", "eve")
    core = await watches.team("Core", ana, bot, li)
    path = f"/v2/teams/{core.id}"
    shown = (await api.get(path)).data
    for user_id, how in ((ana.id, {"has_left": True}), (bot.id, {"is_bot": True}), (eve.id, {"has_left": True})):
        await leave(api, user_id, **how)
    for by in (("id",), ("username",)):
        members = [{**each, "user": without(each["user"], *by)} for each in shown["members"]]
        assert (await api.ask("PATCH", path, {**shown, "members": members})).status == 200
    names = {each["user"]["username"] for each in (await api.get(path)).data["members"]}
    assert names == {"bot@example.com", "li@example.com"}
    stranger = {"user": {"id": eve.id}, "role": "user"}
    refused = await api.ask("PATCH", path, {"members": [*shown["members"], stranger]})
    assert (refused.status, list(refused.body["errors"])) == (422, ["members#3#user"])
    await leave(api, ana.id, has_left=False)
    assert len((await api.get(path)).data["members"]) == 3


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
