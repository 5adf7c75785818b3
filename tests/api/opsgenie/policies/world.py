"""Policies to be made, and how they are looked at."""

from __future__ import annotations

from typing import Any

from tests.api.conftest import Answer, Api

FIRST, SECOND = "/v1/policies", "/v2/policies"
MINUTES = {"timeAmount": 10, "timeUnit": "minutes"}
MODIFY = {"type": "modify", "name": "modify", "enabled": True, "message": "{{message}}"}
CLOSE = {"type": "auto-close", "name": "close", "enabled": True, "duration": MINUTES}
RESTART = {
    "type": "auto-restart-notifications",
    "name": "restart",
    "enabled": True,
    "duration": MINUTES,
    "maxRepeatCount": 3,
}
SUPPRESS = {"type": "notification-suppress", "name": "suppress", "enabled": True}
DEDUPLICATE = {
    "type": "notification-deduplication",
    "name": "deduplicate",
    "enabled": True,
    "deduplicationActionType": "value-based",
    "count": 10,
}
DELAY = {
    "type": "notification-delay",
    "name": "delay",
    "enabled": True,
    "delayOption": "next-monday",
    "untilHour": 9,
    "untilMinute": 0,
}
ALERT = {"type": "alert", "name": "alert", "enabled": True, "message": "{{message}}"}
NOTIFICATION = {"type": "notification", "name": "notification", "enabled": True, "suppress": True}
EVERY_FIRST = (MODIFY, CLOSE, RESTART, SUPPRESS, DEDUPLICATE, DELAY)


async def made(api: Api, body: dict[str, Any], *, path: str = FIRST, **how: Any) -> str:
    """The id of a new policy."""
    answer = await api.post(path, body, **how)
    assert answer.status == 201, answer.body
    return str(answer.data["id"])


async def listed(api: Api, path: str = FIRST, **how: Any) -> list[tuple[str, str, int]]:
    """The names, types and places of a list."""
    return [(each["name"], each["type"], each["order"]) for each in (await api.get(path, **how)).data]


def shape(value: Any) -> Any:
    """Fields and kinds of values, whatever the values are."""
    if isinstance(value, dict):
        return {name: shape(each) for name, each in value.items()}
    return [shape(each) for each in value] if isinstance(value, list) else type(value)


def errors(answer: Answer) -> set[str]:
    """The fields that a refusal names."""
    assert answer.status == 422, answer.text
    return set(answer.body["errors"])
