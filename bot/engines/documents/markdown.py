"""Documents as Markdown, and back.

CommonMark with GitHub's tables, strikethrough and boxes. What Markdown has no word for stands in envelopes
(`envelopes`), so that a text edited as Markdown loses nothing on its way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.engines.documents.adf_inline import Node, children
from bot.engines.documents.checking import is_sound
from bot.engines.documents.document import Adf, document, from_plain
from bot.engines.documents.equality import say_the_same
from bot.engines.documents.identities import with_identities
from bot.engines.documents.markdown_reading import BlockReader
from bot.engines.documents.markdown_syntax import parsed
from bot.engines.documents.markdown_writing import Manner, block_markdown, seconds, whole_markdown
from bot.engines.documents.readable import readable_form, without_marks
from bot.engines.documents.sizing import Oversize, oversize


def to_markdown(adf: Mapping[str, Any], *, readable: bool = False) -> str:
    """The document, sound ADF, as Markdown; empty for an empty one.

    `to_adf` makes the same document of it again, as `equality.say_the_same` has it. Each block is read back before it
    goes out: one that would come back otherwise is written with every sign escaped, and if that does not help, carried
    along whole. `readable` is for people alone: without envelopes and HTML, so that what Markdown cannot say is only
    words, as in Slack.

    100 kB of ADF take about 50 ms, and 30 ms the way back (tests/bench/bench_documents.py). From an event loop call
    both by `asyncio.to_thread`: they are pure, and the loop goes on every few milliseconds meanwhile.
    """
    blocks = readable_form(children(adf)) if readable else children(adf)
    write = _guarded_words if readable else _guarded
    written = [write(block, second=second) for block, second in zip(blocks, seconds(blocks), strict=True)]
    return "\n\n".join(written) + "\n" if written else ""


def to_adf(markdown: str, *, like: Mapping[str, Any] | None = None, is_bounded: bool = False) -> Adf:
    """The document that Markdown says; sound ADF (`checking.check`), whatever it is given.

    HTML in it is text (but for `<br>`), a link that could run a script too, a soft line break a space. Our own
    envelopes count where they hold sound ADF. A definition of an address that no link uses stays, as text. What is
    nested deeper than 30 levels is plain text altogether. `like` is the document as it was: what is found again there
    keeps its `localId`.

    Raises:
        Oversize: `is_bounded`, as for what programs send, and it is more than `sizing` lets into one document.
    """
    storable = _LINE_ENDS.sub("\n", markdown.translate(_UNSTORABLE))
    found = parsed(storable, is_bounded=is_bounded)
    adf = None if found is None else document([*BlockReader(found.tokens).blocks(), *map(_definition, found.unused)])
    if adf is None or not is_sound(adf):
        adf = from_plain(storable)
    if is_bounded and (sentence := oversize(adf)):
        raise Oversize(sentence)
    return adf if like is None else with_identities(adf, like)


def _guarded(block: Mapping[str, Any], *, second: bool) -> str:
    for careful in (False, True):
        written = block_markdown(block, Manner(careful, second))
        if _is_read_back(written, block):
            return written
    return whole_markdown(block)


def _guarded_words(block: Mapping[str, Any], *, second: bool) -> str:
    plain = without_marks(block)
    for node in (block, plain):
        written = block_markdown(node, Manner(second=second))
        if _is_read_back(written, node):
            return written
    return block_markdown(plain, Manner(careful=True, second=second))


def _is_read_back(markdown: str, block: Mapping[str, Any]) -> bool:
    found = parsed(markdown)
    return found is not None and say_the_same(BlockReader(found.tokens).blocks(), [block])


def _definition(line: str) -> Node:
    return {"type": "paragraph", "content": [{"type": "text", "text": line}]}


_LINE_ENDS = re.compile(r"\r\n?")
_UNSTORABLE = {0: "\ufffd"} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
