"""Rich text and Markdown, there and back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.rich_text_markdown import markdown, rich_text


def section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def text(words: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": words} | ({"style": style} if style else {})


CASES: list[tuple[str, list[dict[str, Any]]]] = [
    ("", []),
    ("plain", [section(text("plain"))]),
    ("two\n\nparagraphs", [section(text("two\n\nparagraphs"))]),
    ("snake_case_name and 2 * 3", [section(text("snake_case_name and 2 * 3"))]),
    ("a **b** c", [section(text("a "), text("b", bold=True), text(" c"))]),
    ("*i* and _j_", [section(text("i", italic=True), text(" and "), text("j", italic=True))]),
    ("~~gone~~", [section(text("gone", strike=True))]),
    ("`x = *y*`", [section(text("x = *y*", code=True))]),
    ("**_both_**", [section(text("both", bold=True, italic=True))]),
    (r"\*not\*", [section(text("*not*"))]),
    ("[site](https://x.example/a?b=1)", [section({"type": "link", "url": "https://x.example/a?b=1", "text": "site"})]),
    ("hi <@U01ANA>", [section(text("hi "), {"type": "user", "user_id": "U01ANA"})]),
    ("<#C01GENERAL>", [section({"type": "channel", "channel_id": "C01GENERAL"})]),
    ("<!here>", [section({"type": "broadcast", "range": "here"})]),
    ("> one\n> two", [{"type": "rich_text_quote", "elements": [text("one\ntwo")]}]),
    ("```\na  b\n- c\n```", [{"type": "rich_text_preformatted", "elements": [text("a  b\n- c")]}]),
    (
        "before\n- a\n    - b\n- c\nafter",
        [
            section(text("before")),
            {"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": [section(text("a"))]},
            {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [section(text("b"))]},
            {"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": [section(text("c"))]},
            section(text("after")),
        ],
    ),
    (
        "1. a\n2. b",
        [
            {
                "type": "rich_text_list",
                "style": "ordered",
                "indent": 0,
                "elements": [section(text("a")), section(text("b"))],
            }
        ],
    ),
]


@pytest.mark.parametrize(("typed", "elements"), CASES, ids=[case[0] or "empty" for case in CASES])
def test_markdown_reads_as_rich_text(typed: str, elements: list[dict[str, Any]]) -> None:
    assert rich_text(typed) == {"type": "rich_text", "elements": elements}


@pytest.mark.parametrize("typed", [case[0] for case in CASES])
def test_what_was_read_is_written_so_that_it_reads_the_same(typed: str) -> None:
    block = rich_text(typed)

    assert rich_text(markdown(block)) == block


@given(st.text(alphabet=st.characters(exclude_characters="\\`*_~[]<>\n-+0123456789.)#", exclude_categories=["Cs"])))
@settings(max_examples=100, derandomize=True)
def test_text_without_marks_comes_through_byte_for_byte(typed: str) -> None:
    assert markdown(rich_text(typed)) == typed


@given(st.text(alphabet="ab *_~`[](<>)\\-1.\n>!@U#", max_size=30))
@settings(max_examples=400, derandomize=True)
def test_reading_what_was_written_changes_nothing(typed: str) -> None:
    once = rich_text(typed)

    assert rich_text(markdown(once)) == once


def test_styles_that_span_lines_are_closed_on_each() -> None:
    block = {"type": "rich_text", "elements": [section(text("a \nb", bold=True))]}

    assert markdown(block) == "**a** \n**b**"
