"""Incidents made over HTTP."""

from __future__ import annotations

from typing import Any

from tests.api.conftest import Answer, Api

ACCEPTED = "Request will be processed"


async def became(api: Api, answer: Answer) -> dict[str, Any]:
    """What the request's status tells of a change that was accepted."""
    assert (answer.status, answer.body.get("result")) == (202, ACCEPTED), answer.body
    status: dict[str, Any] = (await api.get(f"/v1/incidents/requests/{answer.body['requestId']}")).data
    assert (status["success"], status["isSuccess"]) == (True, True)
    return status


async def opened(api: Api, message: str = "Checkout is down", *, key: str | None = "", **more: Any) -> str:
    """The path of a new incident."""
    answer = await api.post("/v1/incidents/create", {"message": message, **more}, key=key)
    return f"/v1/incidents/{(await became(api, answer))['incidentId']}"


async def team_of(api: Api, name: str = "payments") -> str:
    """The id of a new team."""
    return str((await api.post("/v2/teams", {"name": name})).data["id"])


async def service_of(api: Api, team: str, name: str = "checkout") -> str:
    """The id of a new service."""
    return str((await api.post("/v1/services", {"name": name, "teamId": team})).data["id"])


async def user_of(api: Api, username: str = "mia@example.com") -> str:
    """The id of a new user."""
    body = {"username": username, "fullName": username, "role": {"name": "User"}}
    return str((await api.post("/v2/users", body)).data["id"])
