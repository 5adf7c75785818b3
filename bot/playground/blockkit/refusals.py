"""How Slack's methods answer a payload with problems. The HTTP status stays 200, but for `bare_word`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.playground.blockkit import limits
from bot.playground.blockkit.across import validate_blocks
from bot.playground.blockkit.blocks import Surface
from bot.playground.blockkit.messages import validate_message
from bot.playground.blockkit.problems import FAILED_CONSTRAINT, Problem
from bot.playground.blockkit.views import validate_view

Body = dict[str, Any]


def message_refusal(problems: Sequence[Problem]) -> Body:
    """The answer of a chat method. `problems` must not be empty.

    A problem with a word of its own (`no_text`, `msg_too_long`) is the error; broken schemas are `invalid_blocks`, or
    `invalid_attachments` where they all stand in attachments.
    """
    refused: Body = {"ok": False, "error": bare_word(problems)}
    if sentences := _sentences(problems):
        refused |= {"errors": sentences, **_metadata(sentences)}
    return refused


def view_refusal(problems: Sequence[Problem]) -> Body:
    """The answer of a views method: `invalid_arguments`, or the word of a problem that has its own."""
    refused: Body = {"ok": False, "error": _own_word(problems) or "invalid_arguments"}
    return refused | _metadata(sentences) if (sentences := _sentences(problems)) else refused


def bare_word(problems: Sequence[Problem]) -> str:
    """The one word that a response_url answers with HTTP 400."""
    if word := _own_word(problems):
        return word
    in_attachments = all(problem.pointer.startswith("/attachments") for problem in problems)
    return "invalid_attachments" if in_attachments else "invalid_blocks"


def answer_blocks_validate(arguments: Mapping[str, object]) -> Body:
    """What `blocks.validate` answers to one of `blocks`, `view` or `message`, given as JSON text or decoded.

    The pointers of `blocks` start at the list (`/0/text/type`), those of a view or a message at the object itself.
    """
    given = [name for name in ("blocks", "view", "message") if arguments.get(name) is not None]
    if len(given) != 1:
        return _invalid_arguments("must provide exactly one of `blocks`, `view`, or `message`")
    name = given[0]
    try:
        payload = _decoded(arguments[name])
    except ValueError:
        return _invalid_arguments(f"`{name}` must be valid JSON of at most {limits.VALIDATE_BYTES_MAX} bytes")
    problems = _problems_of(name, payload)
    if not problems:
        return {"ok": True}
    return {"ok": False, "error": f"invalid_{name}", "errors": [_detail(problem) for problem in problems]}


def _decoded(value: object) -> object:
    """The payload, from JSON text where it is text. Raises ValueError for bad JSON and for more than 100 kB."""
    text = value if isinstance(value, str) else json.dumps(value)
    if len(text.encode()) > limits.VALIDATE_BYTES_MAX:
        raise ValueError(f"more than {limits.VALIDATE_BYTES_MAX} bytes")
    decoded: object = json.loads(text)
    return decoded


def _problems_of(name: str, payload: object) -> list[Problem]:
    if name == "blocks":
        return validate_blocks(Surface.MESSAGE, payload)
    if name == "view":
        return [
            Problem(fault.code, fault.message, fault.pointer.removeprefix("/view"), fault.constraint)
            for fault in validate_view(payload)
        ]
    if not isinstance(payload, dict):
        return [Problem(FAILED_CONSTRAINT, "must provide an object")]
    return validate_message(payload)


def _detail(problem: Problem) -> Body:
    constraint = problem.constraint
    detail: Body = {"code": problem.code, "message": problem.message, "pointer": problem.pointer}
    if constraint is not None:
        detail["constraint"] = {"type": constraint.type, "expected": constraint.expected, "got": constraint.got}
    return detail


def _invalid_arguments(message: str) -> Body:
    return {"ok": False, "error": "invalid_arguments", "response_metadata": {"messages": [message]}}


def _own_word(problems: Sequence[Problem]) -> str | None:
    return next((problem.code for problem in problems if problem.code != FAILED_CONSTRAINT), None)


def _sentences(problems: Sequence[Problem]) -> list[str]:
    """What is left to say beside the error itself."""
    return [str(problem) for problem in problems if problem.message != problem.code]


def _metadata(sentences: Sequence[str]) -> Body:
    return {"response_metadata": {"messages": [f"[ERROR] {sentence}" for sentence in sentences]}}
