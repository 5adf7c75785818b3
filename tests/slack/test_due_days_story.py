"""The day a draft or a review is due, chosen in its form: told as people do it in Slack."""

from __future__ import annotations

import pytest

from bot.playground.screens import Kind
from tests.slack.conftest import Town
from tests.slack.writings import ANA, INCIDENTS, RAJ, typed

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PAST = "This day is past. Choose today or later."


async def test_the_day_it_is_due_is_chosen_where_it_is_made_and_where_its_review_is_asked_for(town: Town) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    await typed(ana, "create Checkout down")
    form = await ana.sees("New postmortem", "Left empty: 5 working days after its end.")
    assert (await ana.submit(form, {"due_on": "2026-11-17"})).errors == {"due_on": PAST}
    assert (await ana.submit(form, {"due_on": "2026-12-04"})).closed
    await ana.sees("PM-1 Checkout down", "Fri 4 Dec", channel=INCIDENTS, kind=Kind.MESSAGE)

    await typed(ana, "submit PM-1")
    form = await ana.sees("Submit PM-1", "Left empty: in 2 working days.")
    assert (await ana.submit(form, {"reviewers": [RAJ], "due_on": "2026-11-17"})).errors == {"due_on": PAST}
    assert (await ana.submit(form, {"reviewers": [RAJ], "due_on": "2026-12-01"})).view
    await raj.sees("asks for your review", "Due Tue 1 Dec", channel=raj.dm.id, since=0)
