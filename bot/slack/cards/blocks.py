"""Block Kit in small functions, and the Card they make up.

Text given to `section` and `context` is mrkdwn and must be escaped already (bot/escaping.py); `header`, labels and
options are plain text and must not be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.escaping import shortened

Block = dict[str, Any]

TEXT_LIMIT = 3000
HEADER_LIMIT = 150
BUTTON_LIMIT = 75
FIELD_LIMIT = 2000
OPTION_VALUE_LIMIT = 150
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100


@dataclass(frozen=True, slots=True)
class Card:
    """One message: its blocks, and the same in plain words for notifications and screen readers."""

    text: str
    blocks: tuple[Block, ...] = ()

    @property
    def payload(self) -> dict[str, Any]:
        """The part of a message's arguments that is its content."""
        return {"text": self.text, "blocks": list(self.blocks)} if self.blocks else {"text": self.text}


def plain(text: str, limit: int = TEXT_LIMIT, *, emoji: bool = False) -> Block:
    """A plain_text object; shown as typed."""
    return {"type": "plain_text", "text": shortened(text, limit) or "…", "emoji": emoji}


def mrkdwn(text: str) -> Block:
    """A mrkdwn object of escaped text; links are made only where we wrote them."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def section(text: str, *, accessory: Block | None = None, block_id: str | None = None) -> Block:
    """A paragraph, with one element at its side where given."""
    block: Block = {"type": "section", "text": mrkdwn(text)}
    if accessory:
        block["accessory"] = accessory
    if block_id:
        block["block_id"] = block_id
    return block


def fields(*texts: str) -> Block:
    """Up to ten short facts in two columns."""
    return {"type": "section", "fields": [mrkdwn(text) for text in texts]}


def context(*texts: str) -> Block:
    """Small grey text."""
    return {"type": "context", "elements": [mrkdwn(text) for text in texts]}


def header(text: str) -> Block:
    """A large line, shown as typed."""
    return {"type": "header", "text": plain(text, HEADER_LIMIT)}


def divider() -> Block:
    """A thin line."""
    return {"type": "divider"}


def actions(*elements: Block) -> Block:
    """A row of buttons and menus."""
    return {"type": "actions", "elements": list(elements)}


def button(
    label: str, action_id: str, value: str = "", *, style: str | None = None, confirm: Block | None = None
) -> Block:
    """A button that says what will have happened after it."""
    element: Block = {"type": "button", "text": plain(label, BUTTON_LIMIT), "action_id": action_id}
    if value:
        element["value"] = value
    if style:
        element["style"] = style
    if confirm:
        element["confirm"] = confirm
    return element


def confirm(title: str, text: str, *, yes: str, no: str = "Cancel", destroys: bool = False) -> Block:
    """The question before something that cannot be taken back easily; the button of what `destroys` is red."""
    asked: Block = {"title": plain(title, 100), "text": plain(text, 300)}
    asked |= {"confirm": plain(yes, 30), "deny": plain(no, 30)}
    return asked | {"style": "danger"} if destroys else asked


def option(text: str, value: str, description: str | None = None) -> Block:
    """One choice of a menu."""
    choice: Block = {"text": plain(text, 75), "value": value}
    if description:
        choice["description"] = plain(description, 75)
    return choice


def overflow(action_id: str, options: Sequence[Block]) -> Block:
    """The menu behind three dots."""
    return {"type": "overflow", "action_id": action_id, "options": list(options)}
