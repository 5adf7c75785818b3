"""Documents that are too large: refused before they cost anything, and what people write never is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.engines.documents.markdown import to_adf
from bot.engines.documents.reading import read_adf
from bot.engines.documents.sizing import (
    BLOCKS,
    CELLS,
    MOST_BLOCKS,
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_PIECES,
    MOST_SECTIONS,
    Oversize,
)
from bot.errors import BadFields
from tests.engines.documents.adf_samples import BREAK
from tests.engines.documents.slack_text import Json, doc, heading, para, table

TOO_LARGE: tuple[tuple[str, str], ...] = (
    ("# a\n" * (MOST_SECTIONS + 1), "201 sections; at most 200"),
    ("a\n\n" * 33_000, f"33,000 {BLOCKS}"),
    ("- a\n" * 25_000, f"25,000 {BLOCKS}"),
    ("|a|\n|-|\n" + "|b|\n" * 16_000, f"16,001 {CELLS}"),
    ("|" + "a|" * 300 + "\n|" + "-|" * 300 + "\n" + "|b|\n" * 17, f"5,400 {CELLS}"),
    ("**a** " * 16_000, "pieces of text"),
)


@pytest.mark.parametrize(("markdown", "sentence"), TOO_LARGE, ids=[markdown[:12] for markdown, _ in TOO_LARGE])
def test_markdown_of_too_much_is_refused_when_it_comes_from_a_program(markdown: str, sentence: str) -> None:
    with pytest.raises(Oversize, match=sentence):
        to_adf(markdown, is_bounded=True)


@pytest.mark.parametrize(
    ("adf", "sentence"),
    [
        (doc(*[heading("a")] * (MOST_SECTIONS + 1)), "201 sections; at most 200"),
        (doc(*[para()] * (MOST_BLOCKS + 1)), f"5,001 {BLOCKS}; at most 5,000"),
        (doc(table(*[["a"]] * (MOST_CELLS + 1))), f"5,001 {CELLS}; at most 5,000"),
        (doc(para(*[BREAK] * (MOST_PIECES + 1))), "20,001 pieces"),
        (doc(para("x" * (MOST_CHARACTERS + 1))), "500,001 characters; at most 500,000"),
    ],
    ids=lambda value: str(value)[:50],
)
def test_adf_of_too_much_is_refused_under_its_field(adf: Json, sentence: str) -> None:
    with pytest.raises(BadFields, match=sentence) as refused:
        read_adf(json.dumps(adf), field="executiveSummary")
    assert set(refused.value.fields) == {"executiveSummary"}


@pytest.mark.parametrize(
    "content",
    [
        [heading("a")] * MOST_SECTIONS,
        [para("x")] * MOST_BLOCKS,
        [table(*[["a"] * 10] * 450)],
        [para("x" * MOST_CHARACTERS)],
    ],
    ids=["sections", "blocks", "cells", "characters"],
)
def test_as_much_as_may_be_passes(content: list[Any]) -> None:
    assert read_adf(json.dumps(doc(*content)), field="content") == doc(*content)
