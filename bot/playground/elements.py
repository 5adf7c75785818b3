"""Interactive elements: where they sit in blocks, what they hold, and what Slack's client lets a person choose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Element = dict[str, Any]
Block = dict[str, Any]
State = dict[str, Any]
Slot = tuple[str, str]


class NotOnScreen(AssertionError):
    """A person tried what the screen does not offer: a button that is gone, an option not listed, a field not there."""


@dataclass(frozen=True, slots=True)
class Holding:
    """How an element keeps its value: the key in its state, the key of its initial value, and whether it is a list."""

    key: str
    initial: str
    many: bool = False


HOLDINGS: Mapping[str, Holding] = {
    "plain_text_input": Holding("value", "initial_value"),
    "email_text_input": Holding("value", "initial_value"),
    "url_text_input": Holding("value", "initial_value"),
    "number_input": Holding("value", "initial_value"),
    "rich_text_input": Holding("rich_text_value", "initial_value"),
    "static_select": Holding("selected_option", "initial_option"),
    "external_select": Holding("selected_option", "initial_option"),
    "radio_buttons": Holding("selected_option", "initial_option"),
    "multi_static_select": Holding("selected_options", "initial_options", many=True),
    "multi_external_select": Holding("selected_options", "initial_options", many=True),
    "checkboxes": Holding("selected_options", "initial_options", many=True),
    "users_select": Holding("selected_user", "initial_user"),
    "multi_users_select": Holding("selected_users", "initial_users", many=True),
    "conversations_select": Holding("selected_conversation", "initial_conversation"),
    "multi_conversations_select": Holding("selected_conversations", "initial_conversations", many=True),
    "channels_select": Holding("selected_channel", "initial_channel"),
    "multi_channels_select": Holding("selected_channels", "initial_channels", many=True),
    "datepicker": Holding("selected_date", "initial_date"),
    "timepicker": Holding("selected_time", "initial_time"),
    "datetimepicker": Holding("selected_date_time", "initial_date_time"),
}
TYPED = frozenset({"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input"})
PICKED_BY_ID: Mapping[str, str] = {
    "users_select": "users",
    "multi_users_select": "users",
    "conversations_select": "conversations",
    "multi_conversations_select": "conversations",
    "channels_select": "channels",
    "multi_channels_select": "channels",
}
_SHAPES: Mapping[str, re.Pattern[str]] = {
    "datepicker": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "timepicker": re.compile(r"\d{2}:\d{2}"),
}


def holders(block: Block) -> list[Element]:
    """The interactive elements a block holds itself, not those of blocks within it."""
    match block.get("type"):
        case "section":
            held = [block.get("accessory")]
        case "input":
            held = [block.get("element")]
        case "actions" | "context_actions":
            held = list(block.get("elements", []))
        case "card":
            held = list(block.get("actions", []))
        case _:
            held = []
    return [element for element in held if isinstance(element, dict) and element.get("type") != "image"]


def within(block: Block) -> list[Block]:
    """The blocks a block is made of: those of a container, the cards of a carousel."""
    name = {"container": "child_blocks", "carousel": "elements"}.get(block.get("type", ""))
    blocks: list[Block] = block.get(name, []) if name else []
    return blocks


def in_blocks(blocks: Iterable[Block]) -> Iterator[tuple[Block, Element]]:
    """Every interactive element with the block it answers for, in reading order."""
    for block in blocks:
        yield from ((block, element) for element in holders(block))
        yield from in_blocks(within(block))


def find(
    blocks: Iterable[Block], *, action_id: str | None = None, block_id: str | None = None
) -> tuple[Block, Element]:
    """The one element of that action and block id (either may be left out). NotOnScreen when none or several fit."""
    elements = list(in_blocks(blocks))
    fitting = [
        (block, element)
        for block, element in elements
        if action_id in {None, element["action_id"]} and block_id in {None, block["block_id"]}
    ]
    if len(fitting) == 1:
        return fitting[0]
    there = ", ".join(f"{block['block_id']}/{element['action_id']}" for block, element in elements) or "nothing"
    wanted = f"block {block_id!r}, action {action_id!r}"
    raise NotOnScreen(f"{'several fit' if fitting else 'there is no'} {wanted}; on screen: {there}")


def slot(block: Block, element: Element) -> Slot:
    """The key under which an element's value is kept."""
    return block["block_id"], element["action_id"]


def initial_state(element: Element) -> State:
    """What an element holds before anybody touched it, in Slack's form: null or an empty list without initial value."""
    holding = HOLDINGS[element["type"]]
    state: State = {"type": element["type"], holding.key: element.get(holding.initial, [] if holding.many else None)}
    if element["type"] == "timepicker" and element.get("timezone"):
        state["timezone"] = element["timezone"]
    return state


def values(blocks: Iterable[Block], typed: Mapping[Slot, State]) -> dict[str, dict[str, State]]:
    """`state.values`: every element that holds something, with what was typed or else its initial value."""
    collected: dict[str, dict[str, State]] = {}
    for block, element in in_blocks(blocks):
        if element["type"] in HOLDINGS:
            held = typed.get(slot(block, element)) or initial_state(element)
            collected.setdefault(block["block_id"], {})[element["action_id"]] = held
    return collected


def options_of(element: Element) -> list[dict[str, Any]]:
    """The options an element lists itself, out of their groups."""
    grouped = [option for group in element.get("option_groups", []) for option in group.get("options", [])]
    return [*element.get("options", []), *grouped]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be picked beyond an element's own options: what an external select has offered, and ids by kind."""

    offered: tuple[dict[str, Any], ...] = ()
    users: frozenset[str] = frozenset()
    conversations: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()


def chosen(element: Element, value: Any, choices: Choices) -> State:
    """The state of an element once a person typed or chose `value`; None empties it.

    Options are named by their `value`; a list for elements that hold many. NotOnScreen when it is not offered.
    """
    kind = element["type"]
    holding = HOLDINGS[kind]
    state = initial_state(element)
    if value is None:
        state[holding.key] = [] if holding.many else None
        return state
    if holding.many:
        if not isinstance(value, list | tuple):
            raise NotOnScreen(f"{kind} takes a list, not {value!r}")
        most = element.get("max_selected_items")
        if most is not None and len(value) > most:
            raise NotOnScreen(f"{kind} lets only {most} be chosen")
        state[holding.key] = [_one(element, each, choices) for each in value]
    else:
        state[holding.key] = _one(element, value, choices)
    return state


def _one(element: Element, value: Any, choices: Choices) -> Any:
    kind = element["type"]
    if kind in TYPED:
        return _typed(element, value)
    if kind in PICKED_BY_ID:
        if value not in getattr(choices, PICKED_BY_ID[kind]):
            raise NotOnScreen(f"{kind} does not offer {value!r}")
        return value
    if kind in _SHAPES and not (isinstance(value, str) and _SHAPES[kind].fullmatch(value)):
        raise NotOnScreen(f"{kind} cannot hold {value!r}")
    if kind == "datetimepicker" and not isinstance(value, int):
        raise NotOnScreen(f"{kind} holds whole unix seconds, not {value!r}")
    if kind in {"datepicker", "timepicker", "datetimepicker"}:
        return value
    return option(element, value, choices.offered)


def _typed(element: Element, value: Any) -> Any:
    wanted = dict if element["type"] == "rich_text_input" else str
    if not isinstance(value, wanted):
        raise NotOnScreen(f"{element['type']} cannot hold {value!r}")
    return value or None


def option(element: Element, value: Any, offered: Iterable[Element] = ()) -> Element:
    """The whole option whose `value` that is, as a payload carries it. NotOnScreen when it is not offered."""
    wanted = value.get("value") if isinstance(value, dict) else value
    initial: list[Element] = element.get("initial_options") or [element.get("initial_option") or {}]
    for each in [*options_of(element), *offered, *initial]:
        if each.get("value") == wanted and each:
            return each
    there = ", ".join(repr(each.get("value")) for each in [*options_of(element), *offered]) or "nothing"
    raise NotOnScreen(f"{element['type']} does not offer {wanted!r}; it offers {there}")


def client_problem(block: Block, element: Element, state: State) -> str | None:
    """What Slack's client says under an input before anything is sent, or None when it may be sent."""
    held = state[HOLDINGS[element["type"]].key]
    if held in (None, "", []):
        return None if block.get("optional") else "Please complete this required field."
    if element["type"] not in TYPED or not isinstance(held, str):
        return None
    shortest, longest = element.get("min_length", 0), element.get("max_length", 3000)
    if len(held) > longest:
        return f"Please enter no more than {longest} characters."
    if len(held) < shortest:
        return f"Please enter at least {shortest} characters."
    return _shape_problem(element, held)


def _shape_problem(element: Element, held: str) -> str | None:
    kind = element["type"]
    if kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", held):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not re.fullmatch(r"https?://\S+", held):
        return "Please enter a valid URL."
    return _number_problem(element, held) if kind == "number_input" else None


def _number_problem(element: Element, held: str) -> str | None:
    shape = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(shape, held):
        return "Please enter a valid number."
    low, high = element.get("min_value"), element.get("max_value")
    if low is not None and float(held) < float(low):
        return f"Please enter a number of at least {low}."
    if high is not None and float(held) > float(high):
        return f"Please enter a number of at most {high}."
    return None
