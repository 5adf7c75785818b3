from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engines.documents.document import document, empty_document
from bot.engines.documents.parts import PROMPT_COLOR, Part, heading_of, join, section_keys, split
from tests.engines.documents.adf_samples import BREAK, node, text
from tests.engines.documents.slack_text import Json, doc, documents, para

# The content of a new postmortem as Opsgenie's API documents it.
OPSGENIES = json.loads(
    '{"version":1,"type":"doc","content":[{"type":"heading","attrs":{"level":4},"content":[{"type":"text","text":"Leadup"}]},'
    '{"type":"paragraph","content":[{"type":"text","text":"Describe the circumstances that led to this incident",'
    '"marks":[{"type":"textColor","attrs":{"color":"#7a869a"}}]},{"type":"hardBreak"}]},'
    '{"type":"heading","attrs":{"level":4},"content":[{"type":"text","text":"Root causes"}]},'
    '{"type":"paragraph","content":[{"type":"text","text":"Run a 5-whys analysis",'
    '"marks":[{"type":"textColor","attrs":{"color":"#7a869a"}}]}]}]}'
)


def grey(words: str) -> Json:
    return text(words, {"type": "textColor", "attrs": {"color": PROMPT_COLOR}})


def levels(*of: int) -> Json:
    return doc(*(heading_of(f"level {level}", level) for level in of))


def test_opsgenies_own_template_is_two_empty_sections_with_their_prompts() -> None:
    parts = split(OPSGENIES)
    assert [(part.title, part.prompt) for part in parts] == [
        ("Leadup", "Describe the circumstances that led to this incident"),
        ("Root causes", "Run a 5-whys analysis"),
    ]
    assert all(part.body == empty_document() for part in parts)
    assert join(parts) == OPSGENIES


@pytest.mark.parametrize(
    ("document_", "titles"),
    [
        (doc(), []),
        (doc(para("only words")), [""]),
        (levels(1, 2, 2), ["", "level 2", "level 2"]),
        (levels(2, 1, 2), ["level 2", "level 2"]),
        (levels(1, 2, 3), ["level 1"]),
        (levels(3, 1, 1, 3), ["", "level 1", "level 1"]),
        (levels(1, 3, 3, 2), ["", "level 3", "level 3"]),
        (doc(para("before"), heading_of("a", 2), para("x")), ["", "a"]),
        (
            doc(node("heading", text("two ", "strong"), BREAK, "lines", level=4), node("heading", level=4)),
            ["two lines", ""],
        ),
    ],
    ids=str,
)
def test_a_part_opens_at_each_heading_of_the_section_level(document_: Json, titles: list[str]) -> None:
    parts = split(document_)
    assert [part.title for part in parts] == titles
    assert all(
        (part.heading is None) == (not index and part.title == "")
        for index, part in enumerate(parts)
        if titles != ["two lines", ""]
    )
    assert join(parts) == document_


def test_grey_words_beside_others_are_no_prompt() -> None:
    body = [node("paragraph", grey("hint")), para("answer")]
    (part,) = split(doc(heading_of("a"), *body))
    assert (part.prompt, part.body) == ("", document(body))


def test_an_answered_prompt_is_not_shown_in_the_whole() -> None:
    assert join([Part("a", heading_of("a"), doc(para("answer")), "hint")]) == doc(heading_of("a"), para("answer"))


def test_a_part_that_was_never_read_gets_a_heading_like_the_others() -> None:
    made = Part("made", None, doc(para("x")))
    assert join([made]) == doc(heading_of("made", 4), para("x"))
    assert join([Part("read", heading_of("read", 2), doc()), made]) == doc(
        heading_of("read", 2), heading_of("made", 2), para("x")
    )


@pytest.mark.parametrize(
    ("title", "taken", "key"),
    [
        ("Root causes", (), "root-causes"),
        ("  5 whys? — “Why”! ", (), "5-whys-why"),
        ("Ärger über Öl", (), "arger-uber-ol"),
        ("שורש", (), "שורש"),
        ("!?", (), "section"),
        ("Fault", {"fault", "fault-2"}, "fault-3"),
        ("word " * 30, (), "-".join(["word"] * 12)),
    ],
)
def test_the_key_of_a_section_can_be_typed_and_is_its_own(title: str, taken: set[str], key: str) -> None:
    assert list(section_keys([title], taken)) == [key]


def test_equal_titles_are_numbered_in_their_order_past_all_that_is_taken() -> None:
    assert list(section_keys(["A", "A 2", "A", "a", "B"], {"a-3"})) == ["a", "a-2", "a-4", "a-5", "b"]


_headings = st.builds(heading_of, st.sampled_from(["", "a", "b"]), st.integers(1, 6))
_prompts = st.builds(lambda breaks: node("paragraph", grey("hint"), *[BREAK] * breaks), st.integers(0, 2))
_documents = st.lists(
    st.one_of(_headings, _headings, _prompts, documents.map(lambda each: each["content"])), max_size=9
).map(lambda parts: doc(*(block for part in parts for block in (part if isinstance(part, list) else [part]))))


def _without_break_after_prompt(adf: Json) -> list[Json]:
    return [
        {**block, "content": block["content"][:1]} if block.get("content", [])[:1] == [grey("hint")] else block
        for block in adf["content"]
    ]


@settings(max_examples=200, derandomize=True, deadline=None)
@given(adf=_documents)
def test_the_parts_of_a_document_joined_are_the_document(adf: Json) -> None:
    joined = join(split(adf))
    assert _without_break_after_prompt(joined) == _without_break_after_prompt(adf)
    assert join(split(joined)) == joined
    assert split(joined) == split(adf)
