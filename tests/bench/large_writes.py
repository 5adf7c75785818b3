"""How long others wait while a program writes a large text by each of the three APIs; a part of bench_documents."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.usecases.incidents.create import create as create_incident
from bot.usecases.incidents.wanted import WantedIncident
from bot.usecases.keys.create import create as create_key
from bot.usecases.postmortems.create import CreatePostmortem, create
from bot.usecases.postmortems.held import hold
from bot.vocabulary import Right, Verb
from bot.wiring import House
from storage.database import Database
from storage.models import User
from tests.bench.bench_slack import Line
from tests.bench.databases import databases
from tests.bench.heart import beating, house_at

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
MEBIBYTE = 2**20
BLOCKS = 5_000
CHARACTERS = 95_000
"""Of Markdown; those APIs take 100,000 in one text."""
AGAIN = 5
ASKER = """
import json, sys, urllib.request as web
asked = json.load(sys.stdin)
request = web.Request(asked["url"], asked["body"].encode(), asked["headers"], method=asked["method"])
print(web.urlopen(request).read().decode())
"""
"""A process of its own: a thread would stand in the way of what it measures."""


@dataclass(frozen=True, slots=True)
class _Requests:
    """What is written where: one that there is, by two ways, and another by the third."""

    port: int
    key: str
    author: str
    postmortem: str
    incident: str

    def content(self, adf: Mapping[str, Any]) -> Mapping[str, Any]:
        """Opsgenie's."""
        body = {"type": "adf", "content": json.dumps(adf), "actorUserId": self.author}
        return self._asked("PUT", f"/v2/postmortem/{self.postmortem}/content", body, f"GenieKey {self.key}")

    def text(self, markdown: str) -> Mapping[str, Any]:
        """Grafana OnCall's."""
        return self._asked("PUT", f"/api/v1/postmortems/{self.postmortem}/", {"text": markdown}, self.key)

    def attachment(self, markdown: str) -> Mapping[str, Any]:
        """Datadog's."""
        cells = [{"type": "markdown", "content": markdown}]
        about = {"title": "Checkout", "attachment_type": "postmortem", "cells": cells}
        body = {"data": {"type": "incident_attachments", "attributes": about}}
        return self._asked("POST", f"/api/v2/incidents/{self.incident}/attachments/postmortems", body)

    def _asked(self, method: str, path: str, body: object, authorization: str = "") -> Mapping[str, Any]:
        headers = {"Content-Type": "application/json", "DD-API-KEY": self.key, "DD-APPLICATION-KEY": self.key}
        shown = {**headers, "Authorization": authorization} if authorization else headers
        url = f"http://127.0.0.1:{self.port}{path}"
        return {"method": method, "url": url, "headers": shown, "body": json.dumps(body)}


async def lines() -> list[Line]:
    """A row for each way of writing, on each kind of database; about a minute."""
    found: list[Line] = []
    with TemporaryDirectory(prefix="watchbill-bench-") as name:
        for kind, url in databases(Path(name)):
            database = Database(url)
            await database.migrate()
            await database.close()
            async with house_at(url, NOW) as (house, port):
                found += await _written(kind, await _filled(house, port))
    return found


async def _written(kind: str, requests: _Requests) -> list[Line]:
    ways: dict[str, Callable[[int], Mapping[str, Any]]] = {
        "1 MiB of ADF by Opsgenie's API": lambda turn: requests.content(_marked(MEBIBYTE, turn)),
        f"{BLOCKS:,} blocks by Opsgenie's API": lambda turn: requests.content(_paragraphs(BLOCKS, turn)),
        "100 kB of Markdown by Grafana OnCall's API": lambda turn: requests.text(_markdown(turn)),
        "100 kB of Markdown by Datadog's API": lambda turn: requests.attachment(_markdown(turn)),
    }
    found = []
    for what, way in ways.items():
        held = []
        for turn in range(AGAIN):
            async with beating() as heart:
                await _sent(way(turn))
            held.append(heart.longest_work)
        told = f"{max(held) * 1000:,.1f} ms"
        found.append(Line(f"{kind}: {what}, longest work at a stretch", "50 ms", told, ""))
    return found


async def _sent(asked: Mapping[str, Any]) -> None:
    asker = await asyncio.create_subprocess_exec(sys.executable, "-c", ASKER, stdin=PIPE, stdout=PIPE)
    await asker.communicate(json.dumps(asked).encode())
    assert asker.returncode == 0, asked["url"]


async def _filled(house: House, port: int) -> _Requests:
    async with house.units.begin(None) as unit:
        key = await create_key(unit, name="bench", rights=list(Right), team=None)
        author = User(email="a@example.com", name="Ana", slack_id="U1", refreshed_at=NOW)
        unit.session.add(author)
        await unit.session.flush()
        author_id = author.id
    writer = await house.desk.people.person("U1")
    async with house.units.begin(writer) as unit:
        incident = await create_incident(unit, WantedIncident(message="Checkout down"))
        number = await create(unit, CreatePostmortem(incident_id=incident.id))
        held = await hold(unit, number, Verb.EDIT_SECTION)
        return _Requests(port, key, author_id, held.row.id, incident.id)


def _paragraphs(blocks: int, turn: int) -> Mapping[str, Any]:
    texts = (
        {"type": "text", "text": f"It broke at nine, and nobody saw it: {turn} {place}"} for place in range(blocks)
    )
    return {"version": 1, "type": "doc", "content": [{"type": "paragraph", "content": [text]} for text in texts]}


def _marked(size: int, turn: int) -> Mapping[str, Any]:
    """Paragraphs of four pieces each, every other one bold, which make a document of about that many bytes."""
    bold = {"marks": [{"type": "strong"}]}
    pieces = [
        {"type": "text", "text": f"the {turn}th time, all at once ", **(bold if odd else {})} for odd in (0, 1) * 2
    ]
    block = {"type": "paragraph", "content": pieces}
    return {"version": 1, "type": "doc", "content": [block] * (size // len(json.dumps(block)))}


def _markdown(turn: int) -> str:
    words = f"It broke **at nine**, and nobody saw it for a while, the {turn}th time. " * 9
    return "".join(f"## Part {number}\n\n{words}\n\n" for number in range(190))[:CHARACTERS]
