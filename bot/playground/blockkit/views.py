"""A whole view: a modal or a home tab."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bot.playground.blockkit import limits
from bot.playground.blockkit.across import elements_of, nested_blocks, validate_blocks
from bot.playground.blockkit.blocks import Surface
from bot.playground.blockkit.problems import Problem, broken, under
from bot.playground.blockkit.schema import Check, boolean, by_type, string, typed
from bot.playground.blockkit.texts import plain_text

_NAMED: dict[str, Check] = {
    "private_metadata": string(most=limits.VIEW_PRIVATE_METADATA_MAX, least=0),
    "callback_id": string(most=limits.VIEW_CALLBACK_ID_MAX, least=0),
    "external_id": string(most=limits.VIEW_EXTERNAL_ID_MAX, least=0),
}


def _blocks_of(surface: Surface) -> Check:
    def check(blocks: object) -> Sequence[Problem]:
        return validate_blocks(surface, blocks)

    return check


def _submit_where_input(modal: dict[str, Any]) -> list[Problem]:
    """A modal that asks for something has a button to send it with."""
    if "submit" in modal:
        return []
    return [
        broken(
            "must define `submit` to use an `input` block in modals",
            rule="required",
            expected="submit",
            pointer=f"/blocks/{at}/input",
        )
        for at, block in enumerate(modal["blocks"])
        if block["type"] == "input"
    ]


def _one_focus(view: dict[str, Any]) -> list[Problem]:
    """One element of a view may take the focus when it opens."""
    focused = [
        f"/blocks{pointer}{inside}/focus_on_load"
        for pointer, block in nested_blocks(view["blocks"])
        for inside, element in elements_of(block)
        if element.get("focus_on_load") is True
    ]
    message = "only one element may set `focus_on_load`"
    return [
        broken(message, rule="max_items", expected=limits.VIEW_FOCUS_ON_LOAD_MAX, pointer=pointer)
        for pointer in focused[limits.VIEW_FOCUS_ON_LOAD_MAX :]
    ]


_VIEW = by_type(
    {
        "modal": typed(
            {"title": plain_text(limits.VIEW_TITLE_MAX), "blocks": _blocks_of(Surface.MODAL)},
            {
                **_NAMED,
                "submit": plain_text(limits.VIEW_SUBMIT_MAX),
                "close": plain_text(limits.VIEW_CLOSE_MAX),
                "clear_on_close": boolean,
                "notify_on_close": boolean,
            },
            [_submit_where_input, _one_focus],
        ),
        "home": typed({"blocks": _blocks_of(Surface.HOME)}, _NAMED, [_one_focus]),
    }
)


def validate_view(view: object) -> list[Problem]:
    """Everything wrong with a modal or a home tab; pointers start at `/view`, as in the methods' answers.

    `view` is what the caller gave, decoded: what Slack adds to a view (id, hash, state, team_id) may not come back with
    it, and neither may null. More than 250 kB of JSON is `view_too_large`.
    """
    if isinstance(view, dict) and len(json.dumps(view, ensure_ascii=False).encode()) > limits.VIEW_BYTES_MAX:
        return [Problem("view_too_large", "view_too_large")]
    return under("view", _VIEW(view))
