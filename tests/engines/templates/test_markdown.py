"""Templates as Markdown: what is read of a text, what is refused of it, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engines.templates import BUILT_IN, DEFAULT, Template, TemplateSection, parse, to_markdown
from bot.engines.templates.files import file_of, from_files
from bot.errors import Misconfigured, Unreadable

LINES = st.one_of(
    st.sampled_from(
        ["# Why", "## Why #", "###### How? ##", " ## #tag", "```", "   ~~~~ x", "    ```", "", "```a`", "#no"]
    ),
    st.text("#`~ ab9é\u2028\t\\", max_size=12),
)
TITLES = st.text("aB9é# -?", min_size=1, max_size=30).map(str.strip).filter(lambda each: any(map(str.isalnum, each)))


@pytest.mark.parametrize(
    ("markdown", "sections"),
    [
        ("# Why", [("why", "Why", "")]),
        ("\n\n  ### Why? ###\r\nFirst\r\n\r\n  second  \r\n\r\n", [("why", "Why?", "First\n\n  second")]),
        ("## C#\nx\n## Dé jà vu\n* y", [("c", "C#", "x"), ("de-ja-vu", "Dé jà vu", "* y")]),
        (
            "## A\n```sh\n# no heading\n~~~\n``\n```\n# B",
            [("a", "A", "```sh\n# no heading\n~~~\n``\n```"), ("b", "B", "")],
        ),
        ("## A\n#no heading\n\\# nor this", [("a", "A", "#no heading\n\\# nor this")]),
        ("## A\n<script>alert(1)</script>", [("a", "A", "<script>alert(1)</script>")]),
    ],
)
def test_each_heading_is_a_section_and_what_is_under_it_the_question(
    markdown: str, sections: list[tuple[str, str, str]]
) -> None:
    assert parse(markdown) == tuple(TemplateSection(*each) for each in sections)


@pytest.mark.parametrize(
    ("markdown", "sentence"),
    [
        ("", "Write at least one heading, such as “## What happened”: each is a section."),
        (" \n\n", "Write at least one heading, such as “## What happened”: each is a section."),
        ("\nHello\n## A", "Line 2: this belongs to no section. Put a heading above it, such as “## What happened”."),
        ("## A\n## B\n##", "Line 3: this heading has no words."),
        ("# !!! ##", "Line 1: this heading has no words."),
        ("## A b\n\n# á  B", "Line 3: “á  B” stands in line 1 already. Give each section a heading of its own."),
        (f"# {'a' * 101}", "Line 1: this heading has 101 characters, 100 are the most."),
        ("# Executive Summary", "Line 1: “Executive Summary” is a part of every postmortem anyway. Leave it out."),
        ("\n".join(f"# {n}" for n in range(22)), "Line 21: this is section 21, 20 are the most."),
        ("# A" * 1_001, "At most 3,000 characters, this has 3,003."),
        ("x\n#\n#\n#\n#", "Line 3: this heading has no words. There are 2 more."),
    ],
)
def test_what_is_wrong_is_said_with_its_line(markdown: str, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(markdown)
    assert refused.value.sentence.endswith(sentence)


@settings(max_examples=200, derandomize=True)
@given(st.lists(st.tuples(TITLES, st.lists(LINES, max_size=5)), min_size=1, max_size=6))
def test_what_was_read_and_printed_reads_the_same(parts: list[tuple[str, list[str]]]) -> None:
    text = "\n".join(line for title, lines in parts for line in (f"# {title}", *lines))
    try:
        sections = parse(text)
    except Unreadable:
        return
    assert parse(to_markdown(sections)) == sections


def test_the_templates_that_are_shipped_are_printed_as_they_are() -> None:
    assert list(BUILT_IN) == ["default", "google-sre", "short"]
    assert [each.title for each in DEFAULT.sections] == ["Leadup", "Fault", "Detection", "Root causes"]
    for key, template in BUILT_IN.items():
        assert template.key == key and to_markdown(template.sections) == template.markdown
        assert all(each.prompt for each in template.sections)


def test_a_file_is_the_template_of_its_name() -> None:
    files = {"Sea chest": "# A", "b": "# B\n"}
    assert from_files(files) == {
        "sea-chest": Template.of("sea-chest", "Sea chest", "# A"),
        "b": Template.of("b", "b", "# B\n"),
    }
    assert file_of("sea-chest", files) == "Sea chest.md"
    assert file_of("c", files) is None


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (
            {"b": "# A\n# a"},
            "TEMPLATES: b.md: Line 2: “a” stands in line 1 already. Give each section a heading of its own.",
        ),
        ({"!": "# A"}, "TEMPLATES: !.md: people type a name; it has letters, and at most 60"),
        ({"A b": "# A", "a-b": "# A"}, "TEMPLATES: A b.md and a-b.md are the same name to who types it"),
    ],
)
def test_a_file_that_makes_no_template_is_named(files: dict[str, str], sentence: str) -> None:
    with pytest.raises(Misconfigured, match=sentence.replace("(", "\\(")):
        from_files(files)
