"""Opsgenie's own SDK for Python, as PyPI has it, against Watchbill: only its address and its key are ours."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from opsgenie_sdk import AccountApi, ApiClient, Configuration
from opsgenie_sdk.exceptions import RetryableException

from tests.api.conftest import Api
from tests.engines.calendars.subscriber import subscribed

ANA, BEN = "ana@example.com", "ben@example.com"
EARLY = {"startHour": 8, "startMin": 0, "endHour": 16, "endMin": 0}
WORKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


class Sdk:
    """The SDK's client; what it does not know by a method of its own it is asked through `call_api`."""

    def __init__(self, api: Api) -> None:
        configuration = Configuration()
        configuration.host = api.address
        configuration.api_key = {"Authorization": api.key}
        configuration.api_key_prefix = {"Authorization": "GenieKey"}
        configuration.retry_enabled = False
        self.client = ApiClient(configuration)

    async def call(self, method: str, path: str, body: Any = None, **query: str) -> Any:
        """The whole answer; the SDK waits for it in a thread of its own."""
        return await asyncio.to_thread(
            self.client.call_api,
            path,
            method,
            query_params=list(query.items()),
            header_params={"Accept": "application/json", "Content-Type": "application/json"},
            body=body,
            response_type="object",
            auth_settings=["GenieKey"],
            _return_http_data_only=True,
        )

    async def data(self, method: str, path: str, body: Any = None, **query: str) -> Any:
        """What the envelope holds."""
        return (await self.call(method, path, body, **query))["data"]

    async def refused(self, method: str, path: str, body: Any = None) -> int:
        """The status of a request that is not carried out: every error of the SDK with a status is of that family."""
        with pytest.raises(RetryableException) as raised:
            await self.call(method, path, body)
        status: int = raised.value.status
        return status


@pytest.fixture
def sdk(api: Api) -> Sdk:
    """The SDK, pointed here."""
    return Sdk(api)


async def test_the_sdk_knows_whose_account_it_is(sdk: Sdk) -> None:
    account = (await asyncio.to_thread(AccountApi(sdk.client).get_info)).data
    assert account.name
    assert account.user_count == 0
    assert account.plan.max_user_count >= 0


async def test_the_sdk_manages_users_a_team_a_schedule_its_cover_and_cleans_up(sdk: Sdk, api: Api) -> None:
    ana, ben = [await _user(sdk, username) for username in (ANA, BEN)]
    team = await _team(sdk, ana)
    schedule = await _schedule(sdk, team)
    await _on_call(sdk, schedule, ANA)
    await _cover(sdk, schedule)
    await _on_call(sdk, schedule, BEN)
    await _timeline(sdk, schedule)
    await _calendars(api, schedule)
    await _away(sdk, schedule, team, (ana, ben))


async def _user(sdk: Sdk, username: str) -> str:
    made = await sdk.call("POST", "/v2/users", {"username": username, "fullName": username, "role": {"name": "User"}})
    assert made["result"] == "Created"
    found = await sdk.data("GET", f"/v2/users/{username}")
    assert (found["id"], found["username"], found["role"]["name"]) == (made["data"]["id"], username, "User")
    assert (
        await sdk.refused("POST", "/v2/users", {"username": username, "fullName": "x", "role": {"name": "User"}}) == 409
    )
    user_id: str = made["data"]["id"]
    return user_id


async def _team(sdk: Sdk, ana: str) -> str:
    members = [{"user": {"id": ana}, "role": "admin"}, {"user": {"username": BEN}}]
    made = await sdk.data("POST", "/v2/teams", {"name": "ops_team", "members": members})
    found = await sdk.data("GET", "/v2/teams/ops_team", identifierType="name")
    assert found["id"] == made["id"]
    assert {(each["user"]["username"], each["role"]) for each in found["members"]} == {(ANA, "admin"), (BEN, "user")}
    assert "ops_team_schedule" in {each["name"] for each in await sdk.data("GET", "/v2/schedules")}
    team_id: str = made["id"]
    return team_id


async def _schedule(sdk: Sdk, team: str) -> str:
    """It is Wednesday 09:00 UTC: Ana's by day, nobody's by the weekend rotation."""
    by_day = {
        "name": "Days",
        "startDate": "2026-11-02T08:00:00Z",
        "type": "weekly",
        "length": 2,
        "participants": [{"type": "user", "username": name} for name in (BEN, ANA)],
        "timeRestriction": {
            "type": "weekday-and-time-of-day",
            "restrictions": [{**EARLY, "startDay": day, "endDay": day} for day in WORKDAYS],
        },
    }
    late = {"startHour": 20, "startMin": 0, "endHour": 6, "endMin": 0}
    by_night = {
        "name": "Nights",
        "startDate": "2026-11-02T20:00:00Z",
        "type": "daily",
        "participants": [{"type": "user", "username": BEN}],
        "timeRestriction": {"type": "time-of-day", "restriction": late},
    }
    body = {
        "name": "Ops",
        "timezone": "Etc/UTC",
        "enabled": True,
        "ownerTeam": {"id": team},
        "rotations": [by_day, by_night],
    }
    made = await sdk.data("POST", "/v2/schedules", body)
    found = await sdk.data("GET", "/v2/schedules/Ops", identifierType="name")
    assert (found["id"], found["ownerTeam"]) == (made["id"], {"id": team, "name": "ops_team"})
    days, nights = found["rotations"]
    assert len(days["timeRestriction"]["restrictions"]) == 5
    assert nights["timeRestriction"]["restriction"] == late
    assert await sdk.refused("POST", "/v2/schedules", {**body, "rotations": [{**by_day, "type": "yearly"}]}) == 422
    schedule_id: str = made["id"]
    return schedule_id


async def _on_call(sdk: Sdk, schedule: str, username: str) -> None:
    whole = await sdk.data("GET", f"/v2/schedules/{schedule}/on-calls", date="2026-11-18T09:00:00Z")
    assert [each["name"] for each in whole["onCallParticipants"]] == [username]
    flat = await sdk.data("GET", "/v2/schedules/Ops/on-calls", scheduleIdentifierType="name", flat="true")
    assert flat["onCallRecipients"] == [username]


async def _cover(sdk: Sdk, schedule: str) -> None:
    times = {"startDate": "2026-11-18T08:30:00Z", "endDate": "2026-11-18T12:00:00Z"}
    cover = {"user": {"type": "user", "username": BEN}, "rotations": [{"name": "Days"}], "alias": "dentist", **times}
    made = await sdk.data("POST", f"/v2/schedules/{schedule}/overrides", cover)
    assert made["alias"] == "dentist"
    (found,) = await sdk.data("GET", f"/v2/schedules/{schedule}/overrides")
    assert (found["user"]["username"], found["startDate"]) == (BEN, times["startDate"])


async def _timeline(sdk: Sdk, schedule: str) -> None:
    asked = {"interval": "1", "intervalUnit": "weeks", "expand": "base,override", "date": "2026-11-18T09:00:00Z"}
    found = await sdk.data("GET", f"/v2/schedules/{schedule}/timeline", **asked)
    assert (found["startDate"], found["endDate"]) == ("2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z")
    days = next(each for each in found["finalTimeline"]["rotations"] if each["name"] == "Days")
    assert [(each["startDate"], each["recipient"]["name"]) for each in days["periods"] if each["type"] == "override"]
    assert {"baseTimeline", "overrideTimeline"} <= set(found)


async def _calendars(api: Api, schedule: str) -> None:
    """By plain HTTP, since the SDK would read any answer as JSON: on that Wednesday Ben covers Ana's morning."""
    whole, own = [
        subscribed((await api.get(path)).text)
        for path in (f"/v2/schedules/{schedule}.ics", f"/v2/schedules/on-calls/{BEN}.ics")
    ]
    covered = (datetime(2026, 11, 18, 8, 30, tzinfo=UTC), datetime(2026, 11, 18, 12, tzinfo=UTC))
    assert {each.who for each in whole if (each.start, each.end) == covered} == {BEN}
    assert {each.summary for each in own} == {"On call: Ops"}
    assert covered in {(each.start, each.end) for each in own}


async def _away(sdk: Sdk, schedule: str, team: str, people: tuple[str, ...]) -> None:
    """Everything goes, each thing once nothing stands on it any more."""
    assert (await sdk.call("DELETE", f"/v2/schedules/{schedule}/overrides/dentist"))["result"] == "Deleted"
    assert await sdk.refused("DELETE", f"/v2/users/{people[0]}") == 428
    for path in (f"/v2/schedules/{schedule}", f"/v2/teams/{team}", *(f"/v2/users/{each}" for each in people)):
        assert (await sdk.call("DELETE", path))["result"] == "Deleted"
        assert await sdk.refused("GET", path) == 404
    assert await sdk.data("GET", "/v2/users") == []
