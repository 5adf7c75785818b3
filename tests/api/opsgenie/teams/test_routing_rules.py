"""Routing rules: the first that matches counts, and the default one stays last."""

from __future__ import annotations

from typing import Any

import pytest

from bot.engines.conditions import ConditionField, operations_of
from tests.api.conftest import Api

RULES = "/v2/teams/payments/routing-rules"
BY_NAME = "?teamIdentifierType=name"
NONE: dict[str, Any] = {"notify": {"type": "none"}}

ANY_TEXT = {"field": "message", "operation": "contains"}
BAD: tuple[tuple[dict[str, Any], str], ...] = (
    ({"notify": None}, "notify"),
    ({"notify": {}}, "notify"),
    ({"notify": {"type": "user"}}, "notify#type"),
    ({"notify": {"type": "escalation"}}, "notify"),
    ({"notify": {"type": "escalation", "id": "x"}}, "notify"),
    ({"notify": {"type": "schedule", "name": "payments_escalation"}}, "notify"),
    ({"order": -1}, "order"),
    ({"order": 10**20}, "order"),
    ({"timezone": "Mars/Olympus"}, "timezone"),
    ({"name": "n" * 101}, "name"),
    ({"criteria": {"type": "match-some"}}, "criteria#type"),
    ({"criteria": {"type": "match-any-condition"}}, "criteria#conditions"),
    (
        {"criteria": {"type": "match-all", "conditions": [{"field": "message", "operation": "is-empty"}]}},
        "criteria#conditions",
    ),
    (
        {"criteria": {"type": "match-any-condition", "conditions": [{"field": "message"}]}},
        "criteria#conditions#0#operation",
    ),
    (
        {"criteria": {"type": "match-any-condition", "conditions": [{"field": "x", "operation": "is-empty"}]}},
        "criteria#conditions#0#field",
    ),
    (
        {"criteria": {"type": "match-any-condition", "conditions": [{"field": "tags", "operation": "equals"}]}},
        "criteria#conditions#0#operation",
    ),
    (
        {"criteria": {"type": "match-any-condition", "conditions": [{"field": "priority", "operation": "equals"}]}},
        "criteria#conditions#0#expectedValue",
    ),
    (
        {"criteria": {"type": "match-any-condition", "conditions": [{**ANY_TEXT, "expectedValue": "x" * 15_001}]}},
        "criteria#conditions#0#expectedValue",
    ),
    (
        {"criteria": {"type": "match-any-condition", "conditions": [{**ANY_TEXT, "expectedValue": "x" * 15_000}] * 7}},
        "criteria#conditions",
    ),
    ({"timeRestriction": {"type": "time-of-day"}}, "timeRestriction"),
    (
        {
            "timeRestriction": {
                "type": "time-of-day",
                "restriction": {"startHour": 24, "startMin": 0, "endHour": 9, "endMin": 0},
            }
        },
        "timeRestriction#restriction#startHour",
    ),
)
"""What is wrong with a rule, and the field that is named."""


@pytest.fixture(autouse=True)
async def team(api: Api) -> str:
    return str((await api.post("/v2/teams", {"name": "payments"})).data["id"])


async def created(api: Api, **said: Any) -> str:
    answer = await api.post(f"{RULES}{BY_NAME}", NONE | said)
    assert answer.status == 201, answer.body
    return str(answer.data["id"])


async def order(api: Api) -> list[tuple[str, int]]:
    return [(each["name"], each["order"]) for each in (await api.get(f"{RULES}{BY_NAME}")).data]


async def test_a_rule_is_made_read_changed_and_deleted(api: Api, team: str) -> None:
    conditions: list[dict[str, Any]] = [
        {"field": "message", "operation": "contains", "expectedValue": "db"},
        {
            "field": "extra-properties",
            "key": "env",
            "not": "true",
            "operation": "equals",
            "expectedValue": "",
            "order": 1,
        },
    ]
    window = {"startHour": 8, "startMin": 0, "endHour": 18, "endMin": 30}
    body = {
        "name": "databases",
        "order": 0,
        "timezone": "Europe/Berlin",
        "criteria": {"type": "match-any-condition", "conditions": conditions},
        "timeRestriction": {"type": "time-of-day", "restriction": window},
        "notify": {"type": "schedule", "name": "payments_schedule", "id": ""},
    }
    made = await api.post(f"{RULES}{BY_NAME}", body)
    assert (made.status, made.body["result"], made.data["name"]) == (201, "Created", "databases")
    path = f"/v2/teams/{team}/routing-rules/{made.data['id']}"
    schedule = (await api.get("/v2/schedules/payments_schedule?identifierType=name")).data["id"]
    whole = body | {
        "id": made.data["id"],
        "isDefault": False,
        "criteria": {
            "type": "match-any-condition",
            "conditions": [conditions[0] | {"not": False, "order": 0}, conditions[1] | {"not": True}],
        },
        "notify": {"type": "schedule", "id": schedule, "name": "payments_schedule"},
    }
    assert (await api.get(path)).data == whole
    assert [each["name"] for each in (await api.get(f"{RULES}{BY_NAME}")).data] == ["databases", "Default Routing Rule"]

    in_week = [{"startDay": "monday", "endDay": "friday", **window}]
    weekly = {"type": "weekday-and-time-of-day", "restriction": {}, "restrictions": in_week}
    await api.ask("PATCH", path, {"name": "", "timeRestriction": weekly, "criteria": {"type": "match-all"}})
    changed = (await api.get(path)).data
    assert changed["timeRestriction"] == {"type": "weekday-and-time-of-day", "restrictions": in_week}
    assert (changed["name"], changed["criteria"]) == ("databases", {"type": "match-all"})
    await api.ask("PATCH", path, {"timeRestriction": None})
    assert "timeRestriction" not in (await api.get(path)).data
    assert (await api.ask("DELETE", path)).body["result"] == "Deleted"
    assert [(await api.ask(method, path)).status for method in ("GET", "PATCH", "DELETE")] == [404] * 3


async def test_every_condition_there_can_be_is_read_back_as_it_was_sent(api: Api) -> None:
    """An expected value, a key and whether it is reversed as well."""
    conditions: list[dict[str, Any]] = [
        {"field": field, "operation": operation, "expectedValue": "P3", "not": place % 2 == 0, "order": place}
        | ({"key": "env"} if with_key else {})
        for place, (field, operation, with_key) in enumerate(
            (field.value, operation.value, with_key)
            for field in ConditionField
            for with_key in {False, field is ConditionField.EXTRA_PROPERTIES}
            for operation in sorted(operations_of(field, with_key=with_key))
        )
    ]
    criteria = {"type": "match-all-conditions", "conditions": conditions}
    rule = await created(api, name="all", criteria=criteria)
    assert (await api.get(f"{RULES}/{rule}{BY_NAME}")).data["criteria"] == criteria


async def test_terraform_reads_the_order_it_gave_in_whatever_order_it_made_them(api: Api) -> None:
    """RAN: `criteria: {}` and no name where none are given, `timeRestriction` absent."""
    await created(api, name="third", order=2, criteria={})
    await created(api, name="second", order=1)
    await created(api, name="first", order=0)
    assert await order(api) == [("first", 0), ("second", 1), ("third", 2), ("Default Routing Rule", 3)]
    nameless = (await api.get(f"{RULES}/{await created(api)}{BY_NAME}")).data
    assert (nameless["name"], nameless["order"], nameless["criteria"]) == ("Routing Rule 1", 3, {"type": "match-all"})


async def test_rules_are_moved(api: Api) -> None:
    """RAN: Go leaves out a target of 0."""
    first = await created(api, name="first")
    second = await created(api, name="second")
    moved = await api.post(f"{RULES}/{second}/change-order{BY_NAME}", {})
    assert (moved.status, moved.body["result"]) == (200, "Order Changed")
    assert await order(api) == [("second", 0), ("first", 1), ("Default Routing Rule", 2)]
    await api.post(f"{RULES}/{second}/change-order{BY_NAME}", {"order": 7})
    assert await order(api) == [("first", 1), ("second", 7), ("Default Routing Rule", 8)]
    await api.ask("PATCH", f"{RULES}/{first}{BY_NAME}", {"order": 9})
    assert await order(api) == [("second", 7), ("first", 9), ("Default Routing Rule", 10)]


async def test_the_default_rule_stays_last_and_cannot_be_narrowed_or_deleted(api: Api) -> None:
    await created(api, name="first")
    default = (await api.get(f"{RULES}{BY_NAME}")).data[-1]["id"]
    assert (await api.post(f"{RULES}/{default}/change-order{BY_NAME}", {"order": 0})).status == 200
    assert (await order(api))[-1] == ("Default Routing Rule", 1)
    assert (await api.ask("DELETE", f"{RULES}/{default}{BY_NAME}")).status == 422
    condition = {"field": "message", "operation": "contains", "expectedValue": "x"}
    narrowed = {
        "criteria": {"type": "match-all-conditions", "conditions": [condition]},
        "timeRestriction": {
            "type": "time-of-day",
            "restriction": {"startHour": 8, "startMin": 0, "endHour": 9, "endMin": 0},
        },
    }
    refused = await api.ask("PATCH", f"{RULES}/{default}{BY_NAME}", narrowed)
    assert (refused.status, sorted(refused.body["errors"])) == (422, ["criteria", "timeRestriction"])


async def test_a_bad_rule_is_refused_by_field(api: Api) -> None:
    for changes, field in BAD:
        body = {name: value for name, value in (NONE | {"name": "r"} | changes).items() if value is not None}
        answer = await api.post(f"{RULES}{BY_NAME}", body)
        assert (answer.status, list(answer.body["errors"])) == (422, [field]), changes
    assert len(await order(api)) == 1
