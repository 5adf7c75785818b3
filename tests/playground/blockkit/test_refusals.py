"""The bodies that Slack's methods answer with."""

from __future__ import annotations

import json

import pytest

from bot.playground.blockkit import (
    answer_blocks_validate,
    bare_word,
    limits,
    message_refusal,
    validate_message,
    validate_view,
    view_refusal,
)
from tests.playground.blockkit.corpus.pieces import Json, chars, message, modal, mrkdwn, plain, section, table


def test_a_message_is_refused_with_pointers_in_both_places() -> None:
    problems = validate_message(message(section(text=mrkdwn(chars(3_001)))))
    sentence = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert message_refusal(problems) == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": [sentence],
        "response_metadata": {"messages": [f"[ERROR] {sentence}"]},
    }


def test_a_view_is_refused_with_invalid_arguments() -> None:
    problems = validate_view(modal(title=plain(chars(25))))
    assert view_refusal(problems) == {
        "ok": False,
        "error": "invalid_arguments",
        "response_metadata": {
            "messages": ["[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"],
        },
    }


@pytest.mark.parametrize(
    ("payload", "word"),
    [
        ({}, "no_text"),
        ({"text": "x", "markdown_text": "x"}, "markdown_text_conflict"),
        ({"text": "x", "blocks": "[]"}, "invalid_blocks_format"),
        ({"attachments": [{"text": "x"}] * 101}, "too_many_attachments"),
        ({"attachments": [{"blocks": [{"type": "header"}]}]}, "invalid_attachments"),
        (message(table(), table()), "invalid_attachments"),
        (message(*[section(text=plain(chars(3_000)))] * 5), "msg_blocks_too_long"),
        ({"text": "x", "metadata": {"event_type": ""}}, "invalid_metadata_schema"),
        (message({"type": "header"}), "invalid_blocks"),
    ],
)
def test_the_error_is_the_word_of_the_fault(payload: Json, word: str) -> None:
    problems = validate_message(payload)
    assert bare_word(problems) == word
    assert message_refusal(problems)["error"] == word


def test_a_view_of_too_many_bytes_is_called_so() -> None:
    view = modal(*[section(text=plain(chars(3_000)))] * 90)
    assert view_refusal(validate_view(view)) == {"ok": False, "error": "view_too_large"}


def test_a_word_that_says_it_all_stands_alone() -> None:
    assert message_refusal(validate_message({"text": ""})) == {"ok": False, "error": "no_text"}


def test_blocks_validate_tells_code_pointer_and_constraint() -> None:
    blocks = json.dumps([section(text={"type": "invalid", "text": "x"})])
    assert answer_blocks_validate({"blocks": blocks}) == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": [
            {
                "code": "failed_constraint",
                "message": "unsupported type: invalid",
                "pointer": "/0/text/type",
                "constraint": {"type": "enum", "expected": ["plain_text", "mrkdwn"], "got": "invalid"},
            }
        ],
    }


@pytest.mark.parametrize(
    ("arguments", "error", "pointer"),
    [
        ({"view": modal(title=mrkdwn())}, "invalid_view", "/title/type"),
        ({"message": {"blocks": [{"type": "header"}]}}, "invalid_message", "/blocks/0"),
        ({"message": "7"}, "invalid_message", ""),
        ({"message": "{}"}, "invalid_message", ""),
    ],
)
def test_blocks_validate_names_what_is_invalid(arguments: Json, error: str, pointer: str) -> None:
    answer = answer_blocks_validate(arguments)
    assert (answer["error"], answer["errors"][0]["pointer"]) == (error, pointer)


@pytest.mark.parametrize(
    "arguments", [{"blocks": "[]"}, {"view": json.dumps(modal())}, {"message": message(section())}]
)
def test_blocks_validate_accepts_what_is_sound(arguments: Json) -> None:
    assert answer_blocks_validate(arguments) == {"ok": True}


def padded(size: int) -> str:
    return "[]" + " " * (size - 2)


@pytest.mark.parametrize(
    "arguments",
    [{}, {"blocks": "[]", "view": "{}"}, {"blocks": "["}, {"blocks": padded(limits.VALIDATE_BYTES_MAX + 1)}],
)
def test_blocks_validate_refuses_wrong_arguments(arguments: Json) -> None:
    assert answer_blocks_validate(arguments)["error"] == "invalid_arguments"


def test_blocks_validate_takes_a_hundred_kilobytes() -> None:
    assert answer_blocks_validate({"blocks": padded(limits.VALIDATE_BYTES_MAX)}) == {"ok": True}
