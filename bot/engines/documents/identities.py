"""Nodes made anew from Markdown, with the identities their predecessors had."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from typing import Any

from bot.engines.documents.adf_inline import Node, children
from bot.engines.documents.document import Adf
from bot.engines.documents.equality import normal


def with_identities(new: Mapping[str, Any], old: Mapping[str, Any]) -> Adf:
    """The new document, each node with the `localId` of the old one that says the same; of what says something else
    now, with that of the next old node of its type that is gone, in their order: a task that was reworded stays itself.
    """
    said: dict[str, deque[str]] = defaultdict(deque)
    for node, _path in _walk(old):
        if identity := _identity(node):
            said[repr(normal(node))].append(identity)
    found = {path: said[key].popleft() for node, path in _walk(new) if said.get(key := repr(normal(node)))}
    left: dict[str, deque[str]] = defaultdict(deque)
    unclaimed = {identity for waiting in said.values() for identity in waiting}
    for node, _path in _walk(old):
        if (identity := _identity(node)) in unclaimed:
            left[node["type"]].append(identity)
    for node, path in _walk(new):
        if path not in found and _identity(node) and left.get(node["type"]):
            found[path] = left[node["type"]].popleft()
    return _identified(new, (), found)


def _walk(node: Mapping[str, Any], path: tuple[int, ...] = ()) -> Iterator[tuple[Mapping[str, Any], tuple[int, ...]]]:
    yield node, path
    for index, child in enumerate(children(node)):
        yield from _walk(child, (*path, index))


def _identity(node: Mapping[str, Any]) -> str:
    attrs = node.get("attrs")
    identity = attrs.get("localId") if isinstance(attrs, dict) else None
    return identity if isinstance(identity, str) else ""


def _identified(node: Mapping[str, Any], path: tuple[int, ...], found: Mapping[tuple[int, ...], str]) -> Node:
    made = dict(node)
    if path in found:
        made["attrs"] = {**made.get("attrs", {}), "localId": found[path]}
    if children(node):
        made["content"] = [_identified(child, (*path, index), found) for index, child in enumerate(children(node))]
    return made
