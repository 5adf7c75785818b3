from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engines.documents.checking import check
from bot.engines.documents.document import from_rich_text, to_plain
from bot.engines.documents.equality import normal, say_the_same
from bot.engines.documents.markdown import to_adf, to_markdown
from tests.engines.documents.adf_samples import (
    BREAK,
    HOME,
    LIKE_JIRAS,
    LOOKS_LIKE_MARKUP,
    SAMPLES,
    hostile_documents,
    item,
    node,
    text,
)
from tests.engines.documents.slack_text import Json, doc, para, rich_texts

PANEL = """<div adf='{"type":"panel","attrs":{"panelType":"info"}}'>\n\nMind **the** gap.\n\n</div>"""


def carried_whole(markdown: str) -> bool:
    """Whether a block went through unread: its envelope holds its content."""
    return '"content":[' in markdown


@pytest.mark.parametrize("block", SAMPLES.values(), ids=SAMPLES.keys())
def test_every_kind_of_node_comes_back(block: Json) -> None:
    check(doc(block))
    markdown = to_markdown(doc(block))
    assert say_the_same([to_adf(markdown)], [doc(block)])
    assert not carried_whole(markdown)


@pytest.mark.parametrize("words", LOOKS_LIKE_MARKUP)
def test_text_that_looks_like_markup_is_text(words: str) -> None:
    places = [para(words), para("a", BREAK, words), para(words, BREAK, "a"), para("a", text(words, "strong"), "b")]
    places += [node("heading", words, level=2), node("bulletList", item(para(words)), item(para("a"), para(words)))]
    markdown = to_markdown(doc(*places))
    assert say_the_same([to_adf(markdown)], [doc(*places)])
    assert not carried_whole(markdown)


def test_a_document_reads_as_people_write_markdown() -> None:
    adf = doc(
        node("heading", "Fault", level=2),
        para(
            "The ",
            text("payments", "code"),
            " deploy (5 < 6 min) ",
            text("broke", "strong"),
            ", see ",
            text("this", HOME),
        ),
        node("bulletList", item(para("a_b_c & d")), item(para("x"), node("orderedList", item(para("y")), order=1))),
        SAMPLES["taskList"],
        SAMPLES["table"],
        SAMPLES["codeBlock"],
        para(),
        para(text("https://example.org", {"type": "link", "attrs": {"href": "https://example.org"}})),
    )
    assert to_markdown(adf) == (
        "## Fault\n\n"
        "The `payments` deploy (5 < 6 min) **broke**, see [this](https://example.org/a_b?c=1&d=2)\n\n"
        "- a_b_c & d\n- x\n  1. y\n\n"
        "* [x] fix\n* [ ] tell\n\n"
        "| when | what |\n| --- | --- |\n| 9:00 | a \\| b |\n\n"
        "```python\nif x:\n    y()\n```\n\n"
        "&nbsp;\n\n"
        "<https://example.org>\n"
    )


@pytest.mark.parametrize("sign", ["[", "![", "&", "< ", "a_b "])
def test_signs_that_say_nothing_where_they_stand_are_not_escaped(sign: str) -> None:
    words = (sign * 500).strip()
    assert to_markdown(doc(para(words))) == f"{words}\n"


def test_an_empty_document_is_no_markdown_and_back() -> None:
    assert to_markdown(doc()) == ""
    assert to_adf("") == to_adf(" \n\n") == doc()


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("<script>alert(1)</script>", [para("<script>alert(1)</script>")]),
        ("a <b onclick=x>b</b> <!-- c -->", [para("a <b onclick=x>b</b> <!-- c -->")]),
        ("<div>\nwords\n</div>", [para("<div> words </div>")]),
        ("[x](javascript:alert(1))", [para("[x](javascript:alert(1))")]),
        ("[x](&#106;avascript:x) <javascript:x>", [para("[x](javascript:x) <javascript:x>")]),
        ("![x](data:text/html,x)", [para("![x](data:text/html,x)")]),
        ("[x]\n\n[x]: javascript:x", [para("[x]"), para("[x]: javascript:x")]),
        ("a\nb  \nc\\\nd<br>e", [para("a b", BREAK, "c", BREAK, "d", BREAK, "e")]),
        ("> # Title\n> ---", [node("blockquote", para(text("Title", "strong")), para("———"))]),
        ("- > quoted\n- # Title", [node("bulletList", item(para("quoted")), item(para(text("Title", "strong"))))]),
        ("- [ ] a\n  - b", [node("bulletList", item(para("[ ] a"), node("bulletList", item(para("b")))))]),
        (
            "a ![x](https://e.org/i) b",
            [para("a ", text("x", {"type": "link", "attrs": {"href": "https://e.org/i"}}), " b")],
        ),
        ("**`x`**", [para(text("x", "code"))]),
        ("[a]: https://e.org\n\nwords", [para("words"), para("[a]: https://e.org")]),
        ("AT&amp;T &copy;", [para("AT&T ©")]),
        ("a\x00b", [para("a\ufffdb")]),
        (">" * 99 + " deep", [para(">" * 99 + " deep")]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_markdown_from_anybody_is_sound_adf_that_loses_no_word(markdown: str, said: list[Json]) -> None:
    adf = to_adf(markdown)
    check(adf)
    assert say_the_same(adf["content"], said)


@pytest.mark.parametrize(
    "markdown",
    [
        "> " * 5000 + "x",
        "\n".join("  " * depth + "- x" for depth in range(300)),
        "[" * 3000,
        "*a **b " * 1000,
        '<div adf=\'{"type":"panel"}\'>\n' * 1000,
        '<div adf=\'{"type":"panel"}\'>\n' * 200 + "</div>\n" * 200,
        "<span adf='[]'>" * 1000 + "</span>" * 1000,
        "<span adf='" + "[" * 5000 + "'>x</span>",
        "\n".join(f"[a{number}]: x" for number in range(500)),
    ],
    ids=lambda markdown: markdown[:25],
)
def test_hostile_markdown_is_read_without_a_fall(markdown: str) -> None:
    check(to_adf(markdown))


def test_an_envelope_counts_where_it_holds_sound_adf() -> None:
    assert to_adf(PANEL) == doc(node("panel", para("Mind ", text("the", "strong"), " gap."), panelType="info"))
    edited = to_adf('it is <span adf=\'{"type":"status","attrs":{"color":"red"}}\'>UP</span>')
    assert edited == doc(para("it is ", node("status", color="red", text="UP")))


@pytest.mark.parametrize(
    "envelope",
    [
        {"type": "novelty"},
        {"type": "blockCard", "attrs": {"url": "javascript:alert(1)"}},
        {"type": "panel", "content": []},
        {
            "type": "paragraph",
            "content": [{"type": "text", "text": "x", "marks": [{"type": "link", "attrs": {"href": "javascript:x"}}]}],
        },
        {"type": "tableRow", "content": "x"},
        [],
        {},
    ],
    ids=str,
)
def test_an_unsound_envelope_is_text(envelope: object) -> None:
    written = f"<div adf='{json.dumps(envelope)}'>words</div>"
    assert to_plain(to_adf(written)) == written
    around = f"<div adf='{json.dumps(envelope)}'>\n\nwords\n\n</div>"
    adf = to_adf(around)
    check(adf)
    assert "words" in to_plain(adf)


@pytest.mark.parametrize(
    "markdown",
    [
        '<span adf=\'[{"type":"link","attrs":{"href":"javascript:x"}}]\'>words</span>',
        '<span adf=\'{"type":"panel"}\'>words</span>',
        '<span adf=\'{"type":"inlineCard","attrs":{"url":"javascript:x"}}\'>words</span>',
        "<span adf='nothing'>words</span>",
        "<span adf='[]'>words",
    ],
)
def test_an_unsound_envelope_in_a_line_leaves_its_words(markdown: str) -> None:
    adf = to_adf(markdown)
    check(adf)
    assert "words" in to_plain(adf)
    assert {child["type"] for block in adf["content"] for child in block["content"]} == {"text"}


def test_what_stands_where_it_cannot_stand_comes_to_stand_beside() -> None:
    stray = '<div adf=\'{"type":"taskItem","attrs":{"state":"TODO"}}\'>\n\nwords\n\n</div>'
    assert to_adf(stray) == doc(para("words"))
    assert to_plain(to_adf(f"- {PANEL.replace(chr(10), chr(10) + '  ')}")) == "• Mind the gap."


def test_identities_are_given_back_to_what_is_found_again() -> None:
    old = doc(SAMPLES["taskList"], para("between"), SAMPLES["decisionList"])
    markdown = to_markdown(old).replace("- [ ] tell", "- [x] tell").replace("fix", "mend") + "\n* [ ] new\n"
    tasks, _between, decisions, *_new = to_adf(markdown, like=old)["content"]
    assert [each["attrs"] for each in tasks["content"]] == [
        {"localId": "t1", "state": "DONE"},
        {"localId": "t2", "state": "DONE"},
    ]
    assert tasks["attrs"] == {"localId": "t0"}
    assert decisions == SAMPLES["decisionList"]


def test_the_same_markdown_gives_the_same_tasks() -> None:
    markdown = "- [ ] a\n- [ ] a\n"
    assert to_adf(markdown) == to_adf(markdown)
    ids = [each["attrs"]["localId"] for each in to_adf(markdown)["content"][0]["content"]]
    assert len(set(ids)) == 2


MARKDOWNS_OWN = {
    *("doc", "paragraph", "heading", "bulletList", "orderedList", "listItem", "taskList", "taskItem", "blockquote"),
    *(
        "codeBlock",
        "rule",
        "table",
        "tableRow",
        "tableHeader",
        "tableCell",
        "mediaSingle",
        "media",
        "text",
        "hardBreak",
    ),
    *("strong", "em", "strike", "code", "link"),
}


def kinds(adf: Any) -> set[str]:
    """The types of all nodes and marks in a document."""
    inside = [*adf.get("content", []), *adf.get("marks", [])]
    return {adf["type"]}.union(*map(kinds, inside))


@pytest.mark.parametrize("block", SAMPLES.values(), ids=SAMPLES.keys())
def test_what_people_read_has_no_envelope_and_every_word(block: Json) -> None:
    read = to_adf(to_markdown(doc(block), readable=True))
    assert kinds(read) <= MARKDOWNS_OWN
    shown = to_plain(read).replace("🎉", ":tada:").split()
    assert {word for word in to_plain(doc(block)).split() if word not in "☑☐◇•|"} <= {*shown, "1.", "3.", "4."}


def test_what_people_read_of_a_document_like_jiras() -> None:
    assert to_markdown(LIKE_JIRAS, readable=True) == (
        "## Leadup\n\nIt broke.\n\n> mind the gap\n>\n> - x\n\nThen it was **\\[DOWN\\]** for an hour.\n\n"
        "| both |  |\n| --- | --- |\n| a | b |\n\nWe drew it:\n\n\\[image: graph\\]\n\nLoad\n\nleft\n\nright\n\n"
        "And logged it.\n\n**Log**\n\nx\n\n**inner**\n\ny\n\n- [x] fix\n- [ ] tell\n\nship\n\nThe end.\n"
    )


@settings(max_examples=80, derandomize=True, deadline=None)
@given(adf=hostile_documents)
def test_whatever_a_document_says_it_says_after_its_life_as_markdown(adf: Json) -> None:
    check(adf)
    markdown = to_markdown(adf)
    back = to_adf(markdown)
    check(back)
    assert say_the_same([back], [adf])
    assert to_markdown(back) == markdown


def test_blocks_carried_along_unread_are_rare() -> None:
    """Of blocks in which everything looks like markup. Of real postmortems: `test_real_postmortems`."""
    counted = {"blocks": 0, "whole": 0}

    @settings(max_examples=50, derandomize=True, deadline=None, database=None)
    @given(adf=hostile_documents)
    def count(adf: Json) -> None:
        for block in adf["content"]:
            counted["blocks"] += 1
            counted["whole"] += carried_whole(to_markdown(doc(block)))

    count()
    assert counted["whole"] <= counted["blocks"] * 0.02, counted


@settings(max_examples=40, derandomize=True, deadline=None)
@given(adf=hostile_documents)
def test_what_people_read_never_shows_an_envelope(adf: Json) -> None:
    read = to_adf(to_markdown(adf, readable=True))
    check(read)
    assert kinds(read) <= MARKDOWNS_OWN


_lines = st.lists(
    st.sampled_from(
        [
            *LOOKS_LIKE_MARKUP,
            PANEL,
            '<div adf=\'{"type":"expand"}\'>',
            "",
            "",
            "  - x",
            "> ",
            "| a | b |",
            "| - | - |",
            "1. ",
        ]
    ),
    max_size=12,
)


@settings(max_examples=80, derandomize=True, deadline=None)
@given(lines=_lines, glue=st.sampled_from(["\n", "\n\n", " "]))
def test_any_markdown_is_sound_adf_and_stable(lines: list[str], glue: str) -> None:
    adf = to_adf(glue.join(lines))
    check(adf)
    assert say_the_same([to_adf(to_markdown(adf))], [adf])


@settings(max_examples=50, derandomize=True, deadline=None)
@given(block=rich_texts)
def test_what_slack_says_survives_a_life_as_markdown(block: Json) -> None:
    adf = from_rich_text(block)
    assert say_the_same([to_adf(to_markdown(adf))], [adf])


@settings(max_examples=40, derandomize=True, deadline=None)
@given(adf=hostile_documents)
def test_the_normal_form_is_its_own(adf: Json) -> None:
    assert normal(normal(adf)) == normal(adf)
