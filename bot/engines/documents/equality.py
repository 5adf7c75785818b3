"""When two documents say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.engines.documents.adf_inline import Node, children

_INVISIBLE_ON_BLANKS = frozenset({"strong", "em"})


def normal(node: Mapping[str, Any]) -> Node:
    """The node in the form in which what says the same is equal.

    Left out: `localId`, the order of marks, where one text ends and the next of equal marks begins, bold and italics of
    blanks at the edge of a text, the order 1 of a list, and `attrs`, `marks` and `content` with nothing in them.
    """
    made = {key: value for key, value in node.items() if key not in {"attrs", "content", "marks"}}
    if attrs := _normal_attributes(node):
        made["attrs"] = attrs
    if marks := _normal_marks(node):
        made["marks"] = marks
    if content := list(_joined(children(node))):
        made["content"] = content
    return made


def say_the_same(some: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]]) -> bool:
    """Whether two rows of nodes are equal in their normal form."""
    return list(some) == list(others) or list(map(normal, some)) == list(map(normal, others))


def trimmed(inline: Sequence[Mapping[str, Any]]) -> list[Node]:
    """Inline nodes whose bold and italics begin and end at a word; neighbouring texts of equal marks are one."""
    return list(_joined(inline))


def _normal_attributes(node: Mapping[str, Any]) -> Node:
    attrs = node.get("attrs")
    if not isinstance(attrs, dict):
        return {}
    left_out = {"localId", "order"} if node.get("type") == "orderedList" and attrs.get("order") == 1 else {"localId"}
    return {key: value for key, value in attrs.items() if key not in left_out}


def _normal_marks(node: Mapping[str, Any]) -> list[Node]:
    marks = node.get("marks")
    found = [normal(mark) for mark in marks if isinstance(mark, dict)] if isinstance(marks, list) else []
    return sorted(found, key=repr)


def _joined(nodes: Sequence[Mapping[str, Any]]) -> Iterator[Node]:
    held: Node | None = None
    for node in (part for each in nodes for part in _parted(normal(each))):
        if held and node["type"] == held["type"] == "text" and node.get("marks") == held.get("marks"):
            held = {**held, "text": held["text"] + node["text"]}
            continue
        if held:
            yield held
        held = node
    if held:
        yield held


def _parted(node: Node) -> Iterator[Node]:
    """A text without the marks that cannot be seen on the blanks at its edges."""
    marks = node.get("marks", [])
    if node.get("type") != "text" or not any(mark["type"] in _INVISIBLE_ON_BLANKS for mark in marks):
        yield node
        return
    text = node["text"]
    core = text.strip()
    start = text.index(core) if core else len(text)
    others = [mark for mark in marks if mark["type"] not in _INVISIBLE_ON_BLANKS]
    blank = {"type": "text"} | ({"marks": others} if others else {})
    yield from ({**blank, "text": text[:start]} for _ in range(start > 0))
    yield from ({**node, "text": core} for _ in range(bool(core)))
    yield from ({**blank, "text": text[start + len(core) :]} for _ in range(start + len(core) < len(text)))
