"""The beginning of a text as a quotation."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.slack.cards.quotations import MOST_LINES, is_whole, quotation


@settings(max_examples=60, derandomize=True)
@given(st.text(alphabet="ab&<\n ", max_size=400), st.integers(60, 300))
@example("x" + "\n" * 398 + "y", 300)
def test_it_is_within_its_limits_and_says_where_something_is_cut(text: str, limit: int) -> None:
    quoted = quotation(text, limit)
    assert len(quoted) <= limit and len(quoted.splitlines()) <= MOST_LINES + 1
    assert all(line.startswith("> ") for line in quoted.splitlines())
    assert is_whole(text, limit) != quoted.endswith("…")
