"""Forwarding rules over HTTP: somebody's duty passes to somebody else, in every schedule."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote

import pytest

from bot.engines.rotation import Participant
from bot.vocabulary import Right
from tests.api.conftest import Answer, Api
from tests.api.opsgenie.schedules.watches import Watches, rotation
from tests.usecases.stories import statements

PATH = "/v2/forwarding-rules"
HOLIDAY = {"startDate": "2026-01-06T00:07:11Z", "endDate": "2026-01-10T00:00:00Z"}
AWAY = {"fromUser": {"username": "ana@example.com"}, "toUser": {"username": "raj@example.com"}, **HOLIDAY}


@pytest.fixture
async def people(api: Api) -> dict[str, Participant]:
    names = ("ana", "raj", "li")
    return dict(zip(names, await Watches(api.units).people(*names), strict=True))


async def _made(api: Api, **fields: Any) -> Any:
    answer = await api.post(PATH, {**AWAY, **fields})
    assert answer.status == 201, answer.text
    return answer.data


async def _on_call(api: Api, schedule_id: str, date: str) -> list[tuple[str, str | None]]:
    """Who is on call then, and whose duty it was."""
    found = (await api.get(f"/v2/schedules/{schedule_id}/on-calls?date={date}")).data["onCallParticipants"]
    return [
        (each["name"].partition("@")[0], each.get("forwardedFrom", {}).get("name", "").partition("@")[0] or None)
        for each in found
    ]


async def test_one_is_made_listed_read_and_deleted(api: Api, people: dict[str, Participant]) -> None:
    made = await _made(api, alias="a week/off")
    assert made.keys() == {"id", "alias"} and made["alias"] == "a week/off"
    told = {
        **made,
        "fromUser": {"id": people["ana"].id, "username": "ana@example.com"},
        "toUser": {"id": people["raj"].id, "username": "raj@example.com"},
        **HOLIDAY,
    }
    by_alias = f"{PATH}/{quote('a week/off', safe='')}?identifierType=alias"
    for path in (f"{PATH}/{made['id']}", f"{PATH}/{made['id']}/?identifierType=id", by_alias):
        assert (await api.get(path)).data == told
    of_ana = f"/v2/users/{quote('ana@example.com')}/forwarding-rules"
    for path in (PATH, of_ana, f"/v2/users/{people['ana'].id}/forwarding-rules"):
        assert (await api.get(path)).data == [told]
    assert (await api.get(f"/v2/users/{people['raj'].id}/forwarding-rules")).data == []

    deleted = await api.ask("DELETE", by_alias)
    assert (deleted.status, deleted.body["result"]) == (200, "Deleted")
    for method in ("GET", "PUT", "DELETE"):
        gone = await api.ask(method, f"{PATH}/{made['id']}", AWAY)
        assert (gone.status, gone.body["message"]) == (404, f"No forwarding rule exists with id [{made['id']}].")
    assert (await api.get("/v2/users/nobody/forwarding-rules")).status == 404


async def test_the_duty_passes_in_every_schedule_along_a_chain_and_back_when_it_is_deleted(
    api: Api, people: dict[str, Participant]
) -> None:
    watches = Watches(api.units)
    first = await watches.schedule("First", rotation("Primary", people["ana"]))
    second = await watches.schedule("Second", rotation("Primary", people["ana"], people["raj"]))
    assert await _on_call(api, first.id, "2026-01-07T00:00:00Z") == [("ana", None)]
    to_raj = await _made(api)
    for schedule in (first, second):
        assert await _on_call(api, schedule.id, "2026-01-06T00:07:10Z") == [("ana", None)]
        assert await _on_call(api, schedule.id, "2026-01-06T00:07:11Z") == [("raj", "ana")]
        assert await _on_call(api, schedule.id, "2026-01-10T00:00:00Z") == [("ana", None)]
    chained = {"fromUser": {"id": people["raj"].id}, "toUser": {"id": people["li"].id}}
    to_li = await _made(api, **chained, endDate="2026-01-08T00:00:00Z")
    assert await _on_call(api, first.id, "2026-01-07T00:00:00Z") == [("li", "ana")]
    assert await _on_call(api, first.id, "2026-01-08T00:00:00Z") == [("raj", "ana")]
    round_again = await _made(api, fromUser={"id": people["li"].id}, toUser={"id": people["ana"].id})
    assert await _on_call(api, first.id, "2026-01-07T00:00:00Z") == [("li", "ana")]
    for rule in (round_again, to_li):
        await api.ask("DELETE", f"{PATH}/{rule['id']}")
    assert await _on_call(api, first.id, "2026-01-07T00:00:00Z") == [("raj", "ana")]
    await api.ask("DELETE", f"{PATH}/{to_raj['id']}")
    assert await _on_call(api, first.id, "2026-01-07T00:00:00Z") == [("ana", None)]


async def test_a_replaced_one_says_all_of_it_anew_and_twice_is_as_once(
    api: Api, people: dict[str, Participant]
) -> None:
    made = await _made(api, alias="")
    assert len(made["alias"]) == 36
    body = {
        "fromUser": {"username": "ANA@example.com", "id": ""},
        "toUser": {"id": people["li"].id, "username": ""},
        "startDate": "2026-01-06T01:00:00+01:00",
        "endDate": "2026-01-07T00:00:00.000Z",
        "alias": "other",
        "IdentifierType": "alias",
    }
    for _ in range(2):
        answer = await api.ask("PUT", f"{PATH}/{made['alias']}?identifierType=alias", body)
        assert (answer.status, answer.data) == (200, made)
    told = (await api.get(f"{PATH}/{made['id']}")).data
    assert (told["toUser"]["username"], told["startDate"]) == ("li@example.com", "2026-01-06T00:00:00Z")
    assert told["alias"] == made["alias"]


BAD: dict[str, tuple[dict[str, Any], set[str]]] = {
    "nobody said": ({"fromUser": None, "toUser": "raj@example.com"}, {"fromUser", "toUser"}),
    "nobody named": ({"fromUser": {}, "toUser": {"id": "", "username": ""}}, {"fromUser", "toUser"}),
    "users that there are not": (
        {"fromUser": {"username": "zoe@example.com"}, "toUser": {"id": "zoe"}},
        {"fromUser", "toUser"},
    ),
    "to oneself": ({"toUser": {"username": "Ana@example.com"}}, {"toUser"}),
    "an end before the start": ({"endDate": HOLIDAY["startDate"]}, {"endDate"}),
    "no times": ({"startDate": "soon", "endDate": None}, {"startDate", "endDate"}),
    "years nobody means": ({"endDate": "9999-01-01T00:00:00Z"}, {"endDate"}),
    "an alias of blanks": ({"alias": " "}, {"alias"}),
    "everything": (
        {"fromUser": {"id": "zoe"}, "toUser": {"id": "zoe"}, "endDate": HOLIDAY["startDate"], "alias": "x" * 513},
        {"fromUser", "toUser", "endDate", "alias"},
    ),
}


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("case", BAD)
async def test_whatever_is_wrong_is_named_and_nothing_changes(api: Api, case: str) -> None:
    fields, named = BAD[case]
    kept = await _made(api)
    before = (await api.get(PATH)).data
    answer = await api.post(PATH, {**AWAY, **fields})
    assert answer.status == 422, answer.text
    assert answer.body["errors"].keys() == named
    if named != {"alias"}:  # a PUT keeps the alias
        assert (await api.ask("PUT", f"{PATH}/{kept['id']}", {**AWAY, **fields})).status == 422
    assert (await api.get(PATH)).data == before
    assert (await api.get(f"{PATH}/{kept['id']}?identifierType=name")).status == 422


async def test_of_several_at_once_with_one_alias_exactly_one_is_made(api: Api, people: dict[str, Participant]) -> None:
    async def ask(method: str, path: str, to: str) -> Answer:
        return await api.ask(method, path, {**AWAY, "alias": "holiday", "toUser": {"id": people[to].id}})

    made = await asyncio.gather(*(ask("POST", PATH, to) for to in ("raj", "li", "raj", "li")))
    assert sorted(each.status for each in made) == [201, 409, 409, 409]
    assert "“holiday”" in next(each for each in made if each.status == 409).body["errors"]["alias"]
    path = f"{PATH}/holiday?identifierType=alias"
    assert {each.status for each in await asyncio.gather(*(ask("PUT", path, to) for to in ("raj", "li")))} == {200}
    ended = await asyncio.gather(*(api.ask("DELETE", path) for _ in range(3)))
    assert sorted(each.status for each in ended) == [200, 404, 404]


async def test_a_key_that_acts_for_a_team_neither_sees_nor_changes_any(
    api: Api, people: dict[str, Participant]
) -> None:
    await Watches(api.units).team("Ops")
    made = await _made(api)
    of_ops = await api.make_key(*Right, team="Ops", name="ops")
    one, of_ana = f"{PATH}/{made['id']}", f"/v2/users/{people['ana'].id}/forwarding-rules"
    for method, path in (("GET", PATH), ("GET", one), ("GET", of_ana), ("POST", PATH), ("PUT", one), ("DELETE", one)):
        refused = await api.ask(method, path, AWAY, key=of_ops)
        assert (refused.status, refused.body["code"]) == (403, 40301), (method, path)
        assert "one team alone" in refused.body["message"]
    assert len((await api.get(PATH)).data) == 1


@pytest.mark.usefixtures("people")
async def test_a_list_costs_the_same_however_long_it_is(api: Api) -> None:
    costs = []
    for number in range(5):
        await _made(api, alias=str(number))
        with statements() as seen:
            assert len((await api.get(PATH)).data) == number + 1
        costs.append(len(seen))
    assert costs[1] == costs[-1], "\n".join(seen)
