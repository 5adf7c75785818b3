from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings

from bot.engines.documents.checking import check
from bot.engines.documents.document import from_rich_text, is_empty, normalised, to_initial_rich_text, to_rich_text
from tests.engines.documents.slack_text import Json, doc, junk, para, rich, rich_list, rich_texts, section, text

quick = settings(max_examples=250, derandomize=True, deadline=None)
QUOTE = {"type": "rich_text_quote", "elements": [text("they said\n\nno")]}
CODE = {"type": "rich_text_preformatted", "elements": [text("if x:\n\n  <!here>")]}

AS_THE_EDITOR_MAKES_THEM = [
    rich(section("one line")),
    rich(section("one\ntwo\n\nthree\n\n\nfour\n\n\n\nfive\n")),
    rich(section("\n\nafter blanks")),
    rich(section(text("bold\nstill bold\n\nstill", "bold"), " plain ", text("both", "bold", "italic"))),
    rich(section(text("gone", "strike"), text("x = 1", "code"), text("line", "underline"))),
    rich(section("see ", {"type": "link", "url": "https://example.org", "text": "this"}, ".")),
    rich(section({"type": "link", "url": "https://example.org/?a=1&b=2"})),
    rich(section({"type": "link", "url": "https://example.org", "text": "b", "style": {"bold": True}})),
    rich(section("ask ", {"type": "user", "user_id": "U012AB3CD"}, "\n", {"type": "user", "user_id": "W1"})),
    rich(section({"type": "emoji", "name": "tada", "unicode": "1f389"}, {"type": "emoji", "name": "our-parrot"})),
    rich(section({"type": "emoji", "name": "wave", "skin_tone": 3, "unicode": "1f44b-1f3fc"})),
    rich(section({"type": "date", "timestamp": 1772712000, "format": "{date}", "fallback": "2026-03-05"})),
    rich(section("typed <!channel> & <@U1> &amp; *x* “q” שלום 🎉\t\r ")),
    rich(section("Why:\n"), rich_list("bullet", 0, "a", "b"), section("\nafter")),
    rich(rich_list("bullet", 0, "a", "b"), rich_list("bullet", 1, "c"), rich_list("bullet", 0, "d")),
    rich(rich_list("ordered", 0, "a"), rich_list("bullet", 1, "b"), rich_list("ordered", 0, "c", offset=1)),
    rich(rich_list("ordered", 0, "a"), rich_list("bullet", 1, "b"), rich_list("ordered", 0, "c")),
    rich(rich_list("ordered", 0, "from five", offset=4)),
    rich(rich_list("bullet", 3, "starts deep"), rich_list("ordered", 1, "then", "less"), rich_list("bullet", 8, "end")),
    rich(rich_list("bullet", 0, "", "line\nbreak", "blank\n\nline")),
    rich(rich_list("bullet", 0, "a"), rich_list("bullet", 0, "another list")),
    rich(QUOTE, section("mine"), QUOTE, QUOTE),
    rich(QUOTE, rich_list("bullet", 0, "quoted", border=1), rich_list("bullet", 1, "too", border=1)),
    rich(section("before"), CODE, CODE, section("after")),
    rich({**CODE, "language": "python"}),
    rich({"type": "rich_text_quote", "elements": []}, section("x")),
]


@pytest.mark.parametrize("block", AS_THE_EDITOR_MAKES_THEM, ids=str)
def test_what_the_editor_makes_comes_back_exactly(block: Json) -> None:
    adf = from_rich_text(block)
    check(adf)
    assert to_rich_text(adf) == block


@quick
@given(block=rich_texts)
def test_rich_text_survives_its_life_as_adf(block: Json) -> None:
    adf = from_rich_text(block)
    check(adf)
    assert normalised(normalised(block)) == normalised(block)
    if not is_empty(adf):
        assert to_rich_text(adf) == normalised(block)
        assert from_rich_text(to_rich_text(adf)) == adf


def said(block: Any) -> Iterator[str]:
    """Every text anywhere in a block."""
    if isinstance(block, dict):
        for key, value in block.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from said(value)
    elif isinstance(block, list):
        for each in block:
            yield from said(each)


@quick
@given(block=rich_texts)
def test_no_character_of_text_is_lost(block: Json) -> None:
    adf = from_rich_text(block)
    if not is_empty(adf):
        kept = "".join(said(to_rich_text(adf))).replace("\n", "")
        assert kept == "".join(said(block)).replace("\n", "")


@quick
@given(elements=junk, adf=junk)
def test_malformed_input_is_read_without_a_fall(elements: Any, adf: Any) -> None:
    block = {"type": "rich_text", "elements": elements}
    check(from_rich_text(block))
    assert to_rich_text({"type": "doc", "content": adf})["type"] == "rich_text"


NAMES = {"U1": "Ana", "C1": "payments", "S1": "oncall"}


@pytest.mark.parametrize(
    ("element", "words"),
    [
        ({"type": "broadcast", "range": "here"}, "@here"),
        ({"type": "channel", "channel_id": "C1"}, "#payments"),
        ({"type": "channel", "channel_id": "C2"}, "#C2"),
        ({"type": "usergroup", "usergroup_id": "S1"}, "@oncall"),
        ({"type": "color", "value": "#ff0000"}, "#ff0000"),
        ({"type": "date", "timestamp": 1772712000, "format": "{time}", "fallback": "at noon"}, "at noon"),
        ({"type": "link", "url": "javascript:alert(1)", "text": "press"}, "press (javascript:alert(1))"),
        ({"type": "from_the_future", "text": "new"}, "new"),
    ],
)
def test_what_could_ping_or_harm_becomes_plain_words(element: Json, words: str) -> None:
    adf = from_rich_text(rich(section(element)), NAMES)
    assert adf == doc(para(words))
    assert to_rich_text(adf) == rich(section(words))


def test_a_mention_keeps_the_id_and_shows_the_name() -> None:
    adf = from_rich_text(rich(section({"type": "user", "user_id": "U1"})), NAMES)
    assert adf == doc(para({"type": "mention", "attrs": {"id": "U1", "text": "@Ana"}}))
    assert to_rich_text(adf, mentioning=False) == rich(section("@Ana"))


def test_a_blank_line_parts_paragraphs_and_a_single_break_does_not() -> None:
    adf = from_rich_text(rich(section("one\ntwo\n\nthree")))
    assert adf == doc(para("one", {"type": "hardBreak"}, "two"), para("three"))


def test_lists_are_nested_in_adf() -> None:
    block = rich(rich_list("bullet", 0, "a"), rich_list("ordered", 1, "b"), rich_list("bullet", 0, "c"))
    inner = {"type": "orderedList", "attrs": {"order": 1}, "content": [{"type": "listItem", "content": [para("b")]}]}
    outer = [{"type": "listItem", "content": [para("a"), inner]}, {"type": "listItem", "content": [para("c")]}]
    assert from_rich_text(block) == doc({"type": "bulletList", "content": outer})


@pytest.mark.parametrize("block", [rich(), rich(section()), rich(section(" \n\t")), rich(rich_list("bullet", 0, ""))])
def test_blocks_without_text_are_the_empty_document(block: Json) -> None:
    adf = from_rich_text(block)
    assert adf == doc()
    assert to_initial_rich_text(adf) is None


def test_a_document_with_text_starts_the_editor_with_it() -> None:
    assert to_initial_rich_text(doc(para("x"))) == rich(section("x"))
