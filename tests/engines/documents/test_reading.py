from __future__ import annotations

import json

import pytest

from bot.engines.documents.reading import MAX_BYTES, read_adf
from bot.errors import BadFields
from tests.engines.documents.adf_samples import LIKE_JIRAS, node, text
from tests.engines.documents.slack_text import Json, doc, para


def link(href: str) -> Json:
    return text("x", {"type": "link", "attrs": {"href": href}})


def test_a_json_string_of_a_sound_document_is_that_document() -> None:
    assert read_adf(json.dumps(LIKE_JIRAS), field="content") == LIKE_JIRAS
    assert read_adf('{"type":"doc","version":1}', field="content") == {"type": "doc", "version": 1, "content": []}


@pytest.mark.parametrize(
    ("sent", "path", "sentence"),
    [
        ("", "content", "this is not JSON"),
        ("{", "content", "this is not JSON"),
        ("NaN", "content", "this is not JSON"),
        ("1" * 5000, "content", "this is not JSON"),
        ("null", "content", 'an object with "type": "doc"'),
        ('"text"', "content", 'an object with "type": "doc"'),
        ("[]", "content", 'an object with "type": "doc"'),
        ('{"type":"doc","version":2,"content":[]}', "content", 'an object with "type": "doc"'),
        ('"' + "é" * (MAX_BYTES // 2) + '"', "content", "more than 5 MB"),
        ("[" * 100_000, "content", "nested deeper than 40 levels"),
        ('{"a":' * 1000 + "1" + "}" * 1000, "content", "nested deeper than 40 levels"),
    ],
    ids=lambda value: value[:30],
)
def test_what_is_no_document_is_refused_under_the_fields_name(sent: str, path: str, sentence: str) -> None:
    with pytest.raises(BadFields, match=sentence) as refused:
        read_adf(sent, field="content")
    assert set(refused.value.fields) == {path}


def _nested(depth: int) -> Json:
    inside: Json = para("x")
    for _ in range(depth):
        inside = node("bulletList", node("listItem", inside))
    return inside


@pytest.mark.parametrize(
    ("block", "path", "sentence"),
    [
        ({"type": "novelty"}, "summary.content[1]", "unknown node type “novelty”"),
        (para(link("javascript:alert(1)")), "summary.content[1].content[0]", "a link may not lead to “javascript:”"),
        (para(link(" JaVa\tscript:alert(1)")), "summary.content[1].content[0]", "a link may not lead to “javascript:”"),
        (para(link("data:text/html,x")), "summary.content[1].content[0]", "a link may not lead to “data:”"),
        (para(link("VBScript:x")), "summary.content[1].content[0]", "a link may not lead to “vbscript:”"),
        (para(node("inlineCard", url="javascript:x")), "summary.content[1].content[0]", "inlineCard may not lead to"),
        (node("blockCard", url="javascript:x"), "summary.content[1]", "blockCard may not lead to “javascript:”"),
        (
            node("mediaSingle", node("media", type="external", url="data:image/png;base64,x")),
            "summary.content[1].content[0]",
            "media may not lead to “data:”",
        ),
        (para("a\x00b"), "summary.content[1].content[0]", "a character that cannot be kept"),
        (para("\ud83d"), "summary.content[1].content[0]", "a character that cannot be kept"),
        (node("panel", para("x"), panelType="\ud83d"), "summary.content[1]", "a character that cannot be kept"),
        (
            node("extension", extensionKey="k", extensionType="t", parameters=json.loads("[" * 60 + "]" * 60)),
            "summary.content[1]",
            "attributes nested deeper than 40 levels",
        ),
        (_nested(100), "summary.content[1]" + ".content[0]" * 39, "nested deeper than 40 levels"),
    ],
    ids=lambda value: str(value)[:50],
)
def test_the_offending_node_is_named_by_its_path(block: Json, path: str, sentence: str) -> None:
    with pytest.raises(BadFields, match=sentence) as refused:
        read_adf(json.dumps(doc(para("fine"), block)), field="summary")
    assert path in refused.value.fields
