"""Text that somebody typed, shown to them exactly as it was, and put back into the form it was typed into."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.escaping import mrkdwn_within
from bot.slack.cards.blocks import TEXT_LIMIT, VIEW_BLOCKS, Block, context, section
from bot.slack.cards.inputs import VALUE, modal
from bot.slack.ids import Form

BOX_CHARACTERS = 3000
"""What a box for plain text takes; rich text has no such limit."""
PIECE = 2900
NOTE_CHARACTERS = 2000
NOTE = "kept_note"
"""The block that says where the text in a form comes from; a form has one."""
VIEW_BYTES = 240_000
"""Slack takes a little more; a view that is refused would take everything typed in it with it."""
EMPTY = {"type": "rich_text", "elements": []}
INITIALS: Mapping[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "checkboxes": ("selected_options", "initial_options"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "datepicker": ("selected_date", "initial_date"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
"""Where an element's value stands in what Slack sends, and where it goes in what we send."""


def verbatim(text: str) -> list[Block]:
    """The text letter for letter, easy to copy: no mark in it formats, nobody is pinged."""
    pieces = (text[start : start + PIECE] for start in range(0, len(text), PIECE))
    return [_element("rich_text_preformatted", piece) for piece in pieces]


def quoted(text: str) -> list[Block]:
    """The whole text as a quotation, exactly as typed: no mark in it formats, nobody is pinged."""
    pieces = (text[start : start + PIECE] for start in range(0, len(text), PIECE))
    return [_element("rich_text_quote", piece) for piece in pieces]


def refilled(form: Block, content: Mapping[str, Any], *, note: str = "", draft: str = "") -> Block:
    """The form with what was typed into it earlier, as a kept text holds it (slack/keeping.py).

    A text too long for its box stands whole above the fields, and its beginning in the box. Choices that the form does
    not offer any more are left out. `draft` is the kept text that is let go of once the form is sent.
    """
    values = _values(form, content)
    blocks: list[Block] = []
    if note:
        blocks.append({**context(f":floppy_disk: {mrkdwn_within(note, NOTE_CHARACTERS)}"), "block_id": NOTE})
    long = [text for text in map(_text, values.values()) if len(text) > BOX_CHARACTERS]
    for text in long:
        blocks.append(section("This is too long for its box. All of it stands here, its beginning is in the box."))
        blocks.extend(verbatim(text))
    filled = [_filled(block, values) for block in form["blocks"] if block.get("block_id") != NOTE]
    about = json.loads(form["private_metadata"] or "{}")
    metadata = json.dumps({**about, "draft": draft} if draft else about, separators=(",", ":"))
    return {**form, "blocks": [*blocks, *filled], "private_metadata": metadata}


def kept_view(content: Mapping[str, Any], why: str) -> Block:
    """A kept text to read and to copy, where the form it was typed into cannot be sent now."""
    shown = [section(mrkdwn_within(why, TEXT_LIMIT)), context("This is what you typed. You can copy it from here.")]
    shown.extend(_texts(content))
    return modal(Form.SAID, "Your text", shown[:VIEW_BLOCKS], close="Close")


def beginning(content: Mapping[str, Any], limit: int) -> str:
    """How a kept text begins, in one escaped line, for its writer to recognise it."""
    texts = [*filter(None, map(_text, content.get("values", {}).values())), *_rich_words(content.get("rich_text", {}))]
    return mrkdwn_within(" ".join(" ".join(texts).split()), limit)


def fits(view: Block) -> bool:
    """Whether Slack takes a view of this size."""
    size = len(json.dumps(view, ensure_ascii=False).encode(errors="replace"))
    return size <= VIEW_BYTES and len(view["blocks"]) <= VIEW_BLOCKS


def has_text(values: Mapping[str, Any]) -> bool:
    """Whether anything was written in a form, besides what was chosen in it."""
    return any(_text(state).strip() for state in values.values())


def text_value(text: str) -> dict[str, Any]:
    """A text in the shape in which Slack says what stands in a box."""
    return {VALUE: {"type": "plain_text_input", "value": text}}


def _values(form: Block, content: Mapping[str, Any]) -> Mapping[str, Any]:
    """What stands in the form's fields; a section's text goes into the box for it, where there is one."""
    if "rich_text" not in content:
        values: Mapping[str, Any] = content["values"]
        return values
    boxes = (block for block in form["blocks"] if block["type"] == "input")
    box = next((each["block_id"] for each in boxes if each["element"]["type"] == "rich_text_input"), None)
    if box is None:
        return {}
    return {box: {VALUE: {"type": "rich_text_input", "rich_text_value": content["rich_text"]}}}


def _filled(block: Block, values: Mapping[str, Any]) -> Block:
    if block["type"] != "input" or block["block_id"] not in values:
        return block
    element = block["element"]
    held, initial = INITIALS[element["type"]]
    value = _state(values[block["block_id"]]).get(held)
    bare = {name: each for name, each in element.items() if name != initial}
    if isinstance(value, str) and element["type"] == "plain_text_input":
        value = value[: element.get("max_length", BOX_CHARACTERS)]
    if element["type"] == "static_select" and value not in element["options"]:
        value = element.get(initial)
    is_blank = not value or value == EMPTY
    return {**block, "element": bare if is_blank else {**bare, initial: value}}


def _state(block: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the one element of a block holds, whatever its action_id."""
    return next(iter(block.values()), {})


def _text(state: Mapping[str, Any]) -> str:
    """What was written into a block's box; empty for boxes in which one chooses."""
    element = _state(state)
    return str(element.get("value") or "") if element.get("type") == "plain_text_input" else ""


def _texts(content: Mapping[str, Any]) -> Iterator[Block]:
    for text in filter(None, map(_text, content.get("values", {}).values())):
        yield from verbatim(text)
    if rich := content.get("rich_text"):
        yield from _in_pieces(rich)


def _in_pieces(rich: Block) -> Iterator[Block]:
    """A rich text as it was typed, an element a block: each is a paragraph, a list, a quotation or code."""
    for element in rich["elements"]:
        yield {"type": "rich_text", "elements": [element]}


def _rich_words(node: Any) -> Iterator[str]:
    if isinstance(node, Sequence) and not isinstance(node, str):
        for child in node:
            yield from _rich_words(child)
    elif isinstance(node, Mapping):
        if isinstance(node.get("text"), str):
            yield node["text"]
        yield from _rich_words(node.get("elements", ()))


def _element(kind: str, text: str) -> Block:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": [{"type": "text", "text": text}]}]}
