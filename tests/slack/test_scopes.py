"""The manifest asks for what the bot was seen to use in a morning's work, and for nothing else."""

from __future__ import annotations

import asyncio

from bot.playground.faults import DROP_ANSWER
from bot.playground.manifest import Manifest
from bot.transfer.demo import fill
from tests.slack.conftest import MANIFEST, Town

INCIDENTS = "C02INCIDENTS"
RAJ = "U02RAJ"


async def test_every_scope_is_used_and_none_is_missing(town: Town) -> None:
    ana, raj = town.person("U01ANA"), town.person(RAJ)
    town.workspace.faults.add(method="chat.postMessage", kind=DROP_ANSWER, only=lambda args: args["channel"] == RAJ)
    await ana.command("/postmortem", "create Checkout down", channel=INCIDENTS)
    await ana.sees("New postmortem")
    await ana.submit(ana.view, {"severity": "P2"})
    await ana.sees("PM-1", channel=INCIDENTS)
    await ana.command("/postmortem", "submit PM-1 @raj", channel=INCIDENTS)
    await raj.sees("asks for your review", channel=raj.dm.id)
    async with asyncio.timeout(20):  # Slack took it without a word: it is looked for before anybody is told twice
        while "conversations.history" not in town.workspace.used_methods:
            await asyncio.sleep(0.1)  # a round of the sender announces its end to nobody
            await town.move(seconds=5)
    await raj.say(raj.dm.id, "on it")
    await ana.say(INCIDENTS, f"<@{town.workspace.app.user_id}> help")
    await ana.sees("/oncall now", channel=INCIDENTS)
    await fill(town.house.units, town.house.reader, town.house.desk.people.person)
    await ana.command("/oncall", "week", channel=INCIDENTS)
    await ana.sees("times in", within=20)
    await town.playground.settled()
    assert town.workspace.used_scopes == set(Manifest.read(MANIFEST).scopes)
    assert len([seen for seen in raj.screen(raj.dm.id) if "asks for your review" in raj.reads(seen)]) == 1
