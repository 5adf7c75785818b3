"""What holds across the blocks of one message or view: ids that must differ, and what they may hold together.

Everything here takes blocks whose schema was found sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.playground.blockkit import limits
from bot.playground.blockkit.blocks import BLOCK_LISTS, Surface
from bot.playground.blockkit.problems import Problem, already_exists, broken, too_long

Block = dict[str, Any]


def validate_blocks(surface: Surface | str, blocks: object) -> list[Problem]:
    """Everything wrong with a list of blocks on `surface`; pointers start at the list (`/0/text/text`).

    Raises ValueError for a surface that Slack does not have.
    """
    surface = Surface(surface)
    faults = BLOCK_LISTS[surface](blocks)
    if faults or not isinstance(blocks, list):
        return list(faults)
    found = list(_ids_used_twice(blocks))
    if surface is Surface.MESSAGE:
        found += _message_totals(blocks)
    return found


def nested_blocks(blocks: Sequence[Block]) -> Iterator[tuple[str, Block]]:
    """Each block with its pointer, the children of containers and the cards of carousels after their parent."""
    for at, block in enumerate(blocks):
        yield f"/{at}", block
        inside = _INSIDE.get(block["type"])
        if inside is not None:
            for pointer, child in nested_blocks(block[inside]):
                yield f"/{at}/{inside}{pointer}", child


_INSIDE = {"container": "child_blocks", "carousel": "elements"}


def elements_of(block: Block) -> list[tuple[str, dict[str, Any]]]:
    """The interactive elements that stand in a block itself, each with its pointer from the block."""
    if "accessory" in block:
        return [("/accessory", block["accessory"])]
    if block["type"] == "input":
        return [("/element", block["element"])]
    held = {"actions": "elements", "context_actions": "elements", "card": "actions"}.get(block["type"])
    if held is None:
        return []
    return [(f"/{held}/{at}", element) for at, element in enumerate(block.get(held, ()))]


def _ids_used_twice(blocks: Sequence[Block]) -> Iterator[Problem]:
    """A `block_id` is unique in the whole, an `action_id` inside its block."""
    seen: set[str] = set()
    for pointer, block in nested_blocks(blocks):
        block_id = block.get("block_id")
        if block_id is not None:
            if block_id in seen:
                yield already_exists("block_id", block_id, f"{pointer}/block_id")
            seen.add(block_id)
        yield from _action_ids_used_twice(pointer, block)


def _action_ids_used_twice(pointer: str, block: Block) -> Iterator[Problem]:
    elements = elements_of(block)
    if len(elements) < 2:
        return
    seen: set[str] = set()
    for inside, element in elements:
        action_id = element.get("action_id")
        if action_id is not None:
            if action_id in seen:
                yield already_exists("action_id", action_id, f"{pointer}{inside}/action_id")
            seen.add(action_id)


def _message_totals(blocks: Sequence[Block]) -> list[Problem]:
    """Limits that count over all the blocks of a message."""
    by_kind: dict[str, list[tuple[str, Block]]] = {}
    for pointer, block in nested_blocks(blocks):
        by_kind.setdefault(block["type"], []).append((pointer, block))
    found = [
        Problem("invalid_attachments", "only_one_table_allowed", pointer)
        for pointer, _ in by_kind.get("table", ())[limits.MESSAGE_TABLES_MAX :]
    ]
    found += [
        broken(
            f"no more than {limits.MESSAGE_DATA_VISUALIZATIONS_MAX} data_visualization blocks allowed",
            rule="max_items",
            expected=limits.MESSAGE_DATA_VISUALIZATIONS_MAX,
            pointer=pointer,
        )
        for pointer, _ in by_kind.get("data_visualization", ())[limits.MESSAGE_DATA_VISUALIZATIONS_MAX :]
    ]
    found += _text_beyond(limits.MESSAGE_MARKDOWN_MAX, by_kind.get("markdown", ()))
    found += _text_beyond(limits.MESSAGE_DATA_TABLES_TEXT_MAX, by_kind.get("data_table", ()))
    total = sum(text_length(block) for block in blocks if block["type"] not in _COUNTED_APART)
    if total > limits.MESSAGE_BLOCKS_TEXT_MAX:
        found.append(Problem("msg_blocks_too_long", "msg_blocks_too_long"))
    return found


_COUNTED_APART = frozenset({"markdown", "data_table"})


def _text_beyond(most: int, blocks: Sequence[tuple[str, Block]]) -> list[Problem]:
    """One fault, at the block whose text passes what all of a kind may hold together."""
    total = 0
    for pointer, block in blocks:
        total += text_length(block)
        if total > most:
            step = "text" if block["type"] == "markdown" else "rows"
            return [too_long(most, total).at(f"{pointer}/{step}")]
    return []


def text_length(value: object) -> int:
    """The code points of all texts in a block, however deep."""
    if isinstance(value, dict):
        return sum(
            len(inner) if name == "text" and isinstance(inner, str) else text_length(inner)
            for name, inner in value.items()
            if not isinstance(inner, str) or name == "text"
        )
    if isinstance(value, list):
        return sum(map(text_length, value))
    return 0
