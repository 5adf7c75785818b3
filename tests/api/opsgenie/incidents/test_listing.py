"""Incidents in lists: by queries, in orders, in pages, at a cost that does not grow."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from bot.usecases.postmortems.create import create as create_postmortem
from tests.api.conftest import Api
from tests.api.opsgenie.incidents.making import became, opened, service_of, team_of, user_of
from tests.conftest import StillClock, met
from tests.usecases.stories import statements, wanted

FOUND: tuple[tuple[str, set[str]], ...] = (
    ("*", {"checkout", "mail", "disk"}),
    ("", {"checkout", "mail", "disk"}),
    ("DOWN", {"checkout", "mail"}),
    ("down über", {"mail"}),
    ('"ÜBER is"', {"mail"}),
    ("100%", {"disk"}),
    ("message: d_sk", set()),
    ("message = Disk*full", {"disk"}),
    ("description: pool", {"checkout"}),
    ("status: open", {"mail", "disk"}),
    ("status != open", {"checkout"}),
    ("NOT (status: open AND priority: P2)", {"checkout", "disk"}),
    ("priority: (P1 OR P2)", {"checkout", "mail"}),
    ("tag: db", {"checkout", "mail"}),
    ("tag: D*", {"checkout", "mail"}),
    ("tag: d", set()),
    ("NOT tag: *", {"disk"}),
    ("details.key: region AND details.value: eu*", {"mail"}),
    ("impactedServices: checkout", {"checkout"}),
    ("impactedServices: {service}", {"checkout"}),
    ("NOT impactedServices: {service}", {"mail", "disk"}),
    ("responders: mia@example.com", {"mail"}),
    ("responders: payments OR responders: {mia}", {"checkout", "mail"}),
    ("ownerTeam: payments", {"checkout"}),
    ("NOT ownerTeam: {team}", {"mail", "disk"}),
    ("tinyId > 1 AND tinyId <= 2", {"mail"}),
    ("id: {disk}", {"disk"}),
    ("createdAt > 2026-11-18T09:00:00Z", {"mail", "disk"}),
    ("createdAt: 2026-11-18T09:00:00Z", {"checkout"}),
    ("createdAt < 1794994200000", {"checkout"}),
    ("createdAt: 2026-11-18", {"checkout", "mail", "disk"}),
    ("impactEndDate > 2026-11-18", {"checkout"}),
    ("NOT impactEndDate > 2026-11-18", {"mail", "disk"}),
    ("updatedAt >= 2026-11-18T11:00:00Z", {"checkout", "disk"}),
    ("postmortemStatus: no-postmortem", {"mail", "disk"}),
    ("postmortemStatus: draft", {"checkout"}),
    ("postmortemStatus: published", set()),
    ("tag: db' OR 1=1 --", set()),
)
"""A query, and what it finds of three incidents."""


async def test_incidents_are_found_by_what_is_asked(api: Api, clock: StillClock) -> None:
    team, mia = await team_of(api), await user_of(api)
    service = await service_of(api, team)
    by_team = [{"type": "team", "id": team}]
    paths = {}
    paths["checkout"] = await opened(
        api,
        "Checkout is down",
        description="The POOL ran out.",
        priority="P1",
        tags=["db", "eu"],
        serviceId=service,
        responders=by_team,
    )
    clock.advance(hours=1)
    of_mail: dict[str, Any] = {"priority": "P2", "tags": ["DB"], "details": {"region": "eu-west"}}
    paths["mail"] = await opened(api, "Über is down", responders=[{"type": "user", "id": mia}], **of_mail)
    clock.advance(hours=1)
    paths["disk"] = await opened(api, "Disk 100% full")
    ana = await met(api.units, "UANA")
    checkout = paths["checkout"].rpartition("/")[2]
    async with api.units.begin(ana) as unit:
        await create_postmortem(unit, wanted(ana, unit.now, incident_id=checkout))
    await became(api, await api.post(f"{paths['checkout']}/resolve", {}))
    names = {path.rpartition("/")[2]: name for name, path in paths.items()}
    known = {"team": team, "mia": mia, "service": service, "disk": paths["disk"].rpartition("/")[2]}
    for query, expected in FOUND:
        text = query.format(**known) if "{" in query else query
        answer = await api.get(f"/v1/incidents/?query={quote(text)}")
        assert {names[each["id"]] for each in answer.data} == expected, (query, answer.body)
    for query in ("status: done", "colour: red", "(a", "tag: 'x' AND"):
        refused = await api.get(f"/v1/incidents?query={quote(query)}")
        assert (refused.status, list(refused.body["errors"])) == (422, ["query"]), query


async def test_a_list_has_an_order_and_pages(api: Api, clock: StillClock) -> None:
    for message in ("b", "c", "a"):
        await opened(api, message)
        clock.advance(minutes=1)

    async def listed(how: str) -> str:
        return "".join(each["message"] for each in (await api.get(f"/v1/incidents?{how}")).data)

    assert await listed("") == "acb"
    assert await listed("order=ASC") == "bca"
    assert await listed("sort=message&order=asc") == "abc"
    assert await listed("sort=tinyId&order=desc&limit=1000") == "acb"
    for sort in ("status", "priority", "owner", "isSeen", "updatedAt"):
        assert await listed(f"sort={sort}&order=asc") == "bca", sort
    first = await api.get("/v1/incidents/?limit=2&query=status:open")
    assert list(first.body["paging"]) == ["first", "next", "last"]
    last = await api.get(first.body["paging"]["next"].removeprefix(api.address))
    assert ([each["message"] for each in last.data], "next" in last.body["paging"]) == (["b"], False)
    for how, field in (("limit=-1", "limit"), ("offset=-1", "offset"), ("sort=colour", "sort"), ("order=up", "order")):
        refused = await api.get(f"/v1/incidents?{how}")
        assert (refused.status, list(refused.body["errors"])) == (422, [field])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_list_costs_as_many_statements_however_long_it_is(api: Api) -> None:
    costs = []
    for _ in range(2):
        for number in range(3):
            await opened(api, str(number), tags=["t"], note="n")
        with statements() as seen:
            assert (await api.get("/v1/incidents?query=tag:t")).status == 200
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 6
