"""A postmortem that people and programs write together: begun in Slack, changed over HTTP, read in Slack again."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientSession

from bot.playground.screens import Kind
from bot.queries import postmortems, whole_postmortems
from bot.usecases.keys.create import create as create_key
from bot.usecases.services.name_services import name_service
from bot.usecases.teams.name_team import name_team
from bot.vocabulary import Right
from tests.slack.conftest import Town

ANA, RAJ = "U01ANA", "U02RAJ"
INCIDENTS = "C02INCIDENTS"


class Script:
    """What a script does to one postmortem by a key called ci."""

    def __init__(self, session: ClientSession, path: str) -> None:
        self._session, self._path = session, path

    async def puts(self, below: str, body: Any, *, status: int = 200) -> Any:
        async with self._session.put(f"{self._path}/{below}".rstrip("/"), json=body) as response:
            answer = await response.json()
            assert response.status == status, answer
            return answer

    async def reads(self) -> Any:
        async with self._session.get(self._path) as response:
            return (await response.json())["data"]


@asynccontextmanager
async def script(town: Town, number: int) -> AsyncIterator[Script]:
    async with town.house.units.begin(None) as unit:
        key = await create_key(unit, name="ci", rights=tuple(Right), team=None)
    async with town.house.reader() as reading:
        whole = await whole_postmortems.by_number(reading, number)
    assert whole
    address = str(town.playground.bot_url).removesuffix("/slack/events")
    async with ClientSession(headers={"Authorization": f"GenieKey {key}"}) as session:
        yield Script(session, f"{address}/v2/postmortem/{whole.short_id}")


def adf(text: str) -> str:
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": text}]}
    return json.dumps({"version": 1, "type": "doc", "content": [paragraph]})


def _facts(service_id: str, team_id: str, *, owner: str, responder: str) -> dict[str, Any]:
    return {
        "actorUserId": responder,
        "title": "Checkout <down>",
        "severity": "P5",
        "status": "draft",
        "ownerId": owner,
        "jiraIssues": ["https://x.example/browse/OPS-1"],
        "relatedIncidentIds": [],
        "affectedServices": [{"id": service_id}],
        "responderTeams": [{"id": team_id}],
        "responderUsers": [{"id": responder, "role": "Incident Commander"}],
    }


async def test_a_postmortem_of_people_and_programs(staffed: Town) -> None:
    ana, raj = staffed.person(ANA), staffed.person(RAJ)
    ana_id = (await staffed.house.desk.people.person(ANA)).id
    raj_id = (await staffed.house.desk.people.person(RAJ)).id
    async with staffed.house.units.begin(None) as unit:
        service, team = await name_service(unit, "Checkout & co"), await name_team(unit, "Zoo")
    async with script(staffed, 1) as ci:
        since = ana.mark()
        await ci.puts("", _facts(service.id, team.id, owner=ana_id, responder=raj_id))
        staffed.house.clockwork.wake()
        told = await ana.sees("Raj (by the key “ci”) changed the title to “Checkout <down>”", since=since)
        for words in ("the severity from P2 to P5", "the affected services (Checkout & co)", "the responders (Raj)"):
            assert words in told.text, told.text

        assert (await ana.command("/postmortem", "edit PM-1 summary", channel=INCIDENTS)).ok
        box = await ana.sees("Executive summary", kind=Kind.VIEW_OPENED)
        assert (await ana.submit(box, {"text": "In short."})).closed
        assert (await ci.reads())["executiveSummary"] == json.loads(adf("In short."))
        since = raj.mark()
        assert (await raj.command("/postmortem", "show PM-1", channel=INCIDENTS)).ok
        shown = await raj.sees("In short.", since=since)
        for words in ("P5", "Raj (Incident Commander), the team Zoo", "Checkout & co", "OPS-1"):
            assert words in shown.text, shown.text
        since = ana.mark()
        await ci.puts("status", {"actorUserId": raj_id, "status": "published"})
        staffed.house.clockwork.wake()
        await ana.sees("Raj (by the key “ci”) published PM-1. It is locked now.", since=since, within=15)
        await ci.puts("title", {"title": "Anew"}, status=422)
        async with staffed.house.reader() as reading:
            view = await postmortems.by_number(reading, 1, await staffed.house.desk.people.person(ANA))
        assert (view.title, view.status) == ("Checkout <down>", "published")
