"""An edit in Slack of a document that holds more than Slack can say.

The person edited the document's text as Slack shows it. Where they left a block's text alone, the stored block stays as
it is: a panel stays a panel, a table a table. All other text becomes what `from_rich_text` makes of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise, takewhile
from typing import Any

from bot.engines.documents import rich_text
from bot.engines.documents.adf_blocks import blocks_of_lines, lines_of_block, lines_of_blocks, needs_blank_between
from bot.engines.documents.adf_inline import Node, children
from bot.engines.documents.document import Adf, are_blank, document, empty_document, lines_of_document
from bot.engines.documents.pieces import Line, LineKind

# Comparing costs the product of both sides; beyond this only what precedes and follows the edit is recognised.
_MOST_COMPARISONS = 1_000_000


@dataclass(frozen=True, slots=True)
class _Kept:
    """A stored block found again: its lines are `start` to `end` of the edited ones."""

    node: Node
    start: int
    end: int
    is_foreign: bool


def merged(old: Mapping[str, Any], edited: Mapping[str, Any], names: Mapping[str, str] | None = None) -> Adf:
    """The document after a person edited `old` as the rich_text block `edited`.

    Blocks whose text is unchanged keep their stored node. The result reads exactly as edited, with one exception:
    beside a block that Slack cannot say, a blank line more or less is not worth losing that block for. A stored block
    that shows nothing in Slack (an empty table) goes with the block before it, and stays when that stays.
    """
    new = rich_text.lines_of(edited, names or {})
    blocks = [dict(block) for block in children(old)]
    if _read_alike(lines_of_blocks(blocks), new):
        return document(blocks)
    if are_blank(new):
        return empty_document()
    kept = _consistent(list(_found(blocks, new)), new)
    return document(list(_assembled(kept, new)))


def together(first: Mapping[str, Any], second: Mapping[str, Any]) -> Adf:
    """Both documents as one, the first above the second, every block of each as it is; once where they read alike."""
    if _read_alike(lines_of_document(first), lines_of_document(second)):
        return document(list(children(first)))
    return document([*children(first), *children(second)])


def _found(blocks: Sequence[Node], new: Sequence[Line]) -> Iterator[_Kept]:
    old: list[Line] = []
    spans: list[tuple[Node, int, int]] = []
    for block in blocks:
        lines = lines_of_block(block)
        gap = int(needs_blank_between(old, lines))
        old += [Line(LineKind.TEXT)] * gap
        spans.append((block, len(old), len(old) + len(lines)))
        old += lines
    where = _matches(old, new)
    is_last_kept = True
    for block, start, end in spans:
        if start == end:
            if is_last_kept:
                at = where.get(start - 1, -1) + 1
                yield _Kept(block, at, at, is_foreign=True)
            continue
        first = where.get(start)
        is_last_kept = first is not None and all(where.get(start + i) == first + i for i in range(end - start))
        if first is not None and is_last_kept:
            span = old[start:end]
            yield _Kept(block, first, first + end - start, is_foreign=blocks_of_lines(span) != [block])


def _matches(old: Sequence[Line], new: Sequence[Line]) -> dict[int, int]:
    """Which old line is which new one. The text before and after a single edit is recognised for certain."""
    shorter = min(len(old), len(new))
    head = sum(1 for _ in takewhile(lambda i: old[i] == new[i], range(shorter)))
    tail = sum(1 for _ in takewhile(lambda i: old[-1 - i] == new[-1 - i], range(shorter - head)))
    where = {i: i for i in range(head)} | {len(old) - 1 - i: len(new) - 1 - i for i in range(tail)}
    old_middle, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(old_middle) * len(new_middle) <= _MOST_COMPARISONS:
        for match in SequenceMatcher(None, old_middle, new_middle, autojunk=False).get_matching_blocks():
            where |= {head + match.a + i: head + match.b + i for i in range(match.size)}
    return where


def _consistent(kept: list[_Kept], new: Sequence[Line]) -> list[_Kept]:
    """Without the blocks Slack can say as well and whose blank lines were edited: made anew, they read as edited."""
    while True:
        doubtful = {
            id(side)
            for before, after in _borders(kept)
            if not _reads_as_edited(before, after, new)
            for side in (before, after)
            if side is not None and not side.is_foreign
        }
        if not doubtful:
            return kept
        kept = [each for each in kept if id(each) not in doubtful]


def _borders(kept: Sequence[_Kept]) -> Iterator[tuple[_Kept | None, _Kept | None]]:
    yield from pairwise([None, *kept, None])


def _reads_as_edited(before: _Kept | None, after: _Kept | None, new: Sequence[Line]) -> bool:
    between = list(_made_between(before, after, new))
    start, end = before.start if before else 0, after.end if after else len(new)
    whole = [*([before.node] if before else []), *between, *([after.node] if after else [])]
    return _read_alike(lines_of_blocks(whole), new[start:end])


def _read_alike(some: Sequence[Line], others: Sequence[Line]) -> bool:
    """Whether Slack shows both alike: the same lines, in the same lists."""
    return rich_text.block_of(some) == rich_text.block_of(others)


def _made_between(before: _Kept | None, after: _Kept | None, new: Sequence[Line]) -> list[Node]:
    """Blocks for the lines between two kept blocks, without the blank lines that only part them from these."""
    start, end = before.end if before else 0, after.start if after else len(new)
    if before and start < end and needs_blank_between(new[start - 1 : start], new[start:end]) and new[start].is_blank:
        start += 1
    if after and start < end and needs_blank_between(new[start:end], new[end : end + 1]) and new[end - 1].is_blank:
        end -= 1
    return blocks_of_lines(new[start:end]) if start < end else []


def _assembled(kept: Sequence[_Kept], new: Sequence[Line]) -> Iterator[Node]:
    for before, after in _borders(kept):
        yield from _made_between(before, after, new)
        if after:
            yield after.node
