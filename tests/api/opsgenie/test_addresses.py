"""Links in answers: they lead where the program asked, through the proxies it came by, and nowhere else."""

from __future__ import annotations

import pytest

from storage.database import Database
from tests.api.conftest import Api, served
from tests.conftest import StillClock


async def test_links_keep_the_path_that_our_own_address_has(database: Database, clock: StillClock) -> None:
    for public in ("https://ops.example.com/watchbill", "https://ops.example.com/watchbill/"):
        async with served(database, clock, rate_limits="off", public_url=public) as api:
            for name in ("li", "raj"):
                user = {"username": f"{name}@example.com", "fullName": name, "role": {"name": "User"}}
                await api.post("/v2/users", user)
            paging = (await api.get("/v2/users/?limit=1")).body["paging"]
            assert paging["next"].startswith("https://ops.example.com/watchbill/v2/users?limit=1&")
            await api.post("/v2/teams", {"name": "core"})
            team = (await api.get("/v2/teams")).data[0]
            assert team["links"]["api"] == f"https://ops.example.com/watchbill/v2/teams/{team['id']}"
            await api.post("/v1/services", {"name": "web", "teamId": team["id"]})
            service = (await api.get("/v1/services")).data[0]
            assert service["links"]["api"] == f"https://ops.example.com/watchbill/v1/services/{service['id']}"


@pytest.mark.parametrize(
    "host", ["api.example.com", "api.example.com:8443", "127.0.0.1:80", "[::1]:3000", "[fe80::1]", "watch_bill:3000"]
)
async def test_a_host_is_taken_over_into_links(api: Api, host: str) -> None:
    first = (await api.get("/v2/users", headers={"Host": host})).body["paging"]["first"]
    assert first.startswith(f"http://{host.removesuffix(':80')}/v2/users?")


@pytest.mark.parametrize(
    "host",
    [
        "a/b",
        "user@example.com",
        "a:b@c",
        "example.com:x",
        "example.com:",
        "a b",
        "<script>",
        "a?b",
        "a#b",
        "[::1",
        "ä",
        "a,b",
    ],
)
async def test_what_is_no_host_is_refused(api: Api, host: str) -> None:
    answer = await api.get("/v2/users", headers={"Host": host})
    assert (answer.status, answer.body["message"]) == (400, "The header Host is no address.")
