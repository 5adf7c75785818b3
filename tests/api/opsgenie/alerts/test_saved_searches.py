"""Saved searches: kept under a name, and named in the place of a query."""

from __future__ import annotations

from typing import Any

import pytest

from bot.vocabulary import Right
from tests.api.conftest import Api
from tests.api.opsgenie.alerts.making import raised
from tests.api.opsgenie.incidents.making import team_of, user_of

SEARCHES = "/v2/alerts/saved-searches"
BOTH = "searchIdentifier=urgent&searchIdentifierType=name"
ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_it_is_kept_found_changed_and_deleted_and_lists_ask_by_it(api: Api) -> None:
    mia = await user_of(api)
    body: dict[str, Any] = {
        "name": "urgent",
        "query": "priority: P1 OR priority: P2",
        "owner": {"username": "mia@example.com"},
    }
    made = await api.post(SEARCHES, {**body, "description": "What wakes us", "teams": []})
    assert (made.status, made.body["result"], made.data["name"]) == (201, "Created", "urgent")
    at = f"{SEARCHES}/{made.data['id']}"
    found = (await api.get(f"{SEARCHES}/urgent?identifierType=name")).data
    assert (found["query"], found["owner"], found["teams"]) == (body["query"], {"id": mia}, [])
    assert (await api.get(f"{SEARCHES}/")).data == [{"id": found["id"], "name": "urgent"}]
    await raised(api, "db is down", priority="P1", alias="a")
    await raised(api, "disk", priority="P2", alias="b")
    await raised(api, "disk", priority="P5", alias="c")
    for asked, aliases in (
        (BOTH, "ba"),
        (f"{BOTH}&query=message: disk", "b"),
        (f"searchIdentifier={found['id']}", "ba"),
    ):
        assert "".join(each["alias"] for each in (await api.get(f"/v2/alerts?{asked}")).data) == aliases
        assert (await api.get(f"/v2/alerts/count?{asked}")).data == {"count": len(aliases)}
    assert "searchIdentifier=urgent" in (await api.get(f"/v2/alerts?{BOTH}&limit=1")).body["paging"]["next"]
    changed = await api.ask("PATCH", at, {"query": "priority: P5", "description": ""})
    assert (changed.status, changed.data["query"], changed.data["description"]) == (200, "priority: P5", "")
    assert (await api.get(f"/v2/alerts/count?{BOTH}")).data == {"count": 1}
    assert (await api.ask("DELETE", at)).body["result"] == "Deleted"
    assert (await api.get(at)).status == 404
    assert set((await api.get(f"/v2/alerts?{BOTH}")).body["errors"]) == {"searchIdentifier"}


@ONE_DATABASE
async def test_what_is_wrong_is_named(api: Api) -> None:
    good = {"name": "n", "query": "status: open"}
    cases: tuple[tuple[dict[str, Any], set[str]], ...] = (
        ({}, {"name", "query"}),
        ({"name": "n" * 101, "query": "a" * 1001, "description": "d" * 15_001}, {"name", "query", "description"}),
        ({**good, "query": "colour: red"}, {"query"}),
        ({**good, "owner": {"id": "nobody"}, "teams": [{"name": "nothing"}]}, {"owner", "teams#0"}),
    )
    for body, fields in cases:
        answer = await api.post(SEARCHES, body)
        assert (answer.status, set(answer.body["errors"])) == (422, fields), body
    assert (await api.post(SEARCHES, good)).status == 201
    assert (await api.post(SEARCHES, good)).status == 409
    other = (await api.post(SEARCHES, {**good, "name": "other"})).data["id"]
    await team_of(api)
    theirs = await api.make_key(Right.READ, Right.WRITE, Right.DELETE, team="payments", name="theirs")
    assert (await api.post(SEARCHES, {**good, "name": "ours"}, key=theirs)).status == 201
    assert [each["name"] for each in (await api.get(SEARCHES, key=theirs)).data] == ["ours"]
    assert (await api.ask("DELETE", f"{SEARCHES}/{other}", key=theirs)).status == 403
    assert (await api.get("/v2/alerts?searchIdentifierType=name&searchIdentifier=n", key=theirs)).status == 422
    assert (await api.ask("PATCH", f"{SEARCHES}/{other}", {"name": "n"})).status == 409
