"""Action items as people see them, word for word, and within Slack's limits whatever is in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from bot.engines.cadence.facts import NudgeKind
from bot.playground.blockkit import Sending, validate_message, validate_view
from bot.playground.rendering import Reader, blocks_text
from bot.queries.actions import ActionView
from bot.slack.cards.action_forms import add_form, choice_form, day_form, edit_form, owner_form
from bot.slack.cards.actions import (
    Deed,
    Noted,
    actions_card,
    added_card,
    given_card,
    nearness_words,
    noted_card,
    on_day,
    removed_card,
)
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.postmortem_lists import SettledAction, digest_card, morning_card
from bot.slack.words.action_items import TypedAction
from bot.vocabulary import ActionKind, ActionStatus
from tests.slack.cards.views import NOW, person

ANYBODY = Reader(people={}, channels={})
MIA, RAJ = person(2, "Mia"), person(1, "Raj")
ALARM = ActionView(
    id="0b7a4d0e-6a1f-4a55-9a39-0f6f5f1d2c3b",
    version=3,
    postmortem_id="p",
    number=12,
    title="Checkout down",
    text="Add an *alarm* <!channel>",
    owner=MIA,
    due_on=date(2026, 11, 20),
    due_in_days=2,
    days_overdue=0,
    status=ActionStatus.OPEN,
    settled_at=None,
    created_at=NOW,
)
DONE = replace(ALARM, status=ActionStatus.DONE, settled_at=NOW)
LATE = replace(ALARM, days_overdue=12, due_in_days=-16)
CARDS = {
    "added, of a kind, with its issue": (
        added_card(replace(ALARM, kind=ActionKind.DETECT, jira_url="https://jira.example.com/browse/OPS-1"), now=NOW),
        "Added to *PM-12* for Mia, due Fri 20 Nov, to detect it, OPS-1:\nAdd an *alarm* <!channel>\nUndo\nChange",
    ),
    "told to others than its owner": (
        morning_card([replace(LATE, rung=NudgeKind.OWNER_OF_ACTIONS)], to_judge={}),
        "*1 thing waits for you*\nAdd an *alarm* <!channel>\n"
        "PM-12, Mia has it, overdue 12 working days, told to you as the owner of its postmortem\n"
        "Give to…\nNew date\nDone\nNot needed",
    ),
    "in a channel's week": (
        digest_card([replace(LATE, rung=NudgeKind.DIGEST_OF_ACTIONS)]),
        "*1 action is long overdue*\nAdd an *alarm* <!channel>\nPM-12, Mia has it, overdue 12 working days",
    ),
    "added": (
        added_card(ALARM, now=NOW),
        "Added to *PM-12* for Mia, due Fri 20 Nov:\nAdd an *alarm* <!channel>\nUndo\nChange",
    ),
    "given": (
        given_card(ALARM, giver=RAJ, reader=MIA, now=NOW),
        "Raj gave you an action of *PM-12*, due Fri 20 Nov:\nAdd an *alarm* <!channel>\n"
        "Done\nNew date\nGive to…\nNot needed",
    ),
    "given to somebody else since": (
        given_card(ALARM, giver=RAJ, reader=RAJ, now=NOW),
        "Mia has it now, an action of *PM-12*:\nAdd an *alarm* <!channel>",
    ),
    "done": (
        given_card(DONE, giver=RAJ, reader=MIA, now=NOW),
        "Done, an action of *PM-12*:\nAdd an *alarm* <!channel>\nOpen again",
    ),
    "removed": (removed_card(), "This action was removed. Nothing is left to do."),
    "noted": (
        noted_card(Noted("Done:", ALARM.text, Deed.REOPEN, "a:4")),
        "Done: “Add an *alarm* <!channel>”\nUndo",
    ),
    "listed": (
        actions_card(
            (replace(ALARM, days_overdue=2), replace(ALARM, owner=None, due_on=None), DONE),
            head="3 actions of PM-12",
            words="PM-12",
            page=1,
            total=3,
            public=True,
            now=NOW,
        ),
        "*3 actions of PM-12*\n"
        "Add an *alarm* <!channel>\nPM-12, Mia, due Fri 20 Nov (2 working days overdue)\n"
        "Add an *alarm* <!channel>\nPM-12, nobody has it yet, no day set\n"
        "Add an *alarm* <!channel>\nPM-12, Mia, done",
    ),
    "morning": (
        morning_card([ALARM], to_judge={}, settled=[SettledAction(replace(DONE, number=11), MIA, NOW)]),
        "*1 thing waits for you*\nAdd an *alarm* <!channel>\nPM-12, due in 2 days\nDone\nNew date\nNot needed\n"
        "Add an *alarm* <!channel>\nPM-11, done",
    ),
}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_says_what_it_is_and_what_can_be_done(name: str) -> None:
    card, words = CARDS[name]
    assert blocks_text(list(card.blocks), ANYBODY) == words
    assert "<!channel>" not in card.text
    _is_fine(card)


@pytest.mark.parametrize(
    ("days_overdue", "due_in_days", "words"),
    [
        (2, -4, "overdue 2 working days"),
        (1, -1, "overdue 1 working day"),
        (0, -1, "due before the weekend"),
        (0, 0, "due today"),
        (0, 1, "due tomorrow"),
        (0, 9, "due in 9 days"),
        (0, None, ""),
    ],
)
def test_how_near_a_day_is(days_overdue: int, due_in_days: int | None, words: str) -> None:
    assert nearness_words(days_overdue=days_overdue, due_in_days=due_in_days) == words


def test_a_day_far_away_says_its_year() -> None:
    assert (on_day(date(2026, 12, 1), NOW), on_day(date(2028, 12, 1), NOW)) == ("Tue 1 Dec", "Fri 1 Dec 2028")


@seed(12)
@settings(max_examples=30, deadline=None)
@given(text=st.text(min_size=1, max_size=40), times=st.integers(1, 75), count=st.integers(1, 30))
def test_no_text_and_no_number_of_actions_breaks_slacks_limits(text: str, times: int, count: int) -> None:
    view = replace(ALARM, text=(text * times)[:3000])
    noted = Noted("Removed from PM-12:", view.text, Deed.RESTORE, "123456:0")
    for public in (True, False):
        listed = [view] * min(count, 8)
        _is_fine(actions_card(listed, head="x", words="overdue", page=2, total=99, public=public, now=NOW, noted=noted))
    _is_fine(morning_card([replace(view, number=each) for each in range(count)], to_judge={}))
    for card in (added_card(view, now=NOW), given_card(view, giver=None, reader=MIA, now=NOW), noted_card(noted)):
        _is_fine(card)
    issue = f"https://example.atlassian.net/browse/{'A' * 1_000}-1"
    shown = TypedAction(view.text, "U1", ALARM.due_on, ActionKind.DETECT, issue)
    edit = edit_form(label="PM-12", shown=shown, metadata="{}")
    for form in (
        edit,
        add_form(label="PM-12", shown=TypedAction(view.text * 2, None, None), metadata="{}"),
        day_form(label="PM-12", text=view.text, initial="2026-12-01", metadata="{}"),
        owner_form(label="PM-12", text=view.text, metadata="{}"),
        choice_form(edit, theirs=view, mine="Mine", head="Somebody changed it.", now=NOW),
    ):
        _view_is_fine(form)


def _is_fine(card: Card) -> None:
    for sending in (Sending.POST, Sending.UPDATE, Sending.RESPONSE):
        assert [str(problem) for problem in validate_message(card.payload, sending)] == []


def _view_is_fine(view: Block) -> None:
    assert [str(problem) for problem in validate_view(view)] == []
