"""What a message's way of being sent changes, and what becomes of a long text."""

from __future__ import annotations

from bot.playground.blockkit import Sending, Surface, limits, posted_text, validate_blocks, validate_message
from tests.playground.blockkit.corpus.pieces import button, chars, container, message, section


def test_a_long_post_is_cut_with_a_warning_and_is_no_fault() -> None:
    text = chars(limits.POSTED_TEXT_MAX + 1)
    assert validate_message({"text": text}) == []
    assert posted_text(text) == (chars(limits.POSTED_TEXT_MAX), ("message_truncated",))


def test_a_post_at_the_limit_is_kept_as_it_is() -> None:
    text = chars(limits.POSTED_TEXT_MAX)
    assert posted_text(text) == (text, ())


def test_only_an_update_refuses_a_text_over_four_thousand() -> None:
    text = chars(4_001)
    refused = {sending for sending in Sending if validate_message({"text": text}, sending)}
    assert refused == {Sending.UPDATE}


def test_the_pointers_of_bare_blocks_start_at_the_list() -> None:
    (problem,) = validate_blocks("message", [section(text={"type": "invalid", "text": "x"})])
    assert (problem.message, problem.pointer) == ("unsupported type: invalid", "/0/text/type")
    assert problem.constraint is not None
    assert (problem.constraint.type, problem.constraint.expected) == ("enum", ["plain_text", "mrkdwn"])


def test_an_action_id_may_come_back_in_another_block() -> None:
    row = section(accessory=button(action_id="open"))
    assert validate_blocks(Surface.MESSAGE, [row, row, container(row)]) == []


def test_lengths_are_counted_in_code_points() -> None:
    assert validate_message(message(section(text={"type": "mrkdwn", "text": "🚒" * 3_000}))) == []


def test_judging_leaves_the_payload_alone() -> None:
    payload = message(section(block_id="a"))
    validate_message(payload)
    assert payload == message(section(block_id="a"))
