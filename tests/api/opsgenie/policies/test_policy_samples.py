"""Every sample of the Policy API's documentation, version 1, as it is printed there, answered in the sample's shape.

Only ids and keys are those of this house, and a comma too many is taken out.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest

from tests.api.conftest import Api
from tests.api.opsgenie.policies.world import CLOSE, DELAY, FIRST, RESTART, made, shape

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

CREATE_AUTO_CLOSE = """
{
"policyDescription":"auto close policy description",
"enabled":"true",
"filter":{
"type":"match-all-conditions",
"conditions":[
{
"field":"recipients",
"operation":"contains",
"expectedValue":"recipient",
"not":true
},
{
"field":"message",
"operation":"contains",
"expectedValue":"message"
}
]
},
"timeRestrictions": {
"type":"time-of-day",
"restriction": {
"endHour":5,
"endMin":10,
"startHour":20,
"startMin":23
}
},
"type":"auto-close",
"name":"auto close policy",
"duration":{
"timeAmount":10,
"timeUnit":"minutes"
}
}"""
CREATE_AUTO_RESTART = """
{
"enabled":"true",
"type":"auto-restart-notifications",
"name":"auto restart policy",
"duration":{
"timeAmount":10,
"timeUnit":"minutes"
},
"maxRepeatCount":10
}"""
CREATE_DEDUPLICATION = """
{
"enabled":"true",
"type":"notification-deduplication",
"name":"notification deduplication policy frequency",
"deduplicationActionType":"frequency-based",
"count":5,
"duration":{
"timeUnit":"minutes",
"timeAmount":5
}
}"""
CREATE_MODIFY = """
{
"type":"modify",
"policyDescription":"modify policy description",
"enabled":"true",
"filter":{
"type":"match-all-conditions",
"conditions":[
{
"field":"message",
"operation":"contains",
"expectedValue":"dynamodb"
}
]
},
"ignoreOriginalRecipients": true,
"ignoreOriginalTags": true,
"continue": true,
"name":"Modify Policy",
"message":"{{message}} db error",
"recipients":[{"type":"user","id":"1e1d2ba1-4532-4602-878e-9db1aa927164"}],
"alias":"{{alias.toLowerCase()}} dynamodb",
"tags":["dynamodb"],
"description":"{{description}}"
}"""
CREATED = """
{
"data": {
"id": "95579bd4-9820-4043-aa77-969026e56924",
"name": "auto close policy2",
"type": "auto-close",
"enabled": true
},
"took": 0.119,
"requestId": "f6ada606-5d5e-46e2-9294-27118d636b0f"
}"""
GOT = """
{
"data": {
"type": "notification-deduplication",
"policyDescription": "notification deduplication description",
"id": "2b228902-cc04-4f8a-b64f-a381f1289c9b",
"name": "notification deduplication policy value-based",
"enabled": true,
"filter": {
"type": "match-all-conditions",
"conditions": [
{
"field": "message",
"not": false,
"operation": "contains",
"expectedValue": "message",
"order": 0
},
{
"field": "recipients",
"not": true,
"operation": "contains",
"expectedValue": "recipient",
"order": 0
}
]
},
"timeRestrictions": {
"type": "time-of-day",
"restriction": {
"startHour": 20,
"endHour": 5,
"startMin": 23,
"endMin": 10
}
},
"deduplicationActionType": "value-based",
"count": 10
},
"took": 0.028,
"requestId": "2c2ad4de-9e76-405d-ad13-e9367f524de3"
}"""
UPDATE = """
{
"policyDescription":"updated description",
"enabled":"true",
"filter":{
"type":"match-all-conditions",
"conditions":[
{
"field":"recipients",
"operation":"contains",
"expectedValue":"recipient",
"not":true
},
{
"field":"message",
"operation":"contains",
"expectedValue":"message"
}
]
},
"type":"notification-suppress",
"name":"notification suppress"
}"""
UPDATED = '{"result": "Updated", "took": 0.038, "requestId": "23b33e2a-cc5c-457a-84a7-12d4171c7b7c"}'
DELETED = '{"result": "Deleted", "took": 0.059, "requestId": "3b2a3666-b3f6-4ac4-b6ca-5a84d395ce20"}'
DISABLED = '{"result": "Disabled", "took": 0.031, "requestId": "3ef3e18e-f324-4a45-a31c-3b201d36aa2c"}'
ENABLED = '{"result": "Enabled", "took": 0.034, "requestId": "89745648-19de-49da-a563-adb2243c212f"}'
ORDER_CHANGED = '{"result": "Order Changed", "took": 0.134, "requestId": "89745568-12ge-41aa-a8fe-abd224c3212f"}'
LISTED = """
{
"data": [
{
"id": "a697b628-e0e3-4043-b01f-6b587e5e98a0",
"name": "notification suppress",
"type": "notification-suppress",
"order": 0,
"enabled": true
},
{
"id": "2b228902-cc04-4f8a-b64f-a381f1289c9b",
"name": "notification deduplication policy value-based",
"type": "notification-deduplication",
"order": 1,
"enabled": true
},
{
"id": "df579b69-39ef-470e-a2e5-899045f74369",
"name": "notification deduplication policy frequency",
"type": "notification-deduplication",
"order": 2,
"enabled": true
},
{
"id": "72343cf5-38f4-4641-96c4-f49b0a38ba29",
"name": "notification delay-until",
"type": "notification-delay",
"order": 3,
"enabled": true
},
{
"id": "7317bdef-afce-46fb-b246-89390ac39b82",
"name": "notification deduplication",
"type": "notification-deduplication",
"order": 4,
"enabled": true
},
{
"id": "1b4ccb42-32bb-477f-a48d-d4fa3c8ac250",
"name": "auto restart policy",
"type": "auto-restart-notifications",
"order": 0,
"enabled": true
},
{
"id": "bcf68e62-bf5f-4483-8e57-554e4881420f",
"name": "auto close policy",
"type": "auto-close",
"order": 0,
"enabled": true
}
],
"took": 0.027,
"requestId": "bbe30c0b-c6e5-4102-92f1-d7dd8b645124"
}"""


async def created(api: Api, sample: str) -> dict[str, Any]:
    """The policy that a sample makes, as it is read afterwards; the answer to it has the sample's shape."""
    answer = await api.ask("POST", FIRST, data=sample)
    assert (answer.status, shape(answer.body)) == (201, shape(json.loads(CREATED))), answer.text
    sent = json.loads(sample)
    assert str(UUID(answer.data["id"])) == answer.data["id"]
    assert answer.data == {"id": answer.data["id"], "name": sent["name"], "type": sent["type"], "enabled": True}
    policy: dict[str, Any] = (await api.get(f"{FIRST}/{answer.data['id']}")).data
    assert policy.pop("id") == answer.data["id"]
    return policy


async def test_create_auto_close(api: Api) -> None:
    sent = json.loads(CREATE_AUTO_CLOSE)
    sent["filter"]["conditions"] = [{"not": False, "order": 0, **each} for each in sent["filter"]["conditions"]]
    assert await created(api, CREATE_AUTO_CLOSE) == sent | {"enabled": True}


async def test_create_auto_restart(api: Api) -> None:
    plain = {"enabled": True, "policyDescription": "", "filter": {"type": "match-all"}}
    assert await created(api, CREATE_AUTO_RESTART) == json.loads(CREATE_AUTO_RESTART) | plain


async def test_create_deduplication(api: Api) -> None:
    """The documentation prints this once more where it should have printed a delay."""
    plain = {"enabled": True, "policyDescription": "", "filter": {"type": "match-all"}}
    assert await created(api, CREATE_DEDUPLICATION) == json.loads(CREATE_DEDUPLICATION) | plain


async def test_create_modify(api: Api) -> None:
    person = {"username": "db@example.com", "fullName": "D", "role": {"name": "User"}}
    user = (await api.post("/v2/users", person)).data["id"]
    sample = CREATE_MODIFY.replace("1e1d2ba1-4532-4602-878e-9db1aa927164", user)
    sent = json.loads(sample)
    (condition,) = sent["filter"]["conditions"]
    assert await created(api, sample) == sent | {
        "enabled": True,
        "filter": {"type": "match-all-conditions", "conditions": [condition | {"not": False, "order": 0}]},
        "entity": "{{entity}}",
        "source": "{{source}}",
        "alertActions": [],
        "details": {},
        "ignoreOriginalAlertActions": False,
        "ignoreOriginalDetails": False,
        "ignoreOriginalTeams": False,
    }


async def test_get(api: Api) -> None:
    sample = json.loads(GOT)
    id_ = await made(api, sample["data"])
    answer = await api.get(f"{FIRST}/{id_}")
    assert answer.data == sample["data"] | {"id": id_}
    assert shape(answer.body) == shape(sample)


async def test_update(api: Api) -> None:
    path = f"{FIRST}/{await made(api, DELAY)}"
    answer = await api.ask("PUT", path, data=UPDATE)
    assert (answer.status, answer.body["result"]) == (200, "Updated")
    assert shape(answer.body) == shape(json.loads(UPDATED))
    policy, sent = (await api.get(path)).data, json.loads(UPDATE)
    assert (policy["type"], policy["name"], policy["policyDescription"]) == (
        "notification-suppress",
        "notification suppress",
        "updated description",
    )
    assert [each["expectedValue"] for each in policy["filter"]["conditions"]] == ["recipient", "message"]
    assert set(policy) == {*sent, "id"}


async def test_delete(api: Api) -> None:
    path = f"{FIRST}/{await made(api, CLOSE)}"
    answer = await api.ask("DELETE", path)
    assert (answer.status, answer.body["result"]) == (200, "Deleted")
    assert shape(answer.body) == shape(json.loads(DELETED))
    assert (await api.get(path)).status == 404


async def test_disable(api: Api) -> None:
    path = f"{FIRST}/{await made(api, CLOSE)}"
    answer = await api.ask("POST", f"{path}/disable")
    assert (answer.status, answer.body["result"], shape(answer.body)) == (200, "Disabled", shape(json.loads(DISABLED)))
    assert (await api.get(path)).data["enabled"] is False


async def test_enable(api: Api) -> None:
    path = f"{FIRST}/{await made(api, CLOSE | {'enabled': 'false'})}"
    answer = await api.ask("POST", f"{path}/enable")
    assert (answer.status, answer.body["result"], shape(answer.body)) == (200, "Enabled", shape(json.loads(ENABLED)))
    assert (await api.get(path)).data["enabled"] is True


async def test_change_order(api: Api) -> None:
    first, _ = await made(api, CLOSE), await made(api, CLOSE | {"name": "second"})
    answer = await api.ask("POST", f"{FIRST}/{first}/change-order", data='{\n"targetIndex":5\n}')
    assert (answer.status, answer.body["result"]) == (200, "Order Changed")
    assert shape(answer.body) == shape(json.loads(ORDER_CHANGED))
    assert [each["name"] for each in (await api.get(FIRST)).data] == ["second", "close"]


async def test_list(api: Api) -> None:
    """The groups come as in the sample, each with numbers of its own, in whatever order they were made."""
    sample = json.loads(LISTED)
    parts = {
        "notification-deduplication": {"deduplicationActionType": "value-based", "count": 2},
        "notification-delay": DELAY,
        "auto-restart-notifications": RESTART,
        "auto-close": CLOSE,
    }
    ids = {}
    for each in reversed(sample["data"]):
        ids[each["name"]] = await made(api, parts.get(each["type"], {}) | each)
    for each in sample["data"]:
        await api.post(f"{FIRST}/{ids[each['name']]}/change-order", {"targetIndex": each["order"]})
    answer = await api.get(FIRST)
    assert answer.data == [each | {"id": ids[each["name"]]} for each in sample["data"]]
    assert shape(answer.body) == shape(sample)


RESTRICTION = """
{
"timeRestriction": {
"type" : "time-of-day",
"restriction" :
{
"startHour" : 8,
"startMin" : 0,
"endHour" : 18,
"endMin" : 30
}
}
}"""
RESTRICTIONS = """
{
"timeRestriction": {
"type" : "weekday-and-time-of-day",
"restrictions" : [
{
"startDay" : "monday",
"startHour" : 8,
"startMin" : 0,
"endDay" : "tuesday",
"endHour" : 18,
"endMin" : 30
},
{
"startDay" : "wednesday",
"startHour" : 8,
"startMin" : 0,
"endDay" : "thursday",
"endHour" : 18,
"endMin" : 30
}
]
}
}"""
MATCH_ALL = '{ "filter": { "type": "match-all" } }'
MATCH_ANY = """
{
"filter": {
"type": "match-any-condition",
"conditions": [
{
"field": "message",
"not": false,
"operation": "contains",
"expectedValue": "expected1"
},
{
"field": "alias",
"not": true,
"operation": "starts-with",
"expectedValue": "expected2"
},
{
"field": "extra-properties",
"key": "expectedKey",
"not": true,
"operation": "starts-with",
"expectedValue": "expected3"
}
]
}
}"""
DAYS = '{ "duration":{ "timeAmount":5, "timeUnit":"days" } }'


async def test_the_examples_of_single_fields(api: Api) -> None:
    """Hours by the name that the examples give them are answered by the one that the requests give them."""
    for sample in (RESTRICTION, RESTRICTIONS, MATCH_ALL, MATCH_ANY, DAYS):
        sent = json.loads(sample)
        policy = (await api.get(f"{FIRST}/{await made(api, CLOSE | sent)}")).data
        for each in sent.get("filter", {}).get("conditions", ()):
            each.setdefault("order", 0)
        told = {"timeRestrictions" if name == "timeRestriction" else name: value for name, value in sent.items()}
        assert {name: policy[name] for name in told} == told
