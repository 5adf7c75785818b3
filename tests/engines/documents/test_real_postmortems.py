"""Ten real postmortems (tests/fixtures/postmortems) through every form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.engines.documents.checking import check
from bot.engines.documents.document import from_rich_text, to_plain, to_rich_text
from bot.engines.documents.equality import say_the_same
from bot.engines.documents.html import to_html
from bot.engines.documents.markdown import to_adf, to_markdown
from bot.engines.documents.merging import merged
from bot.engines.documents.parts import join, split
from tests.engines.documents.adf_samples import LIKE_JIRAS, REAL, SAMPLES
from tests.engines.documents.forms import ENVELOPE, ITSELF, LABEL, PLACE, WORDS, rows, table
from tests.engines.documents.slack_text import Json, doc, para
from tests.engines.documents.test_html import is_safe

# The names by which Markdown's links find their addresses are no words of the text; nor are an ordered list's numbers.
_LABELS = re.compile(r"\]\[[^\]]*\]|(?m:^\[[^\]]*\]: |^\s*\d+\. )")

each_postmortem = pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)


def test_there_are_ten() -> None:
    assert len(REAL) == 10


@each_postmortem
def test_a_real_postmortem_passes_through_every_form_unchanged(path: Path) -> None:
    adf = to_adf(path.read_text(encoding="utf-8"))
    check(adf)
    markdown = to_markdown(adf)
    assert say_the_same([to_adf(markdown)], [adf])
    assert to_markdown(to_adf(markdown)) == markdown
    assert join(split(adf)) == adf
    assert merged(adf, to_rich_text(adf)) == adf
    assert to_plain(from_rich_text(to_rich_text(adf))) == to_plain(adf)
    assert is_safe(to_html(adf))


@each_postmortem
def test_no_word_of_a_real_postmortem_is_lost(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    said = "".join(_strings(to_adf(source)))
    words = re.findall(r"[^\W_]+", _LABELS.sub(" ", source))
    assert [word for word in words if word not in said] == []


def test_hardly_a_block_of_a_real_postmortem_is_carried_along_unread() -> None:
    blocks = [block for path in REAL for block in to_adf(path.read_text(encoding="utf-8"))["content"]]
    unread = [block for block in blocks if "adf=" in to_markdown(doc(block))]
    assert len(blocks) > 250
    assert len(unread) < len(blocks) * 0.01


@each_postmortem
def test_an_edit_in_slack_leaves_every_other_block_as_it_was(path: Path) -> None:
    adf = to_adf(path.read_text(encoding="utf-8"))
    places = [index for index, block in enumerate(adf["content"]) if block["type"] == "paragraph"]
    for place in places[:: max(1, len(places) // 4)]:
        edited = _with(adf, place)
        assert merged(adf, to_rich_text(edited)) == edited


@pytest.mark.parametrize(
    "place", [index for index, block in enumerate(LIKE_JIRAS["content"]) if block["type"] == "paragraph"]
)
def test_what_slack_cannot_say_survives_an_edit_of_another_paragraph(place: int) -> None:
    edited = _with(LIKE_JIRAS, place)
    assert merged(LIKE_JIRAS, to_rich_text(edited)) == edited


def test_the_table_of_what_each_form_cannot_say() -> None:
    print(table())
    found = {row.kind: row for row in rows()}
    assert {row.opsgenie for row in found.values()} == {ITSELF}
    assert {row.markdown for row in found.values()} == {ITSELF, ENVELOPE, LABEL}
    assert {row.slack for row in found.values()} == {ITSELF, WORDS}
    assert {row.html for row in found.values()} == {ITSELF, PLACE}
    assert [kind for kind, row in found.items() if row.markdown == ITSELF] == [
        *("paragraph", "heading", "bulletList", "orderedList", "codeBlock", "blockquote", "rule", "table", "taskList"),
        *("mediaSingle, elsewhere", "bold, italics, struck", "code", "link"),
    ]
    assert [kind for kind, row in found.items() if row.slack == ITSELF] == [
        *("paragraph", "bulletList", "orderedList", "codeBlock", "blockquote", "mention of a person of Slack", "emoji"),
        *("date", "bold, italics, struck", "code", "link", "underline"),
    ]
    assert len(found) == len(SAMPLES)


def _with(adf: Json, place: int) -> Json:
    fresh = para("nobody wrote this before")
    return {**adf, "content": [fresh if at == place else block for at, block in enumerate(adf["content"])]}


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
