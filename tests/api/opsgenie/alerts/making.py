"""Alerts made over HTTP."""

from __future__ import annotations

from typing import Any

from tests.api.conftest import Answer, Api

ACCEPTED = "Request will be processed"


async def status_of(api: Api, answer: Answer, *, key: str | None = "") -> dict[str, Any]:
    """What the request's status tells of a change that was accepted, whatever became of it."""
    assert (answer.status, answer.body.get("result")) == (202, ACCEPTED), answer.body
    status: dict[str, Any] = (await api.get(f"/v2/alerts/requests/{answer.body['requestId']}", key=key)).data
    assert status["success"] is status["isSuccess"]
    return status


async def became(api: Api, answer: Answer) -> dict[str, Any]:
    """The same of one that was carried out."""
    status = await status_of(api, answer)
    assert status["isSuccess"], status
    return status


async def failed(api: Api, answer: Answer) -> str:
    """Why a change was not carried out that was accepted."""
    status = await status_of(api, answer)
    assert (status["isSuccess"], status["alertId"], status["alias"]) == (False, "", ""), status
    return str(status["status"])


async def raised(api: Api, message: str = "db is down", *, key: str | None = "", **more: Any) -> str:
    """The path of a new alert, or of the open one of its alias."""
    answer = await api.post("/v2/alerts", {"message": message, **more}, key=key)
    return f"/v2/alerts/{(await status_of(api, answer))['alertId']}"


async def logged(api: Api, path: str, how: str = "order=asc&limit=100") -> list[str]:
    """What an alert's log says, line by line."""
    return [each["log"] for each in (await api.get(f"{path}/logs?{how}")).data]
