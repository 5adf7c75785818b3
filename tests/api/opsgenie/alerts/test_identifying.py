"""By what an alert is named in a path: aliases with anything in them, and what a path asks for told by its end."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.api.conftest import Api
from tests.api.opsgenie.alerts.making import became, failed, raised

ODD = (
    "a/b",
    "a/notes/b",
    "/lead",
    "trail/",
    "{braces}",
    "per cent % 20",
    "#?&=+",
    "two\nlines",
    "a/close",
    "notes",
    "ünïcode/☃",
)
"""Aliases that a path holds once they are escaped."""
UNESCAPED = ("a/b", "db/eu/1", "http://host:9090/graph", "a//b", "actions/b", '{a="b"}')
"""Aliases whose slashes Go's client sends as they are."""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_alias_may_hold_anything_once_it_is_escaped(api: Api) -> None:
    by_alias = "?identifierType=alias"
    for alias in ODD:
        path = await raised(api, alias=alias)
        named = f"/v2/alerts/{quote(alias, safe='')}"
        assert (await api.get(f"{named}{by_alias}")).data["alias"] == alias, alias
        assert (await api.get(f"{named}/{by_alias}")).data["alias"] == alias, alias
        assert (await became(api, await api.post(f"{named}/notes{by_alias}", {"note": "n"})))["alias"] == alias
        assert [each["note"] for each in (await api.get(f"{named}/notes/{by_alias}")).data] == ["n"], alias
        assert await failed(api, await api.post(f"{named}/actions/x{by_alias}", {})), alias
        await became(api, await api.post(f"{named}/close/{by_alias}", {}))
        assert (await api.get(f"{named}{by_alias}")).status == 404, alias
        assert (await api.get(path)).data["status"] == "closed"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_a_path_asks_for_is_told_by_its_end(api: Api) -> None:
    by_alias = "?identifierType=alias"
    for alias in UNESCAPED:
        await raised(api, alias=alias, actions=["close"])
        named = f"/v2/alerts/{alias}"
        assert (await api.get(f"{named}{by_alias}")).data["alias"] == alias, alias
        acted = await became(api, await api.post(f"{named}/actions/close{by_alias}", {}))
        assert (acted["action"], acted["alias"]) == ("CustomAction", alias)
        closed = await became(api, await api.post(f"{named}/close{by_alias}", {}))
        assert (closed["action"], closed["alias"]) == ("Close", alias)
    for method, path in (
        ("GET", "/v2/alerts/a/b/close"),
        ("DELETE", "/v2/alerts/count"),
        ("DELETE", "/v2/alerts/requests/x"),
        ("PATCH", "/v2/alerts/a/tags"),
        ("PUT", "/v2/alerts"),
    ):
        assert (await api.ask(method, path)).status == 405, path
