from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from bot.engines.documents.checking import check
from bot.engines.documents.document import MAX_CHARACTERS, from_plain
from bot.errors import BadFields
from tests.engines.documents.adf_samples import item, node
from tests.engines.documents.slack_text import Json, doc, documents, heading, junk, panel, para, table

TEMPLATE = doc(
    heading("Leadup"),
    para({"type": "text", "text": "what led", "marks": [{"type": "textColor", "attrs": {"color": "#97a0af"}}]}),
    para({"type": "hardBreak"}),
)


def marked(*marks: str) -> Json:
    return {"type": "text", "text": "x", "marks": [{"type": mark} for mark in marks]}


@pytest.mark.parametrize("adf", [doc(), doc(para()), TEMPLATE, doc(panel(para("x"))), doc(table(["a"]))])
def test_sound_documents_pass(adf: Json) -> None:
    before = repr(adf)
    check(adf)
    assert repr(adf) == before


@pytest.mark.parametrize(
    ("adf", "path", "sentence"),
    [
        ("text", "content", 'An ADF document is an object with "type": "doc" and "version": 1.'),
        ({"type": "doc"}, "content", 'An ADF document is an object with "type": "doc" and "version": 1.'),
        (
            doc(para("ok"), para({"type": "text", "text": ""})),
            "content.content[1].content[0]",
            "text needs a `text` that is not empty.",
        ),
        (doc({"type": "novelty"}), "content.content[0]", "unknown node type “novelty”."),
        (doc({"type": "text", "text": "bare"}), "content.content[0]", "text cannot stand in doc."),
        (doc(panel(table(["a"]))), "content.content[0].content[0]", "table cannot stand in panel."),
        (doc({"type": "heading", "attrs": {"level": 9}}), "content.content[0]", "a heading's level is 1 to 6."),
        (doc({"type": "heading"}), "content.content[0]", "heading needs `level`."),
        (doc({"type": "bulletList", "content": []}), "content.content[0]", "bulletList needs content."),
        (doc({"type": "paragraph", "content": "x"}), "content.content[0]", "`content` must be a list."),
        (
            doc(para(marked("code", "strong"))),
            "content.content[0].content[0]",
            "the mark code stands alone or with a link.",
        ),
        (doc(para(marked("sparkle"))), "content.content[0].content[0]", "text cannot carry the mark “sparkle”."),
        (doc(para(marked("link"))), "content.content[0].content[0]", "a link needs `href`."),
        (doc(para({"type": "mention", "attrs": {}})), "content.content[0].content[0]", "mention needs `id`."),
        *(
            (doc(para(node("date", timestamp=at))), "content.content[0].content[0]", "in the years 1 to 9999.")
            for at in ("abc", "9" * 5000, "-99999999999999", "١٢٣", "")
        ),
        *(
            (doc(node("orderedList", item(para("x")), order=order)), "content.content[0]", "from 0 to 999,999,999.")
            for order in (-5, 10**400, True, "1", 1.5)
        ),
        ({**doc(), "content": [7]}, "content.content[0]", "a node is an object with a `type`."),
    ],
    ids=lambda value: str(value)[:50],
)
def test_the_refusal_names_the_node_and_what_is_wrong(adf: Any, path: str, sentence: str) -> None:
    with pytest.raises(BadFields) as refused:
        check(adf)
    assert set(refused.value.fields) == {path}
    assert refused.value.fields[path].endswith(sentence)


def test_all_that_is_wrong_is_said_at_once_up_to_twenty() -> None:
    with pytest.raises(BadFields) as refused:
        check(doc(*[{"type": "novelty"}] * 30))
    assert len(refused.value.fields) == 20


def test_a_document_deeper_than_any_reader_is_refused_without_a_fall() -> None:
    deep: Json = {"type": "bulletList", "content": [{"type": "listItem", "content": [para("x")]}]}
    for _ in range(5000):
        deep = {"type": "bulletList", "content": [{"type": "listItem", "content": [deep]}]}
    with pytest.raises(BadFields, match="nested deeper than 40 levels"):
        check(doc(deep))


def test_a_document_of_too_many_nodes_is_refused() -> None:
    with pytest.raises(BadFields, match="more than 300,000 nodes"):
        check(doc(*[para()] * 300_001))


@pytest.mark.parametrize("unit", ["\n", "x\n\n", "x\n"])
def test_the_longest_section_of_the_smallest_parts_passes(unit: str) -> None:
    check(from_plain((unit * MAX_CHARACTERS)[:MAX_CHARACTERS]))


def test_paths_begin_with_the_name_of_the_field() -> None:
    with pytest.raises(BadFields) as refused:
        check(doc({"type": "novelty"}), field="executiveSummary")
    assert set(refused.value.fields) == {"executiveSummary.content[0]"}


@settings(max_examples=100, derandomize=True, deadline=None)
@given(adf=documents)
def test_documents_of_known_nodes_pass(adf: Json) -> None:
    check(adf)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(content=junk)
def test_malformed_documents_are_refused_and_nothing_falls(content: Any) -> None:
    try:
        check({"version": 1, "type": "doc", "content": content})
    except BadFields as refused:
        assert all(path.startswith("content") for path in refused.fields)
