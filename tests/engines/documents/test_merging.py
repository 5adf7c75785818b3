from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.engines.documents.checking import check
from bot.engines.documents.document import from_rich_text, to_plain, to_rich_text
from bot.engines.documents.merging import merged
from tests.engines.documents.slack_text import (
    Json,
    doc,
    documents,
    heading,
    panel,
    para,
    rich,
    rich_list,
    rich_texts,
    section,
    table,
    text,
)

quick = settings(max_examples=250, derandomize=True, deadline=None)
PANEL = panel(para("mind the gap"))
TABLE = table(["a", "b"], ["c", "d"])
HEADING = heading("Leadup")
OLD = doc(HEADING, para("It broke."), PANEL, para("Then"), TABLE, para("The end."))
SHOWN = "It broke.\n\nmind the gap\n\nThen\n\na | b\nc | d\n\nThe end."


def edited(words: str) -> Json:
    return rich(section(text("Leadup", "bold"), "\n\n" + words))


def test_the_document_is_shown_as_the_edits_below_assume() -> None:
    assert to_rich_text(OLD) == edited(SHOWN)


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        (
            "It broke.",
            "It broke badly.",
            doc(HEADING, para("It broke badly."), PANEL, para("Then"), TABLE, para("The end.")),
        ),
        (
            "mind the gap",
            "mind it",
            doc(HEADING, para("It broke."), para("mind it"), para("Then"), TABLE, para("The end.")),
        ),
        ("mind the gap\n\n", "", doc(HEADING, para("It broke."), para("Then"), TABLE, para("The end."))),
        (
            "Then",
            "Then\n\nAnd",
            doc(HEADING, para("It broke."), PANEL, para("Then"), para("And"), TABLE, para("The end.")),
        ),
        ("\n\nThe end.", "", doc(HEADING, para("It broke."), PANEL, para("Then"), TABLE)),
        (
            "broke.\n\nmind",
            "broke.\nmind",
            doc(HEADING, para("It broke."), PANEL, para("Then"), TABLE, para("The end.")),
        ),
        (
            "Then\n\na | b\nc | d\n\nThe end.",
            "Then, at last.\n\na | b\nc | d\n\nThe real end.",
            doc(HEADING, para("It broke."), PANEL, para("Then, at last."), TABLE, para("The real end.")),
        ),
    ],
)
def test_blocks_whose_text_was_left_alone_stay_as_they_were(before: str, after: str, new: Json) -> None:
    assert before in SHOWN
    assert merged(OLD, edited(SHOWN.replace(before, after))) == new


def test_a_list_put_between_two_blocks_leaves_both_alone() -> None:
    block = rich(section("a | b\nc | d"), rich_list("bullet", 0, "new"), section("mind the gap"))
    item = {"type": "bulletList", "content": [{"type": "listItem", "content": [para("new")]}]}
    assert merged(doc(TABLE, PANEL), block) == doc(TABLE, item, PANEL)


def test_an_item_added_to_a_list_stays_in_that_list() -> None:
    old = from_rich_text(rich(section("x"), rich_list("bullet", 0, "a"), section("y")))
    block = rich(section("x"), rich_list("bullet", 0, "new", "a"), section("y"))
    assert to_rich_text(merged(old, block)) == block


def test_a_blank_line_taken_between_plain_paragraphs_is_taken() -> None:
    new = merged(doc(para("a"), para("b"), PANEL), rich(section("a\nb\n\nmind the gap")))
    assert new == doc(para("a", {"type": "hardBreak"}, "b"), PANEL)


def test_a_paragraph_keeps_what_only_adf_knows_of_it() -> None:
    aligned = para("centred") | {"marks": [{"type": "alignment", "attrs": {"align": "center"}}]}
    assert merged(doc(aligned, para("x")), rich(section("centred\n\ny"))) == doc(aligned, para("y"))


def test_a_block_that_shows_nothing_stays_with_the_one_before_it() -> None:
    empty = table()
    assert merged(doc(para("a"), empty, para("b")), rich(section("a\n\nc"))) == doc(para("a"), empty, para("c"))
    assert merged(doc(para("a"), empty), rich(section("c"))) == doc(para("c"))


@quick
@given(old=documents)
def test_an_edit_that_changes_nothing_changes_nothing(old: Json) -> None:
    assert merged(old, to_rich_text(old)) == old


@quick
@given(old=documents, index=st.integers(0, 6))
def test_all_blocks_but_the_edited_one_keep_their_node(old: Json, index: int) -> None:
    assume(index < len(old["content"]))
    fresh = para("nobody wrote this before")
    new = {**old, "content": [fresh if i == index else block for i, block in enumerate(old["content"])]}
    assert merged(old, to_rich_text(new)) == new


@quick
@given(old=documents, block=rich_texts)
def test_whatever_was_stored_the_result_says_what_was_edited(old: Json, block: Json) -> None:
    new = merged(old, block)
    check(new)
    assert to_plain(new).split() == to_plain(from_rich_text(block)).split()


@quick
@given(before=rich_texts, after=rich_texts)
def test_between_documents_slack_can_say_the_result_reads_exactly_as_edited(before: Json, after: Json) -> None:
    assert to_rich_text(merged(from_rich_text(before), after)) == to_rich_text(from_rich_text(after))
