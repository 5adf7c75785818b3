"""The small answers: the account, request limits, maintenance, integrations."""

from __future__ import annotations

from bot.usecases.keys.revoke import revoke
from bot.vocabulary import Right
from tests.api.conftest import Api
from tests.conftest import met


async def test_the_account_counts_those_who_are_listed(api: Api) -> None:
    await met(api.units, "UANA")
    assert (await api.get("/v2/account")).data == {
        "name": "Watchbill",
        "userCount": 1,
        "plan": {"maxUserCount": 2147483647, "name": "Self-hosted", "isYearly": False},
    }


async def test_request_limits_are_those_of_the_settings(api: Api) -> None:
    limits = (await api.get("/v2/request-limits/")).data["rateLimits"]
    assert {each["domain"] for each in limits} <= {"configuration", "schedule-on-call", "search"}
    assert all(limit["limit"] > 0 and limit["periodInSeconds"] > 0 for each in limits for limit in each["limits"])


async def test_there_is_no_maintenance(api: Api) -> None:
    """cli: it asks for it with every key, to test that."""
    assert (await api.get("/v1/maintenance?type=non-expired")).data == []
    assert (await api.get("/v1/maintenance/nothing")).status == 404


async def test_keys_are_answered_as_integrations(api: Api) -> None:
    await api.post("/v2/teams", {"name": "payments"})
    key = await api.make_key(*Right, team="payments", name="theirs")
    await api.make_key(Right.READ, name="gone")
    async with api.units.begin(None) as unit:
        await revoke(unit, "gone")
    everything = (await api.get("/v2/integrations")).data
    assert len(everything) == 2
    (theirs,) = (await api.get("/v2/integrations", key=key)).data
    assert theirs in everything
    assert (theirs["name"], theirs["type"], theirs["enabled"]) == ("theirs", "API", True)
    assert (await api.get(f"/v2/integrations/{theirs['id']}")).data == theirs
    (other,) = [each for each in everything if each != theirs]
    assert (await api.get(f"/v2/integrations/{other['id']}", key=key)).status == 404
    assert key not in (await api.get("/v2/integrations")).text


async def test_a_key_can_be_tried(api: Api) -> None:
    """Sentry tests a key so; it needs no right to configure."""
    key = await api.make_key(Right.READ, Right.WRITE)
    answer = await api.post("/v2/integrations/authenticate", {"type": "Sentry"}, key=key)
    assert (answer.status, answer.body["result"]) == (200, "Authenticated")
    assert (await api.post("/v2/integrations/authenticate", {"type": "Sentry"}, key=None)).status == 401
