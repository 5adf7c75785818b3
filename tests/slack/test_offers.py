"""Where a line is nearly right, what is offered keeps all the words that were."""

from __future__ import annotations

import pytest

from bot.playground.screens import Kind
from tests.slack.conftest import Town
from tests.slack.test_bad_input import answer
from tests.slack.writings import ANA, INCIDENTS, RAJ, draft, published, sees_mine, typed

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
UNKNOWN = "Slack does not say who “@reviewer” is: choose the name from the list that Slack shows while you type it."


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("snooze PM-99 3 days", "/postmortem snooze PM-1 3 days"),
        ("snooze #99, friday because of <b> & me", "/postmortem snooze PM-1 friday because of <b> & me"),
        ("submit PM-99 @raj", "/postmortem submit PM-1 @raj"),
        ("submit @raj 99", "/postmortem submit PM-1 @raj"),
        ("assign pm 99 me", "/postmortem assign PM-1 me"),
        ("show PM-99", "/postmortem show PM-1"),
        ("PM-99", "/postmortem show PM-1"),
        ("edit PM-99 fault", "/postmortem edit PM-1 fault"),
        ("reopen PM-99 A typo.", "/postmortem reopen PM-1 A typo."),
    ],
)
async def test_the_newest_is_offered_with_the_other_words(town: Town, line: str, offered: str) -> None:
    await draft(town)
    seen = await answer(town.person(ANA), line)
    assert f"{offered}\n" in f"{seen.text}\n"


async def test_the_offered_line_does_what_it_says(town: Town) -> None:
    await draft(town)
    ana = town.person(ANA)
    seen = await answer(ana, "submit PM-99 @raj")
    assert (await ana.press(seen, action_id="run:0")).ok
    await ana.sees("PM-1 is in review")
    await town.person(RAJ).sees("asks for your review", since=0)


@pytest.mark.parametrize("line", ["submit PM-1 @reviewer", "submit PM-1 @raj @reviewer", "assign PM-1 @reviewer"])
async def test_a_name_that_slack_did_not_resolve_is_asked_for_again(town: Town, line: str) -> None:
    await draft(town)
    seen = await answer(town.person(ANA), line)
    assert UNKNOWN in seen.text


async def test_in_a_text_such_a_name_is_a_word(town: Town) -> None:
    await published(town)
    ana = town.person(ANA)
    await typed(ana, "reopen PM-1 as @reviewer says")
    await ana.sees("PM-1 is a draft again")
    await ana.sees("as @reviewer says", channel=INCIDENTS, since=0)


async def test_a_guest_who_may_create_nothing_finds_their_words_in_mine(town: Town) -> None:
    sam = town.person("U08SAM")
    await typed(sam, "create Checkout is down")
    await sam.sees("Only members of this workspace", "What you typed is kept. `/postmortem mine` offers it too.")
    await typed(sam, "mine")
    mine = await sees_mine(sam)
    assert "Checkout is down" in mine.text
    assert (await sam.press(mine, action_id="kept")).ok
    await sam.sees("Checkout is down", kind=Kind.VIEW_OPENED)
