"""One postmortem, whoever writes it: in Slack, and through the APIs of three vendors."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.engines.documents.document import to_plain
from bot.usecases.keys.create import create
from bot.vocabulary import Right
from tests.slack.conftest import Town

INCIDENTS = "C02INCIDENTS"
GRAFANA = "/api/v1/postmortems/"


@dataclass(frozen=True)
class Programs:
    """Scripts of three vendors' customers, with one key for all of them."""

    session: ClientSession
    address: str
    key: str

    async def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The body of what is answered."""
        asked = self.session.request(method, f"{self.address}{path}", json=body, headers=headers)
        async with asked as response:
            assert response.status in {200, 201}, await response.text()
            return await response.json()

    async def grafana(self, method: str, path: str = "", body: Any = None) -> Any:
        """As Grafana OnCall's clients."""
        return await self.ask(method, f"{GRAFANA}{path}", body, Authorization=self.key)

    async def opsgenie(self, method: str, path: str, body: Any = None) -> Any:
        """As Opsgenie's."""
        answer = await self.ask(method, f"/v2/postmortem/{path}", body, Authorization=f"GenieKey {self.key}")
        return answer["data"]

    async def datadog(self, incident: str, **attributes: str) -> Any:
        """As Datadog's."""
        body = {"data": {"type": "incident_attachments", "attributes": attributes}}
        path = f"/api/v2/incidents/{incident}/attachments/postmortems"
        return (await self.ask("POST", path, body, **{"DD-API-KEY": self.key}))["data"]

    async def opsgenie_reads(self, postmortem_id: str) -> str:
        """The text in plain words."""
        return to_plain((await self.opsgenie("GET", postmortem_id))["content"])


@pytest.fixture
async def programs(town: Town) -> AsyncIterator[Programs]:
    async with town.house.units.begin(None) as unit:
        key = await create(unit, name="scripts", rights=frozenset(Right), team=None)
    assert town.playground.bot_url
    async with ClientSession() as session:
        yield Programs(session, town.playground.bot_url.removesuffix("/slack/events"), key)


async def test_what_one_writes_all_others_read(town: Town, programs: Programs) -> None:
    ana = town.person("U01ANA")

    async def shown(number: int, *words: str) -> None:
        since = ana.mark()
        assert (await ana.command("/postmortem", f"show PM-{number}", channel=INCIDENTS)).ok
        await ana.sees(f"PM-{number}", *words, since=since)

    assert (await ana.command("/postmortem", "create Checkout down", channel=INCIDENTS)).ok
    await ana.sees("New postmortem")
    assert (await ana.submit(ana.view, {"severity": "P2"})).closed
    await ana.sees("PM-1", "Checkout down", channel=INCIDENTS)

    (listed,) = (await programs.grafana("GET"))["results"]
    text = "#### Fault\n\nThe pool was **full**.\n\n#### Root causes\n\n1. No limit\n2. No alarm"
    written = await programs.grafana("PUT", listed["id"], {"text": text})
    assert written["text"] == text
    await shown(1, "The pool was", "No alarm")
    for name in (listed["id"], (await programs.opsgenie("GET", listed["id"]))["postmortemId"]):
        assert (
            await programs.opsgenie_reads(name)
            == "Fault\n\nThe pool was full.\n\nRoot causes\n1. No limit\n2. No alarm"
        )

    assert (await ana.command("/postmortem", "edit PM-1 fault", channel=INCIDENTS)).ok
    box = await ana.sees("Fault", where=lambda seen: seen.view is not None)
    assert (await ana.submit(box, {"text": "The disk was full."})).closed
    assert (await programs.grafana("GET", listed["id"]))["text"] == text.replace("pool was **full**", "disk was full")
    assert "The disk was full." in await programs.opsgenie_reads(listed["id"])

    attached = await programs.datadog("INC-1", title="Again", content="## Leadup\n\nA *deploy* of <b>checkout</b>.")
    await shown(2, "Again", "A deploy of <b>checkout</b>.")
    assert await programs.opsgenie_reads(attached["id"]) == "Leadup\n\nA deploy of <b>checkout</b>."
    assert [each["text"] for each in (await programs.grafana("GET", "?alert_group_id=INC-1"))["results"]] == [
        "## Leadup\n\nA *deploy* of \\<b>checkout\\</b>.",
        (await programs.grafana("GET", listed["id"]))["text"],
    ]

    panel = {"type": "panel", "attrs": {"panelType": "info"}, "content": [_paragraph("Do not panic.")]}
    document = {"version": 1, "type": "doc", "content": [_heading("Leadup"), panel, _paragraph("Then silence.")]}
    body = {"content": json.dumps(document), "type": "adf"}
    await programs.opsgenie("PUT", f"{attached['id']}/content", body)
    await shown(2, "Do not panic.", "Then silence.")
    text = (await programs.grafana("GET", attached["id"]))["text"]
    assert "Do not panic." in text
    await programs.grafana("PUT", attached["id"], {"text": text.replace("silence", "applause")})
    panel_kept = (await programs.opsgenie("GET", attached["id"]))["content"]["content"]
    assert panel_kept == [_heading("Leadup"), panel, _paragraph("Then applause.")]


def _heading(words: str) -> dict[str, Any]:
    return {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": words}]}


def _paragraph(words: str) -> dict[str, Any]:
    return {"type": "paragraph", "content": [{"type": "text", "text": words}]}
