"""The description tells what is served, a page makes it readable, and what is served keeps to it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bot.api import opsgenie
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
    assert told == {(endpoint.method, endpoint.path) for endpoint in opsgenie.ENDPOINTS}
    operations = [each for methods in answer.body["paths"].values() for each in methods.values()]
    ids = [each["operationId"] for each in operations]
    assert len(ids) == len(set(ids))
    for operation in operations:
        assert operation["summary"]
        assert {"401", "403", "422", "429"} <= set(operation["responses"])
    assert answer.body["components"]["securitySchemes"]["key"]["name"] == "Authorization"


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
    for endpoint in opsgenie.ENDPOINTS:
        assert f"<b>{endpoint.method}</b> <code>{endpoint.path}</code>" in page.text


@pytest.mark.parametrize("database_url", ["sqlite", POSTGRES] if EXAMPLES else [POSTGRES], indirect=True)
async def test_made_up_requests_find_no_fault_of_ours_and_no_answer_that_is_not_described(
    api: Api, tmp_path: Path
) -> None:
    phases = "examples,coverage,fuzzing" if EXAMPLES else "examples,fuzzing"
    outcome = await fuzzed(api, tmp_path, examples=EXAMPLES or FEW, phases=phases)
    assert outcome.status == 0, outcome.text
