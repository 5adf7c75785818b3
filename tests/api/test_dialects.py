"""Each vendor's clients are answered in their own words, also where no request of theirs is reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.api.rooms import dialect_of
from storage.database import Database
from tests.api.conftest import Api, answering, served
from tests.api.incidents import NOBODYS
from tests.conftest import StillClock

GRAFANA = "/api/v1/postmortems"
DATADOG = "/api/v2/incidents/x/attachments/postmortems"
OPSGENIE = "/v2/schedules"
KEYS: Mapping[str, Mapping[str, str]] = {
    GRAFANA: {"Authorization": NOBODYS},
    DATADOG: {"DD-API-KEY": NOBODYS},
    OPSGENIE: {"Authorization": f"GenieKey {NOBODYS}"},
}


def vendor(body: Any) -> str:
    """Whose words these are."""
    if list(body) == ["detail"]:
        return GRAFANA
    return DATADOG if list(body) == ["errors"] else OPSGENIE


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/api/v1/postmortems", "Grafana"),
        ("/api/v1/postmortems/P/x", "Grafana"),
        ("/api/v2/incidents", "Datadog"),
        ("/api/v2/incidents/x/y", "Datadog"),
        ("/api/v1/postmortemsx", "Opsgenie"),
        ("/api/v1/alert_groups", "Opsgenie"),
        ("/v2/postmortem", "Opsgenie"),
        ("/v1/incidents", "Opsgenie"),
        ("/api", None),
        ("/postmortems/PM-1", None),
        ("/v2", None),
    ],
)
def test_whose_words_are_spoken_where(path: str, name: str | None) -> None:
    dialect = dialect_of(path)
    assert (dialect.description.vendor if dialect else None) == name


async def test_what_the_server_refuses_is_told_in_the_vendors_words(api: Api) -> None:
    for path in KEYS:
        for method, headers, status in (
            ("TRACE", {}, 405),
            ("GET", {"Expect": "a-miracle"}, 417),
            ("POST", {}, 403 if path != OPSGENIE else 401),
        ):
            answer = await api.ask(method, path, key=None, headers=headers)
            assert (answer.status, vendor(answer.body)) == (status, path), method
        answer = await api.get(f"{path}/nothing/here/either", key=None)
        assert (answer.status, vendor(answer.body)) == (404, path)


async def test_options_and_head_are_sane(api: Api) -> None:
    for path, allowed in ((GRAFANA, "GET, HEAD, OPTIONS, POST"), (DATADOG, "OPTIONS, POST")):
        answer = await api.ask("OPTIONS", path, key=None)
        assert (answer.status, answer.headers["Allow"]) == (200, allowed)
    head = await api.ask("HEAD", GRAFANA, key=None, headers={"Authorization": api.key})
    assert (head.status, head.text, head.headers["Content-Type"]) == (200, "", "application/json")


async def test_a_database_that_does_not_answer_is_told_in_the_vendors_words(clock: StillClock) -> None:
    nowhere = Database("postgresql://nobody@127.0.0.1:9/nothing")
    async with answering(nowhere, clock) as (_house, address), ClientSession() as session:
        for path, headers in KEYS.items():
            method = "POST" if path == DATADOG else "GET"
            async with session.request(method, f"{address}{path}", headers=headers) as response:
                assert (response.status, response.headers["Retry-After"]) == (503, "5")
                assert vendor(await response.json()) == path


async def test_a_limit_is_the_keys_whichever_vendors_words_it_uses(database: Database, clock: StillClock) -> None:
    async with served(database, clock, rate_limits="incident=1/60") as api:
        first = await api.get(GRAFANA, key=None, headers={"Authorization": api.key})
        second = await api.ask("POST", DATADOG, key=None, headers={"DD-API-KEY": api.key})
        assert (first.status, second.status) == (200, 429)
