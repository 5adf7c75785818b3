from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engines.documents.checking import check
from bot.engines.documents.document import (
    Adf,
    empty_document,
    from_plain,
    from_rich_text,
    is_empty,
    summary,
    to_plain,
    to_rich_text,
    too_long,
)
from tests.engines.documents.slack_text import Json, doc, heading, panel, para, rich, rich_list, section, table, text

TASKS = {
    "type": "taskList",
    "attrs": {"localId": "1"},
    "content": [
        {"type": "taskItem", "attrs": {"localId": "2", "state": "DONE"}, "content": [{"type": "text", "text": "fix"}]},
        {"type": "taskItem", "attrs": {"localId": "3", "state": "TODO"}, "content": [{"type": "text", "text": "tell"}]},
    ],
}
MEDIA = {"type": "mediaSingle", "content": [{"type": "media", "attrs": {"type": "file", "alt": "graph"}}]}
EXPAND = {"type": "expand", "attrs": {"title": "Log"}, "content": [para("inside")]}
MACRO = {"type": "extension", "attrs": {"extensionKey": "toc", "extensionType": "x"}}
CARD = {"type": "blockCard", "attrs": {"url": "https://example.org"}}


@settings(max_examples=200, derandomize=True, deadline=None)
@given(plain=st.text(alphabet=st.sampled_from("ab \n\r\t<>&*_`“”שא🎉"), max_size=30))
def test_plain_text_comes_back_to_the_character(plain: str) -> None:
    adf = from_plain(plain)
    check(adf)
    assert to_plain(adf) == plain


@pytest.mark.parametrize(
    ("block", "plain"),
    [
        (heading("Leadup"), "Leadup"),
        (panel(para("a"), para("b")), "a\n\nb"),
        (table(["a", "b"], ["c", "d"]), "a | b\nc | d"),
        (TASKS, "☑ fix\n☐ tell"),
        (MEDIA, "[image: graph]"),
        (EXPAND, "Log\ninside"),
        (MACRO, "[toc]"),
        (CARD, "https://example.org"),
        ({"type": "rule"}, "———"),
        (para({"type": "status", "attrs": {"text": "DOWN", "color": "red"}}), "[DOWN]"),
        (para({"type": "mention", "attrs": {"id": "557058:ab", "text": "Raj"}}), "@Raj"),
        (para({"type": "date", "attrs": {"timestamp": "1772668800000"}}), "2026-03-05"),
        ({"type": "novelty", "content": [para("kept")]}, "kept"),
        (para({"type": "novelty", "text": "kept"}), "kept"),
        (para({"type": "text", "text": "x", "marks": [{"type": "sparkle"}]}), "x"),
    ],
    ids=str,
)
def test_what_slack_cannot_say_is_shown_as_text(block: Json, plain: str) -> None:
    assert to_plain(doc(block)) == plain
    assert to_rich_text(doc(block))["elements"]


def test_lists_quotes_and_links_read_well_in_plain_text() -> None:
    link = {"type": "link", "url": "https://example.org", "text": "here"}
    block = rich(
        section("see ", link),
        rich_list("bullet", 0, "a"),
        rich_list("ordered", 1, "b", "c"),
        {"type": "rich_text_quote", "elements": [text("x\ny")]},
    )
    plain = "see here (https://example.org)\n• a\n  1. b\n  2. c\n> x\n> y"
    assert to_plain(from_rich_text(block)) == plain


@pytest.mark.parametrize(
    ("adf", "empty"),
    [
        (empty_document(), True),
        (doc(para(), para(" ")), True),
        (doc(table()), True),
        (doc(para("x")), False),
        (doc(MEDIA), False),
        (doc(para({"type": "emoji", "attrs": {"shortName": ":tada:"}})), False),
    ],
)
def test_a_document_is_empty_when_nothing_in_it_can_be_seen(adf: Adf, empty: bool) -> None:
    assert is_empty(adf) is empty


def test_a_summary_is_one_line_that_ends_where_it_was_cut() -> None:
    adf = doc(para("one two"), para("three"))
    assert summary(adf, 13) == "one two three"
    assert summary(adf, 9) == "one two…"
    assert summary(empty_document(), 9) == ""


def test_a_text_over_the_limit_says_by_how_much() -> None:
    assert too_long(from_plain("x" * 100_000)) is None
    assert too_long(from_plain("x" * 101_500)) == (
        "This is 101,500 characters; at most 100,000 fit into one section. Shorten it by 1,500."
    )
