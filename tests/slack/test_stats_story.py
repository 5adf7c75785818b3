"""Postmortems counted, and taken along as a file: told as people do it in Slack."""

from __future__ import annotations

from bot.playground.hands import Kind
from tests.slack.conftest import Town
from tests.slack.writings import draft, typed

ANA, SAM = "U01ANA", "U08SAM"


async def test_statistics_are_shown_and_sent_as_a_file_or_as_text(town: Town) -> None:
    ana = town.person(ANA)
    await draft(town)
    await typed(ana, "stats since monday")
    shown = await ana.sees("1 postmortem, since Mon 16 Nov 2026", "*Open:* 1, 0 of them in review", kind=Kind.MESSAGE)
    assert (await ana.press(shown, action_id="run:csv")).ok
    await ana.sees("postmortems-2026-11-18.csv is in your direct messages", kind=Kind.MESSAGE_CHANGED)
    await ana.sees("Postmortems, counted:", "measure,of,value", "drafts,,1", channel=ana.dm.id, since=0)

    town.workspace.granted_scopes = town.workspace.granted_scopes - {"files:write"}
    await typed(ana, "stats csv")
    await ana.sees("Slack took no file from me", "drafts,,1", kind=Kind.MESSAGE)
    town.workspace.violations.clear()

    await typed(ana, "stats draft")
    await ana.sees("Statistics are of all states and owners")
    await typed(ana, "stats drafty")
    await ana.sees("“drafty” is not something to list by. There are: since monday, 30d, and the name of a team.")
    await typed(ana, "statz")
    await ana.sees("Did you mean this?", "stats")
    await typed(town.person(SAM), "stats")
    await town.person(SAM).sees("Only members of this workspace")
    await typed(ana, "help stats")
    await ana.sees("stats [team] [since]")
