"""Two programs at once: whoever comes second is told so, and nothing is left pointing to what is gone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from itertools import count
from typing import Any

import pytest

from tests.api.conftest import Api

Request = tuple[str, str, Any]
RIGHTS = [{"right": "edit", "granted": True}]


class Town:
    """Makes what the requests speak of, under a new name each time."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._numbers = count()

    def name(self) -> str:
        return f"n{next(self._numbers)}"

    async def user(self) -> str:
        body = {"username": f"{self.name()}@example.com", "fullName": "Li Wei", "role": {"name": "User"}}
        return await self._made("/v2/users", body)

    async def team(self, name: str = "") -> str:
        return await self._made("/v2/teams", {"name": name or self.name()})

    async def escalation(self) -> str:
        return await self._made(
            "/v2/escalations", {"name": self.name(), "rules": _notifying("user", await self.user())}
        )

    async def service(self, team: str) -> str:
        return await self._made("/v1/services", {"name": self.name(), "teamId": team})

    async def rule(self, team: str) -> str:
        return await self._made(f"/v2/teams/{team}/routing-rules", {"notify": {"type": "none"}})

    async def role(self, team: str, name: str) -> str:
        return await self._made(f"/v2/teams/{team}/roles", {"name": name, "rights": RIGHTS})

    async def _made(self, path: str, body: Any) -> str:
        answer = await self._api.post(path, body)
        assert answer.status == 201, answer.body
        return str(answer.data["id"])


def _notifying(kind: str, id_: str) -> list[dict[str, Any]]:
    return [{"condition": "if-not-acked", "notifyType": "default", "recipient": {"type": kind, "id": id_}}]


def _rotation(kind: str, id_: str) -> dict[str, Any]:
    return {"type": "daily", "startDate": "2026-11-01T08:00:00Z", "participants": [{"type": kind, "id": id_}]}


async def _around_a_team_that_goes(town: Town) -> AsyncIterator[tuple[Request, Request]]:
    stays, li = await town.team(), await town.user()
    shop = await town.service(stays)
    name = town.name()
    team = f"/v2/teams/{await town.team(name)}"
    yield ("DELETE", team, None), ("DELETE", team, None)
    for path, body in (
        ("/members", {"user": {"id": li}}),
        ("/roles", {"name": "chief", "rights": RIGHTS}),
        ("/routing-rules", {"notify": {"type": "none"}}),
    ):
        team = f"/v2/teams/{await town.team()}"
        yield ("DELETE", team, None), ("POST", f"{team}{path}", body)
    team = f"/v2/teams/{await town.team()}"
    yield ("DELETE", team, None), ("PATCH", team, {"name": town.name()})
    for owned in (True, False):
        id_ = await town.team()
        body = {"name": town.name(), "rules": _notifying("team", stays if owned else id_)}
        owner = {"ownerTeam": {"id": id_}} if owned else {}
        yield ("DELETE", f"/v2/teams/{id_}", None), ("POST", "/v2/escalations", body | owner)
    id_ = await town.team()
    yield ("DELETE", f"/v2/teams/{id_}", None), ("POST", "/v1/services", {"name": town.name(), "teamId": id_})
    id_ = await town.team()
    yield ("DELETE", f"/v2/teams/{id_}", None), ("PATCH", f"/v1/services/{shop}", {"teamId": id_})
    id_ = await town.team(name := town.name())
    schedule = f"/v2/schedules/{name}_schedule"
    yield ("DELETE", f"/v2/teams/{id_}", None), ("DELETE", f"{schedule}?identifierType=name", None)
    id_ = await town.team(name := town.name())
    rotations = f"/v2/schedules/{name}_schedule/rotations?scheduleIdentifierType=name"
    yield ("DELETE", f"/v2/teams/{id_}", None), ("POST", rotations, _rotation("user", li))


async def _around_the_rest(town: Town) -> AsyncIterator[tuple[Request, Request]]:
    team, other = f"/v2/teams/{(id_ := await town.team())}", f"/v2/teams/{await town.team()}"
    name = {"name": town.name()}
    yield ("PATCH", team, name), ("PATCH", other, name)
    for method, path in (("POST", ""), ("PATCH", f"/{await town.rule(id_)}")):
        late = await town.escalation()
        leads_to_it = {"notify": {"type": "escalation", "id": late}}
        yield ("DELETE", f"/v2/escalations/{late}", None), (method, f"{team}/routing-rules{path}", leads_to_it)
    late = f"/v2/escalations/{await town.escalation()}"
    yield ("DELETE", late, None), ("PATCH", late, {"name": town.name()})
    li = await town.user()
    yield ("DELETE", f"/v2/users/{li}", None), ("POST", f"{team}/members", {"user": {"id": li}})
    li, late = await town.user(), await town.escalation()
    yield ("DELETE", f"/v2/users/{li}", None), ("PATCH", f"/v2/escalations/{late}", {"rules": _notifying("user", li)})
    li, bo = await town.user(), await town.user()
    address = {"username": f"{town.name()}@example.com"}
    yield ("PATCH", f"/v2/users/{li}", address), ("PATCH", f"/v2/users/{bo}", address)
    yield ("DELETE", f"/v2/users/{li}", None), ("PATCH", f"/v2/users/{li}", {"fullName": "Li Bo"})
    yield ("POST", f"{team}/members", {"user": {"id": bo}}), ("POST", f"{team}/members", {"user": {"id": bo}})
    first, second = await town.rule(id_), await town.rule(id_)
    order = f"{team}/routing-rules/{second}/change-order"
    yield ("POST", order, {"order": 0}), ("DELETE", f"{team}/routing-rules/{first}", None)
    chief = await town.role(id_, "chief")
    yield ("DELETE", f"{team}/roles/{chief}", None), ("POST", f"{team}/members", {"user": {"id": bo}, "role": "chief"})
    shop = f"/v1/services/{await town.service(id_)}"
    yield ("DELETE", shop, None), ("PATCH", shop, {"name": town.name()})


@pytest.mark.parametrize("database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
@pytest.mark.parametrize("pairs", [_around_a_team_that_goes, _around_the_rest])
async def test_two_at_once_never_fail_in_a_way_that_nobody_can_name(api: Api, pairs: Any) -> None:
    """SQLite has one writer: there nobody is ever at once."""
    async for pair in pairs(Town(api)):
        answers = await asyncio.gather(*(api.ask(*request) for request in pair))
        told = [(request, answer.status, answer.body) for request, answer in zip(pair, answers, strict=True)]
        assert all(status < 500 for _, status, _ in told), told
        assert any(status < 300 for _, status, _ in told), told
    for escalation in (await api.get("/v2/escalations")).data:
        assert all(rule["recipient"].keys() & {"name", "username"} for rule in escalation["rules"])
    for team in (await api.get("/v2/teams")).data:
        rules = (await api.get(f"/v2/teams/{team['id']}/routing-rules")).data
        assert all(rule["notify"]["type"] == "none" or rule["notify"]["name"] for rule in rules)
