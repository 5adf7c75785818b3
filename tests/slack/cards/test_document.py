"""A postmortem to read, what a search found, and what is deleted: within Slack's limits whatever is in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from bot.engines.cadence.facts import NudgeKind
from bot.engines.searching import words_of
from bot.engines.timeline import Course, Moments
from bot.playground.blockkit import Sending, validate_message, validate_view
from bot.playground.rendering import Reader, blocks_text
from bot.queries.actions import ActionView
from bot.queries.deletions import Deletion
from bot.queries.documents import Whole
from bot.queries.people import Person
from bot.queries.postmortems import PostmortemView, Upcoming
from bot.queries.search import Found, Hit
from bot.queries.timeline import EntryView, Timeline
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.deletion import confirmation_card, deleted_card, deleted_notice_card
from bot.slack.cards.document import document_card, reading_view
from bot.slack.cards.found import found_card
from bot.vocabulary import ActionStatus, PostmortemStatus, Verdict
from tests.slack.cards.views import NOW, person, postmortem

ANA, RAJ = person(0, "Ana"), person(1, "Raj")
ANYBODY = Reader(people={}, channels={})
LINE = "postmortem show PM-12"
PAGE = "https://watchbill.example/postmortems/PM-12?key=abc"


def _entry(text: str, place: int = 0) -> EntryView:
    return EntryView(
        id=f"entry-{place}",
        version=1,
        postmortem_id="postmortem-12",
        at=NOW + timedelta(minutes=place),
        text=text,
        author=RAJ,
        author_name="",
        is_message=place % 2 == 1,
        permalink="https://northwind.slack.com/archives/C02/p1" if place % 2 else "",
        file_names=("graph.png",) if place % 3 == 1 else (),
        added_by=ANA,
        added_at=NOW,
        mentioned={},
    )


def _action(text: str, place: int = 0) -> ActionView:
    return ActionView(
        id=f"action-{place}",
        version=1,
        postmortem_id="postmortem-12",
        number=12,
        title="Checkout down",
        text=text,
        owner=RAJ if place % 2 == 0 else None,
        due_on=date(2026, 11, 20) if place % 2 == 0 else None,
        days_overdue=0,
        due_in_days=2 if place % 2 == 0 else None,
        status=ActionStatus.OPEN if place % 3 else ActionStatus.DONE,
        settled_at=None,
        created_at=NOW,
    )


def _whole(view: PostmortemView, entries: Sequence[str] = (), actions: Sequence[str] = ()) -> Whole:
    told = tuple(_entry(text, place) for place, text in enumerate(entries))
    nothing_said = Moments(None, None, None)
    course = Course(NOW, None, None, None)
    return Whole(
        view,
        Timeline(told, len(told), 0, course, nothing_said),
        tuple(_action(text, at) for at, text in enumerate(actions)),
        NOW,
    )


def _read(blocks: Sequence[Block]) -> str:
    return blocks_text(list(blocks), ANYBODY)


def _is_fine(card: Card) -> None:
    for sending in (Sending.POST, Sending.UPDATE, Sending.RESPONSE):
        assert [str(problem) for problem in validate_message(card.payload, sending)] == []


def _shown(whole: Whole) -> Card:
    return document_card(whole, asker=ANA, snooze=None, line=LINE, page=PAGE)


def test_a_document_reads_from_its_headline_to_what_comes_next() -> None:
    view = postmortem(
        status=PostmortemStatus.IN_REVIEW, reviewers=[RAJ], bodies=("The *pool* ran out.", "", "Alerts were late.", "")
    )
    noted = replace(view.reviewers[0], verdict=Verdict.CHANGES_REQUESTED, said_at=NOW, note="Say <when>.")
    view = replace(view, reviewers=(noted,), reminders=(Upcoming(RAJ, NudgeKind.REVIEWER, NOW + timedelta(days=1)),))
    words = _read(_shown(_whole(view, ["rolled back"], ["raise the *limit*"])).blocks)
    order = (
        *("PM-12 Checkout down", "Status:", "2 of 4 sections written", "Leadup", "The *pool* ran out.", "Detection"),
        *("Alerts were late.", "Timeline", "rolled back", "Actions", "raise the *limit*", "Review"),
        *("Raj asked for changes, ", ": Say <when>.", "Next reminders: Raj", "Read", "Show to channel"),
    )
    places = [words.find(each) for each in order]
    assert -1 not in places, dict(zip(order, places, strict=True))
    assert places == sorted(places)
    assert "shortened" not in words


def test_its_page_can_be_opened_however_long_it_is() -> None:
    for bodies in (("short", "", "", ""), ("x " * 20_000, "", "", "")):
        card = _shown(_whole(postmortem(bodies=bodies)))
        (way,) = (each for each in card.blocks[-1]["elements"] if "url" in each)
        assert (way["text"]["text"], way["url"]) == ("Open page", PAGE)
        _is_fine(card)


def test_what_is_too_long_says_so_and_offers_all_of_it() -> None:
    whole = _whole(postmortem(bodies=("x " * 20_000, "short", "", "")), ["entry"] * 100, ["act"] * 40)
    words = _read(_shown(whole).blocks)
    for part in (
        "… more",
        "short",
        "more: `/postmortem timeline PM-12`",
        "more: `/postmortem actions PM-12`",
        "Read it all",
    ):
        assert part in words, part
    assert "It is shortened here" in words
    read = _read(reading_view(whole)["blocks"])
    assert read.count("entry") == 100
    assert read.count("act\n") or read.count("act ") >= 40


TEXTS = st.one_of(
    st.sampled_from(["&" * 12_000, "<" * 3_000, "x" * 40_000, "line\n" * 2_000, "<!channel> <@U1>", "👩‍👩‍👧" * 9]),
    st.text(min_size=1, max_size=200),
)
NAMES = st.one_of(st.sampled_from(["&" * 80, "<!channel>", "نور"]), st.text(min_size=1, max_size=80))


@st.composite
def wholes(draw: st.DrawFn) -> Whole:
    reviewers = [person(place + 1, name) for place, name in enumerate(draw(st.lists(NAMES, max_size=12)))]
    view = postmortem(
        title=draw(st.one_of(st.sampled_from(["&" * 200, "x" * 200]), st.text(min_size=1, max_size=200))),
        status=draw(st.sampled_from(PostmortemStatus)),
        reviewers=reviewers,
        responders=reviewers * 2,
        services=draw(st.lists(NAMES, max_size=10)),
        bodies=draw(st.lists(st.one_of(st.just(""), TEXTS), min_size=4, max_size=4)),
        owner=person(0, draw(NAMES)),
    )
    noted = tuple(replace(each, note=draw(TEXTS)) for each in view.reviewers)
    recipients: list[Person | str] = [*reviewers, "C02INCIDENTS"]
    soon = tuple(Upcoming(each, NudgeKind.REVIEWER, NOW) for each in recipients)
    view = replace(view, reviewers=noted, reminders=soon)
    return _whole(view, draw(st.lists(TEXTS, max_size=20)) * 8, draw(st.lists(TEXTS, max_size=20)) * 3)


@seed(12)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(wholes(), TEXTS)
def test_rendering_never_exceeds_slacks_limits(whole: Whole, text: str) -> None:
    _is_fine(_shown(whole))
    assert [str(problem) for problem in validate_view(reading_view(whole))] == []
    _is_fine(confirmation_card(whole))
    deletion = Deletion("id", 12, whole.view.title, 5, ANA, whole.view.owner, NOW)
    _is_fine(deleted_card(deletion, now=NOW))
    _is_fine(deleted_notice_card(deletion))
    hits = (Hit(whole.view.outline, " ".join(text.split()) or "x"),) * 5
    _is_fine(found_card(Found(words_of(text)[:16], 3, hits, 99), query=text, line="search x", page=2, public=False))


@pytest.mark.parametrize("line", ["*bold* _it_ `code` <!channel> & redis", "redis", "a redis~pool~"])
def test_the_line_found_is_shown_as_it_stands_with_the_words_in_bold(line: str) -> None:
    hit = Hit(postmortem().outline, line)
    card = found_card(Found(("red",), 0, (hit,), 1), query="red", line="x", page=1, public=True)
    (quote,) = (block for block in card.blocks if block["type"] == "rich_text")
    pieces = quote["elements"][0]["elements"]
    assert "".join(piece["text"] for piece in pieces) == line
    assert [piece["text"] for piece in pieces if piece.get("style")] == ["redis"]


def test_after_ten_minutes_a_deleted_card_offers_nothing_any_more() -> None:
    deletion = Deletion("id", 12, "Checkout down", 5, ANA, ANA, NOW)
    assert "Undo" in _read(deleted_card(deletion, now=NOW + timedelta(minutes=9)).blocks)
    assert "Undo" not in _read(deleted_card(deletion, now=NOW + timedelta(minutes=10)).blocks)
