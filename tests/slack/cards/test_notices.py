"""What a reviewer's request says once there is nothing left to do, word for word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.playground.blockkit import Sending, validate_message
from bot.slack.cards.notices import announcement_card, review_request_card
from bot.vocabulary import PostmortemStatus, Verdict
from tests.slack.cards.views import person, postmortem

DRAFT, IN_REVIEW, PUBLISHED = PostmortemStatus
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
    card = announcement_card(postmortem(status=PUBLISHED), "https://watchbill.example/postmortems/PM-12?key=abc")
    read, way = card.blocks[-1]["elements"]
    assert read["text"]["text"] == "Read" and way["text"]["text"] == "Open page"
    assert way["url"] == "https://watchbill.example/postmortems/PM-12?key=abc"
    assert [str(problem) for problem in validate_message(card.payload, Sending.POST)] == []


def test_while_a_verdict_is_wanted_the_request_asks_for_it() -> None:
    view = postmortem(status=IN_REVIEW, reviewers=(RAJ, MIA))
    assert review_request_card(view, view.reviewers[0]).text == "Ana asks for your review of PM-12 Checkout down"
