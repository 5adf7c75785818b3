"""A review in Slack: who is asked, what is said of what, what is looked at before others read it, what stays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.playground.screens import Kind
from bot.slack.cards.blocks import Block
from bot.usecases.postmortems.create import CreatePostmortem, create
from bot.vocabulary import Severity
from tests.slack.conftest import Town
from tests.slack.writings import ANA, INCIDENTS, MIA, NOUR, RAJ, becomes_guest, draft, rich, typed

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SECRET = "DB_PASSWORD=correct-horse"


def initial(view: Block, name: str) -> object:
    """What a field of a form begins with."""
    element = next(each["element"] for each in view["blocks"] if each.get("block_id") == name)
    return next((value for key, value in element.items() if key.startswith("initial_")), None)


async def of_checkout(town: Town) -> None:
    """A draft of Ana's, whose incident struck a service."""
    ana = await town.house.desk.people.person(ANA)
    wanted = CreatePostmortem(
        title="Checkout down",
        severity=Severity.P2,
        started_at=town.clock.now() - timedelta(hours=2),
        owner_id=ana.id,
        services=("Checkout",),
        channel=INCIDENTS,
    )
    async with town.house.units.begin(ana) as unit:
        await create(unit, wanted)


async def test_a_review_from_its_default_reviewers_to_the_second_version(town: Town) -> None:
    ana, raj, mia = (town.person(each) for each in (ANA, RAJ, MIA))
    await of_checkout(town)
    await typed(ana, "reviewers checkout @raj")
    await ana.sees("Raj reviews what strikes the service Checkout, from now on")
    await typed(ana, "reviewers")
    await ana.sees("the service Checkout", "Raj")
    await typed(ana, "submit PM-1")
    asked = await ana.sees("Submit PM-1", "Proposed are those who review")
    assert asked.view is not None
    assert initial(asked.view.body, "reviewers") == [RAJ]
    assert (await ana.submit(asked)).view
    await raj.sees("asks for your review", channel=raj.dm.id)

    await typed(mia, "comment PM-1 Root causes: which <pool>?")
    await mia.sees("Your comment on Root causes of PM-1 stands in its review")
    await ana.sees("Mia commented on Root causes", "which <pool>?", channel=ana.dm.id, since=0)
    await typed(raj, "comment PM-1")
    form = await raj.sees("Comment on PM-1")
    assert (await raj.submit(form, {"text": "As a whole, fine"})).view
    await typed(raj, "changes PM-1 [detection] say who saw it")
    await raj.sees("PM-1 is a draft again")
    await typed(ana, "show PM-1")
    await ana.sees("*Review*", "Mia commented on Root causes", "As a whole, fine", "asked for changes of Detection")

    await typed(ana, "edit PM-1 fault")
    form = await ana.sees("Edit PM-1")
    assert (await ana.submit(form, {"text": rich(f"{SECRET} was in the log")})).closed
    await typed(ana, "submit PM-1 @raj")
    await raj.sees("asks for your review", channel=raj.dm.id)
    await typed(raj, "approve PM-1")
    await raj.sees("You approved PM-1")
    await typed(ana, "publish PM-1")
    preview = await ana.sees(
        "Publish PM-1", "In Fault stands what looks like a password or a key, “corr…”", "Still empty"
    )
    assert (await ana.submit(preview)).view
    await ana.sees("PM-1 is published and locked.", "In Fault stands")
    await ana.sees("published PM-1. It is locked now", channel=INCIDENTS, kind=Kind.MESSAGE, since=0)

    await typed(ana, "show PM-1")
    await ana.sees("Version 1, published")
    await typed(ana, "reopen PM-1 Take the password out")
    await typed(ana, "edit PM-1 fault")
    form = await ana.sees("Edit PM-1")
    assert (await ana.submit(form, {"text": rich("A password was in the log")})).closed
    await typed(ana, "show PM-1")
    await ana.sees("Version 1 of it was published", "A password was in the log", "/postmortem show PM-1 v1")
    await typed(ana, "show PM-1 v1")
    await ana.sees("Version 1 of 1, as it was published", SECRET, "which <pool>?")
    await typed(ana, "show PM-1 v2")
    await ana.sees("PM-1 has no version 2. There is one, version 1.")
    assert town.workspace.pings == []


async def test_the_form_proposes_nobody_whose_approval_would_be_refused(town: Town) -> None:
    ana, raj, number = town.person(ANA), town.person(RAJ), await draft(town)
    await typed(ana, f"submit PM-{number} @raj @mia @nour")
    await ana.sees("is in review")
    await typed(raj, f"changes PM-{number} Say why")
    await raj.sees("is a draft again")
    await typed(ana, f"assign PM-{number} @raj")
    await ana.sees("Raj")
    await becomes_guest(town, NOUR)
    await typed(raj, f"submit PM-{number}")
    form = await raj.sees(f"Submit PM-{number}")
    assert form.view is not None and initial(form.view.body, "reviewers") == [MIA]
    sent = await raj.submit(form)
    assert sent.errors is None
    await typed(raj, f"show PM-{number}")
    await raj.sees("in review", "Mia has not answered yet")


async def test_an_action_has_a_kind_and_an_issue_and_a_bad_address_is_refused_under_its_field(town: Town) -> None:
    ana, number = town.person(ANA), await draft(town)
    await typed(ana, f"action PM-{number} Add an alarm @mia fri #detect https://example.atlassian.net/browse/OPS-12")
    added = await ana.sees("Added to *PM-1* for Mia, due Fri 20 Nov, to detect it", "OPS-12")
    assert (await ana.press(added, action_id="action_item:one::edit")).ok
    form = await ana.sees("Action of PM-1")
    refused = await ana.submit(form, {"jira_url": "javascript:alert(1)"})
    assert refused.errors is not None and refused.errors.keys() == {"jira_url"}
    assert (await ana.submit(form, {"jira_url": "https://example.atlassian.net/browse/OPS-13"})).view
    await ana.sees("Saved for Mia", "OPS-13")
    await typed(ana, f"actions PM-{number}")
    await ana.sees("Add an alarm", "PM-1, Mia, due Fri 20 Nov, detect", "OPS-13")
