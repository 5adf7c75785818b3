"""The replies to a view_submission that the real Slack swallows in silence."""

from __future__ import annotations

import pytest

from bot.playground.blockkit import check_errors_reply, check_options_reply, check_submission_reply
from tests.playground.blockkit.corpus.pieces import Json, asking, home, modal, option, options, plain, section, select

FIELD = {"type": "plain_text_input", "action_id": "typed"}
VIEW = modal(section(block_id="said"), asking(FIELD, block_id="when"), asking(select(), block_id="who"))

GOOD: list[object] = [
    None,
    "",
    {},
    {"response_action": "clear"},
    {"response_action": "update", "view": modal(section())},
    {"response_action": "push", "view": VIEW},
    {"response_action": "errors", "errors": {"when": "Not in the past, please.", "who": "Name somebody."}},
]

BROKEN: list[tuple[str, object, str, str]] = [
    ("a list", [1], "", "must provide an object"),
    ("an unknown action", {"response_action": "close"}, "/response_action", "one of: update, push, errors, clear"),
    ("no word as action", {"response_action": ["clear"]}, "/response_action", "one of"),
    ("a message", {"text": "Done"}, "/response_action", "one of"),
    ("an update without view", {"response_action": "update"}, "", "missing required field: view"),
    ("errors without errors", {"response_action": "errors"}, "", "missing required field: errors"),
    ("a stray view", {"response_action": "clear", "view": VIEW}, "", "invalid additional property: view"),
    ("a home tab", {"response_action": "push", "view": home()}, "/view/type", "unsupported type: home"),
    ("a bad view", {"response_action": "update", "view": {"type": "modal", "blocks": []}}, "/view", "field: title"),
    ("errors by action", {"response_action": "errors", "errors": {"typed": "x"}}, "/errors/typed", "no input block"),
    ("an error on a section", {"response_action": "errors", "errors": {"said": "x"}}, "/errors/said", "no input block"),
    ("an empty sentence", {"response_action": "errors", "errors": {"when": ""}}, "/errors/when", "more than 0"),
    ("no errors at all", {"response_action": "errors", "errors": {}}, "/errors", "at least one"),
    ("errors as a list", {"response_action": "errors", "errors": ["x"]}, "/errors", "must provide an object"),
]


@pytest.mark.parametrize("reply", GOOD)
def test_a_sound_reply_has_no_problem(reply: object) -> None:
    assert check_submission_reply(VIEW, reply) == []


@pytest.mark.parametrize(("reply", "pointer", "says"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_broken_reply_is_told(reply: object, pointer: str, says: str) -> None:
    (problem,) = check_submission_reply(VIEW, reply)
    assert problem.pointer == pointer
    assert says in problem.message


def test_a_pointer_escapes_what_json_pointers_escape() -> None:
    errors: Json = {"a/b~c": "x"}
    assert [problem.pointer for problem in check_errors_reply(VIEW, errors)] == ["/errors/a~1b~0c"]


@pytest.mark.parametrize(
    "reply",
    [{"options": []}, {"options": options(100)}, {"option_groups": [{"label": plain(), "options": options(1)}]}],
)
def test_options_are_answered_in_a_list_or_in_groups(reply: Json) -> None:
    assert check_options_reply(reply) == []


@pytest.mark.parametrize(
    ("reply", "pointer", "says"),
    [
        (None, "", "must provide an object"),
        ({}, "", "failed to match"),
        ({"options": options(101)}, "/options", "no more than 100 items"),
        ({"options": [option(text="One")]}, "/options/0/text", "must provide an object"),
        ({"options": [], "option_groups": []}, "", "failed to match"),
    ],
)
def test_a_broken_answer_of_options_is_told(reply: object, pointer: str, says: str) -> None:
    (problem,) = check_options_reply(reply)
    assert problem.pointer == pointer
    assert says in problem.message
