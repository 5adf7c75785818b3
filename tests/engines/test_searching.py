"""Words: the same rules for what is written and for what is looked for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engines.documents.document import from_plain, from_rich_text
from bot.engines.searching import WORD_CHARACTERS, excerpt, hits, lines_of, marked, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Redis was full", ("redis", "was", "full")),
        ("redis-pool_2, v1.2", ("redis", "pool", "2", "v1")),
        ("Café CAFÉ cafe", ("cafe",)),
        ("“Straße” ＡＢＣ", ("strasse", "abc")),
        ("🔥 down 👍🏽 1️⃣", ("🔥", "down", "👍", "1")),
        ("👩‍👩‍👧", ("👩", "👧")),
        ("数据库 timeout", ("数", "据", "库", "timeout")),
        ("שלום עולם", ("שלום", "עולם")),
        ("\u202eמסד\u202c", ("מסד",)),
        ("हिन्दी", ("हिनदी",)),
        ("SELECT * FROM x; DROP TABLE y", ("select", "from", "x", "drop", "table", "y")),
        ("%", ()),
        ("\"*\" ''", ()),
        ("… — !?", ()),
        ("a\x00b", ("a", "b")),
        ("x" * 100, ("x" * WORD_CHARACTERS,)),
        ("", ()),
    ],
)
def test_a_text_is_taken_apart_into_words(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=80))
def test_the_words_of_words_are_themselves(text: str) -> None:
    words = words_of(text)
    assert words_of(" ".join(words)) == words


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=80), st.text(min_size=1, max_size=10))
def test_what_is_marked_is_the_text_itself(text: str, looked_for: str) -> None:
    wanted = words_of(looked_for)
    pieces = marked(text, wanted)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(hits(words_of(piece), wanted) for piece, is_hit in pieces if is_hit)


def test_beginnings_count_and_single_letters_only_whole() -> None:
    assert hits(("redis", "timeout"), ("red", "time")) == 2
    assert hits(("redis",), ("r",)) == 0
    assert hits(("r",), ("r",)) == 1
    assert hits(("redis",), ("edis",)) == 0


def test_the_words_looked_for_are_marked_where_they_stand() -> None:
    assert marked("The Redis-pool was *full*", ("redis", "ful")) == [
        ("The ", False),
        ("Redis", True),
        ("-pool was *", False),
        ("full", True),
        ("*", False),
    ]


def test_an_excerpt_lies_around_the_first_word_looked_for() -> None:
    assert excerpt("short", ("x",), 100) == "short"
    long = "a " * 200 + "redis " + "b " * 200
    cut = excerpt(long, ("redis",), 60)
    assert len(cut) <= 60
    assert cut.startswith("…")
    assert cut.endswith("…")
    assert "redis" in cut


def test_a_document_is_searched_line_by_line_and_an_emoji_by_name_and_by_itself() -> None:
    lines = list(lines_of(from_plain("First line\n\n  second\nthird")))
    assert [line.text for line in lines] == ["First line", "second", "third"]
    emoji = {"type": "emoji", "name": "fire", "unicode": "1f525"}
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": "It was on "}, emoji]}
    (line,) = lines_of(from_rich_text({"type": "rich_text", "elements": [section]}))
    assert line.words == ("it", "was", "on", "fire", "🔥")
