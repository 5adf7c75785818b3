"""What a reviewer's request and an announcement say, word for word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.playground.blockkit import Sending, validate_message
from bot.slack.cards.notices import announcement_card, review_request_card
from bot.vocabulary import EXECUTIVE_SUMMARY, ActionStatus, PostmortemStatus, Verdict
from tests.slack.cards.test_action_cards import ALARM
from tests.slack.cards.views import NOW, person, postmortem, text

DRAFT, IN_REVIEW, PUBLISHED = PostmortemStatus
PAGE = "https://watchbill.example/postmortems/PM-12?key=abc"
RAJ, MIA = person(1, "Raj"), person(2, "Mia")


@pytest.mark.parametrize(
    ("status", "verdict", "words"),
    [
        (IN_REVIEW, Verdict.APPROVED, "You approved it. 1 of 2 approved."),
        (PUBLISHED, Verdict.APPROVED, "You approved it. It is published."),
        (PUBLISHED, Verdict.PENDING, "It is published."),
        (DRAFT, Verdict.PENDING, "It is a draft again."),
        (DRAFT, Verdict.CHANGES_REQUESTED, "You asked for changes. It is a draft again."),
        (IN_REVIEW, None, "It is in review; nothing is asked of you."),
        (PUBLISHED, None, "It is published."),
    ],
)
def test_the_request_says_what_holds_now(status: PostmortemStatus, verdict: Verdict | None, words: str) -> None:
    view = postmortem(status=status, reviewers=(RAJ, MIA), approved=1)
    me = replace(view.reviewers[0], verdict=verdict) if verdict else None
    card = review_request_card(view, me)
    assert card.text == f"PM-12: {words}"
    assert card.blocks[2]["text"]["text"] == words
    assert [str(problem) for problem in validate_message(card.payload, Sending.UPDATE)] == []


def test_an_announcement_leads_to_the_page_of_what_was_published() -> None:
    card = announcement_card(postmortem(status=PUBLISHED), PAGE, (), now=NOW)
    read, way = card.blocks[-1]["elements"]
    assert read["text"]["text"] == "Read" and way["text"]["text"] == "Open page"
    assert way["url"] == PAGE
    assert len(card.blocks) == 4
    assert [str(problem) for problem in validate_message(card.payload, Sending.POST)] == []


def test_an_announcement_says_in_short_what_happened_and_what_is_still_to_be_done() -> None:
    view = postmortem(status=PUBLISHED, bodies=("", "<!channel> The pool &  ran out. " * 40, "later", ""))
    open_ones = [replace(ALARM, text=f"Raise *the* limit {number}", due_on=None, owner=RAJ) for number in range(7)]
    settled = replace(ALARM, text="settled already", status=ActionStatus.DONE)
    card = announcement_card(view, PAGE, [replace(ALARM, owner=None), *open_ones, settled], now=NOW)
    said, head, listed = card.blocks[3:6]
    assert said["text"]["type"] == listed["text"]["type"] == "plain_text"
    assert said["text"]["text"].startswith("<!channel> The pool & ran out. <!channel>")
    assert len(said["text"]["text"]) <= 280 and said["text"]["text"].endswith("…")
    assert head["text"]["text"] == "*Still to be done*"
    first, second, *_, last = listed["text"]["text"].splitlines()
    assert first == f"• {ALARM.text} (nobody has it yet, due Fri 20 Nov)"
    assert (second, last) == ("• Raise *the* limit 0 (Raj)", "and 3 more")
    assert "settled" not in str(card.blocks)
    assert [str(problem) for problem in validate_message(card.payload, Sending.POST)] == []


def test_a_review_is_asked_for_with_what_the_summary_says_before_any_section() -> None:
    view = postmortem(status=IN_REVIEW, reviewers=(RAJ, MIA), bodies=("It led here", "", "", ""))
    assert review_request_card(view, view.reviewers[0]).blocks[2]["text"]["text"] == "It led here"
    short = replace(view.sections[0], key=EXECUTIVE_SUMMARY, title="Executive summary", body=text("In short"))
    view = replace(view, sections=(*view.sections, short))
    assert review_request_card(view, view.reviewers[0]).blocks[2]["text"]["text"] == "In short"


def test_while_a_verdict_is_wanted_the_request_asks_for_it() -> None:
    view = postmortem(status=IN_REVIEW, reviewers=(RAJ, MIA))
    assert review_request_card(view, view.reviewers[0]).text == "Ana asks for your review of PM-12 Checkout down"
