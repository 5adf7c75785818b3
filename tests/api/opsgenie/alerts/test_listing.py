"""Alerts in lists: by queries, in orders, in pages, at a cost that does not grow; and their logs line by line."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from bot.queries.naming import username
from bot.vocabulary import AlertOrder
from tests.api.conftest import Api
from tests.api.opsgenie.alerts.making import became, logged, raised
from tests.api.opsgenie.incidents.making import team_of
from tests.conftest import StillClock, met
from tests.usecases.stories import statements

FOUND: tuple[tuple[str, set[str]], ...] = (
    ("*", {"db", "mail", "disk"}),
    ("", {"db", "mail", "disk"}),
    ("DOWN", {"db", "mail"}),
    ('"is down" 100%', set()),
    ("message: 100%", {"disk"}),
    ("message = disk*full", {"disk"}),
    ("description: POOL", {"db"}),
    ("status: open", {"mail", "disk"}),
    ("status=closed", {"db"}),
    ("NOT status: closed", {"mail", "disk"}),
    ("acknowledged: false AND status=open", {"disk"}),
    ("acknowledged: true", {"mail"}),
    ("isSeen: true", {"mail"}),
    ("snoozed: true", {"disk"}),
    ("NOT snoozed: true", {"db", "mail"}),
    ("snoozed: false", {"db", "mail"}),
    ("snoozedUntil > 2026-11-18", {"disk"}),
    ("alias: db/eu", {"db"}),
    ("alias: db*", {"db"}),
    ("id: {mail} OR alertId: {db}", {"db", "mail"}),
    ("tinyId > 1 AND tinyId <= 2", {"mail"}),
    ("count > 1", {"mail"}),
    ("entity: web", {"mail"}),
    ("source: 127.0", {"db", "disk"}),
    ("priority: (P1 OR P2)", {"db", "mail"}),
    ("tag: a", {"db", "mail"}),
    ("NOT tag: *", {"disk"}),
    ("actions: ping", {"disk"}),
    ("details.key: region AND details.value: eu*", {"mail"}),
    ("owner: {ana} OR owner: Ana", {"mail"}),
    ("acknowledgedBy: {ana}", {"mail"}),
    ("closedBy: cron", {"db"}),
    ("recipients: {ana}", {"disk"}),
    ("responders: payments", {"db"}),
    ("responders: late OR responders: ana", {"mail", "disk"}),
    ("teams: payments", {"db"}),
    ("team: {team}", {"db"}),
    ("integration.name: every*", {"db", "mail", "disk"}),
    ("createdAt > 1794994200000", {"mail", "disk"}),
    ("createdAt: 2026-11-18", {"db", "mail", "disk"}),
    ("updatedAt > 2026-11-18T11:00:00Z", set()),
    ("lastOccuredAt >= 2026-11-18T11:00:00Z", {"mail", "disk"}),
    ("tag: a' OR 1=1 --", set()),
)
"""A query, and what it finds of three alerts."""


async def test_alerts_are_found_by_what_is_asked(api: Api, clock: StillClock) -> None:
    team, ana = await team_of(api), await met(api.units, "UANA")
    step = {"condition": "if-not-acked", "notifyType": "default", "delay": {"timeAmount": 5, "timeUnit": "minutes"}}
    by_ana = [{**step, "recipient": {"type": "user", "id": ana.id}}]
    late = (await api.post("/v2/escalations", {"name": "late", "rules": by_ana})).data["id"]
    of_db: dict[str, Any] = {"alias": "db/eu", "priority": "P1", "tags": ["a"], "description": "The pool ran out."}
    db = await raised(api, "Db is down", responders=[{"type": "team", "id": team}], **of_db)
    clock.advance(hours=1)
    of_mail: dict[str, Any] = {"alias": "mail", "priority": "P2", "tags": ["A"], "details": {"region": "eu-west"}}
    by_late = [{"type": "escalation", "id": late}]
    mail = await raised(api, "Mail is down", responders=by_late, entity="web-1", source="probe", **of_mail)
    clock.advance(hours=1)
    to_ana = [{"type": "user", "id": ana.id}]
    disk = await raised(api, "Disk 100% full", actions=["Ping"], responders=to_ana)
    await raised(api, alias="mail")
    await became(api, await api.post(f"{db}/close", {"user": "cron"}))
    await became(api, await api.post(f"{mail}/acknowledge", {"user": username(ana)}))
    await became(api, await api.post(f"{disk}/snooze", {"endTime": "2026-11-19T09:00:00Z"}))
    names = {path.rpartition("/")[2]: name for name, path in (("db", db), ("mail", mail), ("disk", disk))}
    known = {name: id_ for id_, name in names.items()} | {"team": team, "ana": username(ana)}
    for query, expected in FOUND:
        text = quote(query.format(**known) if "{" in query else query)
        answer = await api.get(f"/v2/alerts?query={text}")
        assert {names[each["id"]] for each in answer.data} == expected, (query, answer.body)
        assert (await api.get(f"/v2/alerts/count/?query={text}")).data == {"count": len(expected)}, query


async def test_a_list_has_an_order_and_pages(api: Api, clock: StillClock) -> None:
    for message in ("b", "c", "a"):
        await raised(api, message)
        clock.advance(minutes=1)

    async def listed(how: str) -> str:
        answer = await api.get(f"/v2/alerts/?{how}")
        return "".join(each["message"] for each in answer.data)

    assert await listed("") == "acb"
    assert await listed("order=ASC&searchIdentifier=&searchIdentifierType=") == "bca"
    assert await listed("sort=message&order=asc") == "abc"
    assert await listed("sort=lastOccuredAt&limit=1000") == "acb"
    for sort in AlertOrder:
        assert sorted(await listed(f"sort={sort}&order=asc")) == ["a", "b", "c"], sort
        expected = "bca" if sort not in {AlertOrder.ALIAS, AlertOrder.MESSAGE} else None
        assert expected in {None, await listed(f"sort={sort}&order=asc")}, sort
    b, c = [(await api.get(f"/v2/alerts/{tiny}?identifierType=tiny")).data["id"] for tiny in (1, 2)]
    for path in (c, b):  # c is three minutes old by then, and b five: it waited longer
        await became(api, await api.post(f"/v2/alerts/{path}/acknowledge", {"user": path}))
        clock.advance(minutes=1)
    await became(api, await api.post(f"/v2/alerts/{c}/snooze", {"endTime": "2026-11-19T09:00:00Z"}))
    assert await listed("sort=report.ackTime&order=asc") == "acb"
    assert await listed("sort=snoozedUntil&order=desc") == "cab"
    first = await api.get("/v2/alerts?limit=2&query=status:open")
    assert list(first.body["paging"]) == ["first", "next", "last"]
    last = await api.get(first.body["paging"]["next"].removeprefix(api.address))
    assert ([each["message"] for each in last.data], "next" in last.body["paging"]) == (["b"], False)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_list_costs_as_many_statements_however_long_it_is(api: Api) -> None:
    ana, team = await met(api.units, "UANA"), await team_of(api)
    called = [{"type": "user", "id": ana.id}, {"type": "team", "id": team}]
    costs = []
    for _ in range(2):
        for number in range(3):
            await raised(api, str(number), tags=["t"], note="n", responders=called)
        with statements() as seen:
            assert (await api.get("/v2/alerts?query=tag:t")).status == 200
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 10


NIGHT: dict[str, Any] = {
    "type": "modify",
    "name": "night",
    "enabled": True,
    "filter": {"type": "match-all"},
    "message": "{{message}}",
    "tags": ["night"],
    "priority": "P5",
}


async def test_a_log_tells_what_policies_did_and_is_read_on_from_any_line(api: Api) -> None:
    made = await api.post("/v1/policies", NIGHT)
    assert made.status in {200, 201}, made.body
    other = {
        **NIGHT,
        "name": "day",
        "filter": {
            "type": "match-any-condition",
            "conditions": [{"field": "message", "operation": "equals", "expectedValue": "nothing"}],
        },
    }
    assert (await api.post("/v1/policies", other)).status in {200, 201}
    path = await raised(api)
    assert (await api.get(path)).data["priority"] == "P5"
    whole = await logged(api, path)
    assert whole[0] == "Alert created"
    applied = [line for line in whole if line.startswith("Policy [night] applied")]
    assert len(applied) == 1 and "[P3]" in applied[0] and "[P5]" in applied[0], whole
    for order, expected in (("asc", whole), ("desc", whole[::-1])):
        for limit in range(1, len(whole) + 1):
            read, address = [], f"{path}/logs?order={order}&limit={limit}"
            while address:
                answer = await api.get(address)
                assert len(answer.data) <= limit
                read += [each["log"] for each in answer.data]
                address = answer.body["paging"].get("next", "").removeprefix(api.address)
            assert read == expected, (order, limit)
    lines = (await api.get(f"{path}/logs?order=asc")).data
    assert {each["type"] for each in lines} >= {"raise-alert", "policy"}
    back = await api.get(f"{path}/logs?order=asc&direction=prev&limit=1&offset={lines[1]['offset']}")
    assert back.data == lines[:1]
