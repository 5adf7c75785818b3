"""A paper in words: what its files are called, when things happened, and what its Markdown makes of hostile text."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engines.documents.document import empty_document, to_plain
from bot.engines.documents.markdown import to_adf
from bot.engines.papers import as_markdown, as_plain, file_stem, from_plain, times
from tests.web.papers import BEGAN, paper

PLAIN = paper("Checkout answered 502", empty_document())


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Checkout answered 502", "PM-12-checkout-answered-502"),
        ("../../etc/passwd\x00", "PM-12-etc-passwd"),
        ("C:\\con|nul?*.txt", "PM-12-c-con-nul-txt"),
        ("決済が できません – 🔥", "PM-12-決済が-できません"),
        ("🔥 / …", "PM-12"),
        ("word " * 60, "PM-12-" + "-".join(["word"] * 12)),
    ],
)
def test_a_file_is_called_by_number_and_title(title: str, stem: str) -> None:
    assert file_stem(replace(PLAIN, title=title)) == stem


@settings(max_examples=100, derandomize=True)
@given(st.text(max_size=300))
def test_a_files_name_is_one_name_on_every_system(title: str) -> None:
    stem = file_stem(replace(PLAIN, title=title))
    assert all(each.isalnum() or each == "-" for each in stem.removeprefix("PM-12"))
    assert len(f"{stem}.json".encode()) <= 255


def test_times_are_told_with_how_long_after_the_beginning() -> None:
    assert list(times(PLAIN)) == [
        ("Began", "2026-11-09 14:02 UTC", ""),
        ("Detected", "2026-11-09 14:01 UTC", "before it, 1 min"),
        ("Responded", "2026-11-09 16:17 UTC", "after 2 h 15 min"),
        ("Resolved", "2026-11-10 18:11 UTC", "after 1 day 4 h"),
    ]
    going_on = replace(PLAIN, detected_at=None, responded_at=BEGAN + timedelta(seconds=59), ended_at=None)
    assert list(times(going_on))[1:] == [
        ("Responded", "2026-11-09 14:02 UTC", "after less than a minute"),
        ("Resolved", "still going on", ""),
    ]


@pytest.mark.parametrize(
    "typed",
    ["<b>x</b> & &lt;", "[a](javascript:x) ![i](x)", "# x", "1. x", "- [ ] x", "*a* _b_ `c` ~d~ |e|", "\\*a\\*", "> x"],
)
def test_in_markdown_every_text_is_read_as_it_was_typed(typed: str) -> None:
    shown = to_adf(as_markdown(paper(typed, empty_document())))
    words = to_plain(shown)
    for told in (f"PM-12 {typed}", f"INC-7 {typed}", f"{typed} ({typed}), {typed}", f"{typed}: changes requested"):
        assert told in words
    _, *links = json.dumps(shown).split('"href": "')
    assert links and all(each.startswith("https://a.example/") for each in links)


def test_what_is_empty_is_left_out_but_for_sections() -> None:
    bare = replace(PLAIN, summary=None, timeline=(), actions=(), reviewers=(), jira_issues=(), related=())
    titles = [line for line in as_markdown(bare).splitlines() if line.startswith("## ")]
    assert titles == ["## Checkout answered 502", "## Empty"]
    assert as_markdown(bare).count("_Nothing written yet._") == 2


def test_a_paper_is_the_same_once_it_was_json() -> None:
    assert from_plain(json.loads(json.dumps(as_plain(PLAIN)))) == PLAIN
