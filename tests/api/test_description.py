"""The description tells what is served, a page makes it readable, and what is served keeps to it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bot.api.rooms import ROOMS
from tests.api.conftest import Api
from tests.api.fuzzing import fuzzed

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))
"""With a number it is the wider run: so many requests made up for each endpoint, and each edge of each field too."""
FEW = 4
POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)
"""The stricter of the two; the wider run asks both."""


async def test_the_description_has_every_endpoint_and_nothing_else(api: Api) -> None:
    answer = await api.get("/openapi.json", key=None)
    assert (answer.status, answer.body["openapi"]) == (200, "3.1.0")
    told = {(method.upper(), path) for path, methods in answer.body["paths"].items() for method in methods}
    assert told == {(endpoint.method, endpoint.path) for room in ROOMS for endpoint in room.endpoints}
    operations = [each for methods in answer.body["paths"].values() for each in methods.values()]
    ids = [each["operationId"] for each in operations]
    assert len(ids) == len(set(ids))
    for operation in operations:
        assert operation["summary"]
        assert {"400", "403", "429", "503"} <= set(operation["responses"])


async def test_each_vendor_has_its_own_keys_and_refusals(api: Api) -> None:
    description = (await api.get("/openapi.json", key=None)).body
    shown = {
        name: (scheme["name"], scheme["description"].split(",")[0].split(".")[0])
        for name, scheme in description["components"]["securitySchemes"].items()
    }
    assert shown == {
        "key": ("Authorization", "`GenieKey` and the key"),
        "bare-key": ("Authorization", "The key alone"),
        "api-key": ("DD-API-KEY", "The key that acts"),
    }
    asked = {
        "/v2/schedules": ("key", "Opsgenie", {"401", "422"}),
        "/api/v1/postmortems/": ("bare-key", "Grafana", set()),
        "/api/v2/incidents/{incident_id}/attachments/postmortems": ("api-key", "Datadog", set()),
    }
    for path, (scheme, vendor, more) in asked.items():
        operation = description["paths"][path]["post"]
        assert operation["security"] == [{scheme: []}]
        assert {"401", "422"} & set(operation["responses"]) == more
        assert operation["responses"]["403"] == {"$ref": f"#/components/responses/{vendor}-403"}


async def test_every_reference_in_the_description_leads_somewhere(api: Api) -> None:
    answer = await api.get("/openapi.json", key=None)
    for reference in set(re.findall(r'"#/([^"]+)"', answer.text)):
        found = answer.body
        for part in reference.split("/"):
            found = found[part]
        assert found


async def test_the_page_names_every_request_and_loads_nothing_from_elsewhere(api: Api) -> None:
    for path in ("/api", "/api/"):
        page = await api.get(path, key=None)
        assert (page.status, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert 'name="viewport"' in page.text
    assert not re.search(r"<script|<link|<img|https?://", page.text)
    for endpoint in (each for room in ROOMS for each in room.endpoints):
        assert f"<b>{endpoint.method}</b> <code>{endpoint.path}</code>" in page.text
    for header in ("Authorization", "DD-API-KEY"):
        assert f"<tr><th><code>{header}</code></th>" in page.text


@pytest.mark.parametrize("database_url", ["sqlite", POSTGRES] if EXAMPLES else [POSTGRES], indirect=True)
async def test_made_up_requests_find_no_fault_of_ours_and_no_answer_that_is_not_described(
    api: Api, tmp_path: Path
) -> None:
    phases = "examples,coverage,fuzzing" if EXAMPLES else "examples,fuzzing"
    outcome = await fuzzed(api, tmp_path, examples=EXAMPLES or FEW, phases=phases)
    assert outcome.status == 0, outcome.text
