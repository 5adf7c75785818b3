from __future__ import annotations

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.engines.documents.document import empty_document, from_plain, from_rich_text, to_plain
from bot.engines.documents.splitting import MORE, to_rich_text_blocks
from tests.engines.documents.slack_text import Json, rich, rich_list, section

quick = settings(max_examples=100, derandomize=True, deadline=None)


def length(block: Any) -> int:
    """The characters of a block that people see, and its links' addresses."""
    if isinstance(block, list):
        return sum(map(length, block))
    if not isinstance(block, dict):
        return 0
    own = sum(len(value) for key, value in block.items() if key in {"text", "url", "name", "user_id"})
    return own + length(block.get("elements", []))


def test_a_short_document_is_one_block() -> None:
    assert to_rich_text_blocks(from_plain("a\n\nb"), 100) == [rich(section("a\n\nb"))]


def test_an_empty_document_is_no_block() -> None:
    assert to_rich_text_blocks(empty_document(), 100) == []


def test_what_does_not_fit_says_so() -> None:
    (block,) = to_rich_text_blocks(from_plain("first line\nsecond line"), 20)
    words = "".join(each["text"] for each in block["elements"][0]["elements"])
    assert words == f"first line\ns\n{MORE}"


def test_a_budget_without_room_for_the_marker_shows_nothing() -> None:
    assert to_rich_text_blocks(from_plain("too long for this"), 5) == []


def test_a_long_text_is_split_and_none_of_it_lost() -> None:
    plain = "\n".join(f"line {number} " + "x" * 90 for number in range(200))
    blocks = to_rich_text_blocks(from_plain(plain), 100_000)
    assert len(blocks) > 6
    assert "\n".join(to_plain(from_rich_text(block)) for block in blocks) == plain


def test_mentions_do_not_ping_unless_wanted() -> None:
    adf = from_rich_text(rich(section({"type": "user", "user_id": "U1"})), {"U1": "Ana"})
    assert to_rich_text_blocks(adf, 99, mentioning=False) == [rich(section("@Ana"))]


lines = st.lists(st.sampled_from(["x", "y" * 700, "z" * 3500, "", "two words"]), max_size=12)


@quick
@given(
    block=st.lists(
        st.one_of(
            lines.map(lambda each: section("\n".join(each)) if any(each) else section()),
            lines.map(lambda each: rich_list("ordered", 1, *each)),
            st.just(section({"type": "link", "url": "https://example.org/" + "q" * 4000, "text": "long"})),
        ),
        max_size=4,
    ).map(lambda each: rich(*each)),
    budget=st.integers(0, 20_000),
)
@example(block=rich(section("x" * 2899)), budget=2900)
def test_blocks_stay_within_every_limit_and_cuts_are_marked(block: Json, budget: int) -> None:
    adf = from_rich_text(block)
    blocks = to_rich_text_blocks(adf, budget)
    assert all(length(each) < 3000 for each in blocks)
    assert sum(map(length, blocks)) <= budget
    whole = to_rich_text_blocks(adf, 1_000_000)
    if blocks != whole:
        assert not blocks or blocks[-1]["elements"][-1]["elements"][-1]["text"] == MORE
