"""The Markdown that is understood: CommonMark with GitHub's tables and strikethrough, and our envelopes.

HTML is text, but for `<br>`, which everybody needs in tables. An address that could run a script is text too, together
with the brackets around it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from bot.engines.documents import envelopes
from bot.engines.documents.links import is_script
from bot.engines.documents.sizing import BLOCKS, CELLS, MOST_BLOCKS, MOST_CELLS, Oversize, too_many

MAX_NESTING = 30
"""With what stands in the deepest block it stays below the depth that `checking` lets pass."""
_BOUNDED = "is bounded"
_BREAK = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)
_SPANS = re.compile(f"{envelopes.SPAN.pattern}|{envelopes.SPAN_END}")


class _Markdown(MarkdownIt):
    """Addresses stay as they were written."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  the library's name
        return not is_script(url)

    def normalizeLink(self, url: str) -> str:  # noqa: N802  the library's name
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802  the library's name
        return link


@dataclass(frozen=True, slots=True)
class Parsed:
    """A Markdown text's tokens, and its definitions of addresses that no link in it uses, as they were written."""

    tokens: list[Token]
    unused: list[str]


def parsed(markdown: str, *, is_bounded: bool = False) -> Parsed | None:
    """What a Markdown text says; None where it is nested deeper than anybody writes.

    Raises:
        Oversize: `is_bounded`, and it has more blocks or cells than `sizing` lets into one document. Nothing in its
            lines was read then.
    """
    env: dict[str, Any] = {_BOUNDED: is_bounded}
    tokens = _markdown().parse(markdown, env)
    if any(token.level >= MAX_NESTING - 1 for token in tokens):
        return None
    return Parsed(tokens, list(_unused(tokens, env, markdown)))


def _unused(tokens: Sequence[Token], env: Mapping[str, Any], markdown: str) -> Iterator[str]:
    definitions = [*env.get("references", {}).values(), *env.get("duplicate_refs", ())]
    if not definitions:
        return
    said = {child.attrs.get("href") or child.attrs.get("src") for token in tokens for child in token.children or ()}
    lines = markdown.split("\n")
    for definition in definitions:
        if definition["href"] not in said:
            first, last = definition["map"]
            yield " ".join(line.strip() for line in lines[first:last])


@cache
def _markdown() -> MarkdownIt:
    made = _Markdown("commonmark", {"html": False, "maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    made.disable(["html_block", "html_inline"])
    made.block.ruler.before("code", "envelope", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    made.inline.ruler.before("autolink", "envelope", _span)
    made.inline.ruler.before("autolink", "line_break", _line_break)
    made.inline.ruler.before("link", "unclosed", _unclosed)
    made.core.ruler.before("inline", "size", _measure)
    made.parse("Its rules are put in order when they are first used, which two threads must not do at once.")
    return made


def _measure(state: StateCore) -> None:
    """Lines are what takes long, so blocks are counted before any is read."""
    if not state.env.get(_BOUNDED):
        return
    kinds = Counter(token.type for token in state.tokens)
    cells = kinds["th_open"] + kinds["td_open"]
    lines = kinds["inline"] - cells
    sentence = too_many(cells, MOST_CELLS, CELLS) or too_many(lines, MOST_BLOCKS, BLOCKS)
    if sentence:
        raise Oversize(sentence)


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    opening = _line(state, start)
    if not opening.startswith("<div adf=") or state.is_code_block(start):
        return False
    found = envelopes.BLOCK.fullmatch(opening)
    node = envelopes.node_in(found[1]) if found else None
    if found is None or node is None:
        return False
    last = start if found[2] is not None else _pairs(state, start, end).get(start)
    if last is None:
        return False
    if silent:
        return True
    source = state.getLines(start, last + 1, state.blkIndent, False)
    _push(state, "envelope_open", 1, meta={"node": node, "source": source, "is_whole": last == start})
    if last > start:
        before = state.lineMax, state.parentType
        state.lineMax, state.parentType = last, "envelope"
        state.md.block.tokenize(state, start + 1, last)
        state.lineMax, state.parentType = before
    _push(state, "envelope_close", -1)
    state.line = last + 1
    return True


def _pairs(state: StateBlock, start: int, end: int) -> dict[int, int]:
    """Which line closes the block opened at which, from `start` on; found once, however many lines open one."""
    key = f"envelopes {end} {state.blkIndent} {state.level}"
    made: tuple[int, dict[int, int]] = state.env.get(key, (end, {}))
    if start >= made[0]:
        return made[1]
    found, opened = dict[int, int](), list[int]()
    for number in range(start, end):
        line = _line(state, number)
        if line.rstrip() == envelopes.BLOCK_END and opened:
            found[opened.pop()] = number
        elif line.startswith("<div adf=") and (open_ := envelopes.BLOCK.fullmatch(line)) and open_[2] is None:
            opened.append(number)
    state.env[key] = start, found
    return found


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _span(state: StateInline, silent: bool) -> bool:
    found = envelopes.SPAN.match(state.src, state.pos)
    end = _span_ends(state.src).get(state.pos) if found else None
    if found is None or end is None or end > state.posMax:
        return False
    node, marks = envelopes.node_in(found[1]), envelopes.marks_in(found[1])
    if node is None and marks is None:
        return False
    last = state.posMax
    if not silent:
        _push(state, "envelope_open", 1, meta={"node": node, "marks": marks})
        state.pos, state.posMax = found.end(), end
        state.md.inline.tokenize(state)
        _push(state, "envelope_close", -1)
    state.pos, state.posMax = end + len(envelopes.SPAN_END), last
    return True


@lru_cache(maxsize=8)
def _span_ends(source: str) -> dict[int, int]:
    """Where the span that opens at a position ends."""
    ends, opened = {}, list[int]()
    for found in _SPANS.finditer(source):
        if found[0] != envelopes.SPAN_END:
            opened.append(found.start())
        elif opened:
            ends[opened.pop()] = found.start()
    return ends


def _unclosed(state: StateInline, silent: bool) -> bool:
    """A bracket behind the last closing one is text: nobody need look for its end to the end of the line each time."""
    if state.src[state.pos] not in "[!" or state.pos < _last_closing(state.src):
        return False
    if not silent:
        state.pending += state.src[state.pos]
    state.pos += 1
    return True


@lru_cache(maxsize=8)
def _last_closing(source: str) -> int:
    return source.rfind("]")


def _line_break(state: StateInline, silent: bool) -> bool:
    found = _BREAK.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos = found.end()
    return True


def _push(state: StateBlock | StateInline, kind: str, nesting: Any, meta: dict[str, Any] | None = None) -> None:
    state.push(kind, "", nesting).meta = meta or {}
