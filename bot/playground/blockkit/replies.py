"""The bodies that an app answers Slack's own requests with: a sent form, a question for options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.playground.blockkit import limits
from bot.playground.blockkit.across import nested_blocks
from bot.playground.blockkit.problems import (
    Problem,
    additional_property,
    broken,
    missing_field,
    must_provide,
    not_in_enum,
    under,
    unsupported_type,
)
from bot.playground.blockkit.schema import array, exactly_one, record, string
from bot.playground.blockkit.texts import OPTION_GROUP, PLAIN_OPTION
from bot.playground.blockkit.views import validate_view


def check_errors_reply(view: dict[str, Any], errors: object) -> list[Problem]:
    """What is wrong with the `errors` of a submission's reply: sentences by `block_id` of this view's input blocks.

    `view` is the submitted one, with the ids that Slack gave to blocks without one. The real Slack shows the person a
    connection error and tells the app nothing.
    """
    if not isinstance(errors, dict):
        return [must_provide("an object", errors).under("errors")]
    if not errors:
        return [broken("must provide at least one error", rule="min_items", expected=1, got=0, pointer="/errors")]
    inputs = [block.get("block_id") for _, block in nested_blocks(view["blocks"]) if block["type"] == "input"]
    return list(_misplaced(errors, inputs))


_SENTENCE = string()


def _misplaced(errors: dict[str, object], inputs: Sequence[object]) -> Iterator[Problem]:
    for block_id, sentence in errors.items():
        if block_id not in inputs:
            message = f"no input block has the block_id: {block_id}"
            problem = broken(message, rule="enum", expected=[name for name in inputs if name], got=block_id)
            yield problem.under(block_id).under("errors")
        yield from under("errors", under(block_id, _SENTENCE(sentence)))


_REPLY_NEEDS: dict[str, str | None] = {"update": "view", "push": "view", "errors": "errors", "clear": None}


def check_submission_reply(view: dict[str, Any], reply: object) -> list[Problem]:
    """What is wrong with the body that answers a view_submission; nothing is wrong with an empty one.

    `view` is the submitted view. Pointers start at the reply: `/response_action`, `/view/blocks/0`, `/errors/when`.
    """
    if reply is None or reply in ("", {}):
        return []
    if not isinstance(reply, dict):
        return [must_provide("an object", reply)]
    action = reply.get("response_action")
    if not isinstance(action, str) or action not in _REPLY_NEEDS:
        return [not_in_enum(_REPLY_NEEDS, action).under("response_action")]
    needed = _REPLY_NEEDS[action]
    found = list(_stray(reply, {"response_action", needed}))
    if needed is not None and needed not in reply:
        return [*found, missing_field(needed)]
    if needed == "view":
        found += _modal_only(reply["view"])
    if needed == "errors":
        found += check_errors_reply(view, reply["errors"])
    return found


def _stray(reply: dict[str, object], known: Iterable[str | None]) -> Iterator[Problem]:
    for name in sorted(reply.keys() - set(known)):
        yield additional_property(name)


def _modal_only(view: object) -> list[Problem]:
    """A submission can only be answered by another modal."""
    if isinstance(view, dict) and view.get("type") == "home":
        return [unsupported_type("home", ["modal"]).under("view")]
    return validate_view(view)


_OPTIONS_REPLY = record(
    {},
    {
        "options": array(PLAIN_OPTION, most=limits.SELECT_OPTIONS_MAX),
        "option_groups": array(OPTION_GROUP, most=limits.SELECT_OPTION_GROUPS_MAX),
    },
    [exactly_one("options", "option_groups")],
)


def check_options_reply(reply: object) -> list[Problem]:
    """What is wrong with the body that answers a block_suggestion: at most 100 `options` or `option_groups`.

    An empty list is sound and shows "No results". Pointers start at the reply: `/options/0/text/text`.
    """
    return list(_OPTIONS_REPLY(reply))
