"""Form fields in small functions. A field is named by its block_id; only a menu that is looked up has an action."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.slack.cards.blocks import Block, plain

VALUE = "value"
TITLE_LIMIT = 24
PLACEHOLDER_LIMIT = 150


def field(
    block_id: str, label: str, element: Block, *, hint: str = "", optional: bool = False, tells: bool = False
) -> Block:
    """One field: its label, its element, a hint under it. With `tells` the bot hears of each change at once."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": VALUE, **element},
        "optional": optional,
    }
    if hint:
        block["hint"] = plain(hint)
    if tells:
        block["dispatch_action"] = True
    return block


def text_input(
    *, initial: str = "", multiline: bool = False, max_length: int | None = None, placeholder: str = ""
) -> Block:
    """A box for plain text. Without `max_length` Slack takes 3000 characters."""
    element: Block = {"type": "plain_text_input", "multiline": multiline}
    if max_length:
        element["max_length"] = max_length
    if initial:
        element["initial_value"] = initial
    return _with_placeholder(element, placeholder)


def rich_text_input(*, initial: Block | None = None, placeholder: str = "") -> Block:
    """A box for formatted text; `initial` is a rich_text block."""
    element: Block = {"type": "rich_text_input"}
    if initial and initial["elements"]:
        element["initial_value"] = initial
    return _with_placeholder(element, placeholder)


def select(options: Sequence[Block], *, initial: Block | None = None) -> Block:
    """One of a few fixed choices."""
    return _with_initial({"type": "static_select", "options": list(options)}, "initial_option", initial)


def menu(options: Sequence[Block], action_id: str, label: str) -> Block:
    """A menu among the buttons of a message, called as its label says; choosing acts at once."""
    return _with_placeholder({**select(options), "action_id": action_id}, label)


def radio_buttons(options: Sequence[Block], *, initial: Block | None = None) -> Block:
    """One of a few fixed choices, ten at most, all of them in sight."""
    return _with_initial({"type": "radio_buttons", "options": list(options)}, "initial_option", initial)


def checkboxes(options: Sequence[Block], *, initial: Sequence[Block] = ()) -> Block:
    """Several of a few fixed choices, ten at most."""
    return _with_initial({"type": "checkboxes", "options": list(options)}, "initial_options", list(initial))


def external_select(action_id: str, *, initial: Block | None = None, placeholder: str = "", least: int = 0) -> Block:
    """One of many, looked up while typing; `least` characters are typed before it asks."""
    element = {"type": "external_select", "action_id": action_id, "min_query_length": least}
    return _with_placeholder(_with_initial(element, "initial_option", initial), placeholder)


def multi_external_select(
    action_id: str, *, initial: Sequence[Block] = (), placeholder: str = "", least: int = 0
) -> Block:
    """Several of many, looked up while typing."""
    element = {"type": "multi_external_select", "action_id": action_id, "min_query_length": least}
    return _with_placeholder(_with_initial(element, "initial_options", list(initial)), placeholder)


def user_select(*, initial: str | None = None) -> Block:
    """A person."""
    return _with_initial({"type": "users_select"}, "initial_user", initial)


def multi_user_select(*, initial: Sequence[str] = (), placeholder: str = "") -> Block:
    """Several people, in the order in which they were chosen."""
    element = _with_initial({"type": "multi_users_select"}, "initial_users", list(initial))
    return _with_placeholder(element, placeholder)


def channel_select(*, initial: str | None = None) -> Block:
    """A channel that the person can see, private ones too."""
    element: Block = {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return _with_initial(element, "initial_conversation", initial)


def moment_input(*, initial: datetime | None = None) -> Block:
    """A day and time; each viewer sees their own zone."""
    return _with_initial({"type": "datetimepicker"}, "initial_date_time", int(initial.timestamp()) if initial else None)


def day_input(*, initial: str | None = None) -> Block:
    """A day, `YYYY-MM-DD`."""
    return _with_initial({"type": "datepicker"}, "initial_date", initial)


def modal(
    callback_id: str,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str | None = None,
    close: str = "Cancel",
    metadata: str = "",
) -> Block:
    """A modal. `metadata` carries ids only: what must not be lost is a row in the database."""
    view: Block = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, TITLE_LIMIT),
        "close": plain(close, TITLE_LIMIT),
        "blocks": list(blocks),
        "private_metadata": metadata,
    }
    if submit:
        view["submit"] = plain(submit, TITLE_LIMIT)
    return view


def metadata(**facts: str | int) -> str:
    """The private_metadata of a form: what it is about, by ids."""
    return json.dumps(facts, separators=(",", ":"))


def _with_initial(element: Block, name: str, initial: Any) -> Block:
    return {**element, name: initial} if initial else element


def _with_placeholder(element: Block, placeholder: str) -> Block:
    return {**element, "placeholder": plain(placeholder, PLACEHOLDER_LIMIT)} if placeholder else element
