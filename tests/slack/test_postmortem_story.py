"""A postmortem's life in Slack, told from first draft to publication."""

from __future__ import annotations

import pytest

from tests.slack.conftest import Town

INCIDENTS = "C02INCIDENTS"


@pytest.mark.parametrize("way_in", ["http", "socket"])
async def test_a_postmortem_is_written_reviewed_and_published_without_leaving_slack(town: Town) -> None:
    ana, raj = town.person("U01ANA"), town.person("U02RAJ")

    assert (await ana.command("/postmortem", "create Checkout down", channel=INCIDENTS)).ok
    await ana.sees("New postmortem")
    services = await ana.options(ana.view, "services", "look_up_services", "check")
    assert [each["value"] for each in services["options"]] == ["check"]
    made = await ana.submit(ana.view, {"severity": "P2", "services": ["check"]})
    assert made.closed
    card = await ana.sees("PM-1", "Checkout down", channel=INCIDENTS)
    assert "draft" in card.text

    assert (await ana.press(card, action_id="do:edit")).ok
    listed = await ana.sees("Root causes", "still empty")
    await ana.press(listed, action_id="section:root-causes")
    box = await ana.sees("Root causes", where=lambda seen: seen.view is not None and seen.view != listed.view)
    saved = await ana.submit(box, {"text": "The pool was **full**."})
    assert saved.closed
    await ana.sees("The pool was", "Leadup", where=lambda seen: seen.view is not None)  # the list below says so
    await ana.close(ana.view)

    assert (await ana.command("/postmortem", "submit PM-1 @raj", channel=INCIDENTS)).ok
    request = await raj.sees("asks for your review", "PM-1")
    assert (await raj.press(request, action_id="do:approve")).ok
    assert "1 of 1 approved" in (await raj.sees("You approved PM-1")).text

    assert (await ana.command("/postmortem", "publish PM-1", channel=INCIDENTS)).ok
    await ana.sees("PM-1 is published", channel=INCIDENTS)
    refused = await ana.command("/postmortem", "edit PM-1 fault", channel=INCIDENTS)
    assert refused.ok
    assert "reopen PM-1" in (await ana.sees("published and locked")).text
    assert town.workspace.pings == []
