"""A postmortem taken along as a file: told as people do it in Slack."""

from __future__ import annotations

import pytest

from bot.playground.screens import Kind
from tests.slack.conftest import Town
from tests.slack.writings import ANA, RAJ, published, typed

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SAM = "U08SAM"


async def test_a_postmortem_is_taken_along_as_a_file_of_any_form_and_version(town: Town) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    await published(town)
    await ana.sees("PM-1 is published")
    await typed(raj, "export PM-1")
    answer = await raj.sees("PM-1-checkout-down.md is in your direct messages with me.", "As HTML", kind=Kind.MESSAGE)
    await raj.sees("PM-1 Checkout down, as Markdown:", "# PM-1 Checkout down", channel=raj.dm.id, since=0)
    assert (await raj.press(answer, action_id="run:json")).ok
    await raj.sees("PM-1-checkout-down.json is in", kind=Kind.MESSAGE_CHANGED)
    await raj.sees("as JSON:", '"label": "PM-1"', channel=raj.dm.id, since=0)
    await typed(raj, "download pm-1 v1 HTML")
    await raj.sees("PM-1-checkout-down.html is in", kind=Kind.MESSAGE)
    await raj.sees("as HTML:", "PM-1 Checkout down/title", channel=raj.dm.id, since=0)

    await typed(raj, "export PM-1 v2")
    await raj.sees("PM-1 has no version 2. There is one, version 1.")
    await typed(raj, "export PM-1 docx")
    refused = await raj.sees("“docx” is no form of file. There are these:", "/postmortem export PM-1 pdf")
    assert (await raj.press(refused, action_id="run:0")).ok
    await raj.sees("PM-1-checkout-down.md is in", kind=Kind.MESSAGE_CHANGED)
    await typed(raj, "export PM-7 md")
    await raj.sees("There is no PM-7")
    await typed(town.person(SAM), "export PM-1")
    await town.person(SAM).sees("Only members of this workspace")


async def test_where_slack_takes_no_file_the_page_is_offered(town: Town) -> None:
    ana = town.person(ANA)
    await published(town)
    town.workspace.granted_scopes = town.workspace.granted_scopes - {"files:write"}
    await typed(ana, "export PM-1 html")
    await ana.sees("Slack took no file from me", "Open page", kind=Kind.MESSAGE)
    town.workspace.violations.clear()
