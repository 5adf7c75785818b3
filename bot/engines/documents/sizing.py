"""How large a document may be that a program sends: more than people write, and never so much that reading it, keeping
it or showing it holds anybody up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.engines.documents.adf_inline import children
from bot.engines.documents.checking import NODES
from bot.engines.documents.parts import split

MOST_SECTIONS = 200
MOST_BLOCKS = 5_000
MOST_CELLS = 5_000
MOST_PIECES = 20_000
"""Texts, mentions, dates and all else that stands in lines."""
MOST_CHARACTERS = 500_000
"""Of all texts together."""
BLOCKS, CELLS = "blocks such as paragraphs and items of lists", "cells of tables"
_INLINE = NODES["paragraph"].content
_OUTER = frozenset({"doc", "tableRow"})
_CELLS = frozenset({"tableCell", "tableHeader"})


class Oversize(ValueError):
    """A text says more than fits into one document; `str` of it is the sentence that says so."""


def oversize(adf: Mapping[str, Any]) -> str | None:
    """The sentence that says of what a sound document has too much, and how much may be; None where it is small enough.

    The first block of each cell counts with the cell.
    """
    blocks = cells = pieces = characters = 0
    waiting: list[Mapping[str, Any]] = [adf]
    while waiting:
        node = waiting.pop()
        waiting.extend(children(node))
        if node["type"] in _CELLS:
            cells += 1
        elif node["type"] in _INLINE:
            pieces += 1
            characters += len(node.get("text", ""))
        elif node["type"] not in _OUTER:
            blocks += 1
    return (
        too_many(blocks - cells, MOST_BLOCKS, BLOCKS)
        or too_many(cells, MOST_CELLS, CELLS)
        or too_many(pieces, MOST_PIECES, "pieces of text of different style")
        or too_many(characters, MOST_CHARACTERS, "characters")
        or too_many(sum(part.heading is not None for part in split(adf)), MOST_SECTIONS, "sections")
    )


def too_many(count: int, most: int, what: str) -> str | None:
    """The sentence that says so; None where it is not too many."""
    return f"This has {count:,} {what}; at most {most:,} fit into one document." if count > most else None
