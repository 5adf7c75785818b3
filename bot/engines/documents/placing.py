"""Blocks where ADF lets them stand: what Markdown nests freely and ADF does not, said in another way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.engines.documents.adf_inline import Node, children
from bot.engines.documents.checking import NODES

_INLINE = NODES["paragraph"].content


def placed(blocks: Sequence[Node], parent: str) -> list[Node]:
    """The blocks as they may stand in a parent of this type, no word lost.

    A heading becomes a bold paragraph, a table one paragraph a row, a rule a line of dashes, a list of tasks a list,
    and a quote or panel what is in it.
    """
    allowed = NODES[parent].content
    return [fitting for block in blocks for fitting in _fitted(block, allowed)]


def _fitted(block: Node, allowed: frozenset[str]) -> Iterator[Node]:
    kind = block["type"]
    if kind in allowed:
        yield block
    elif kind == "heading":
        yield _paragraph([_bold(each) for each in children(block)])
    elif kind == "table":
        yield from (_paragraph(_row(row)) for row in children(block))
    elif kind == "rule":
        yield _paragraph([_text("———")])
    elif kind in {"taskList", "decisionList"}:
        yield {"type": "bulletList", "content": list(_items(block))}
    elif kind == "media":
        yield _paragraph([_picture(block)])
    elif not (inside := children(block)):
        yield _paragraph([_text(f"[{kind}]")])
    elif any(child["type"] in _INLINE for child in inside):
        yield _paragraph(inside)
    else:
        yield from (fitting for child in inside for fitting in _fitted(dict(child), allowed))


def _items(block: Mapping[str, Any]) -> Iterator[Node]:
    for item in children(block):
        if item["type"] == block["type"]:
            yield {"type": "listItem", "content": [{"type": "bulletList", "content": list(_items(item))}]}
            continue
        sign = "[x] " if item["attrs"].get("state") == "DONE" else "[ ] "
        yield {"type": "listItem", "content": [_paragraph([_text(sign), *children(item)])]}


def _row(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    said: list[Mapping[str, Any]] = []
    for cell in children(row):
        if said:
            said.append(_text(" | "))
        said += [words for block in children(cell) for words in children(block)]
    return said


def _picture(media: Mapping[str, Any]) -> Node:
    attrs = media.get("attrs", {})
    address = attrs.get("url")
    words = _text(attrs.get("alt") or address or "[image]")
    return words | {"marks": [{"type": "link", "attrs": {"href": address}}]} if address else words


def _bold(inline: Mapping[str, Any]) -> Mapping[str, Any]:
    marks = inline.get("marks", [])
    if inline.get("type") != "text" or {"code", "strong"} & {mark["type"] for mark in marks}:
        return inline
    return {**inline, "marks": [*marks, {"type": "strong"}]}


def _text(words: str) -> Node:
    return {"type": "text", "text": words}


def _paragraph(content: Sequence[Mapping[str, Any]]) -> Node:
    return {"type": "paragraph", "content": list(content)} if content else {"type": "paragraph"}
