"""ADF's blocks, to Markdown: what CommonMark and GitHub's tables can say as they say it, all else in envelopes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.engines.documents import envelopes
from bot.engines.documents.adf_inline import attribute, children
from bot.engines.documents.checking import NODES
from bot.engines.documents.document import document, summary
from bot.engines.documents.links import is_linked
from bot.engines.documents.markdown_inline import address, edges_kept, escaped, inline_markdown
from bot.engines.documents.markdown_reading import EMPTY_PARAGRAPH

_INLINE = NODES["paragraph"].content
_LISTS = frozenset({"bulletList", "orderedList", "taskList"})
_LINE_START = re.compile(
    r"(?m)^(?:(?P<sign>[#]{1,6}(?=\s|$)|>|[-+](?=\s|$)|(?:-{2,}|=+)[ \t]*$|~~~|[|:][\s|:-]*$|-+[ \t]*\|)"
    r"|(?P<number>\d{1,9})(?=[.)](?:\s|$)))"
)
_CLOSING_SIGNS = re.compile(r"(?<!\\)(#+)$")
_LABEL = 60


@dataclass(frozen=True, slots=True)
class Manner:
    """How a block is written: `careful` as in `inline_markdown`; `second` with the other list marker, which parts a
    list from one that stands right before it.
    """

    careful: bool = False
    second: bool = False


def block_markdown(node: Mapping[str, Any], manner: Manner) -> str:
    """One block in Markdown. What its own Markdown cannot say of it stands in an envelope around it."""
    writer = _WRITERS.get(node["type"])
    written = writer(node, manner) if writer else None
    if written is None:
        return _enclosed(node, manner)
    said = _SAID.get(node["type"], frozenset())
    attrs = {key: value for key, value in _attributes(node).items() if key not in said}
    others = {key: value for key, value in node.items() if key not in {"type", "attrs", "content", "text"} and value}
    if not others and attrs.keys() <= {"localId"}:
        return written
    return envelopes.block({"type": node["type"]} | ({"attrs": attrs} if attrs else {}) | others, written)


def blocks_markdown(nodes: Sequence[Mapping[str, Any]], manner: Manner) -> str:
    """Blocks that follow one another."""
    return "\n\n".join(_each(nodes, manner))


def whole_markdown(node: Mapping[str, Any]) -> str:
    """The block carried along unread: nobody can edit it in Markdown, and nothing of it is lost."""
    return envelopes.whole_block(node, _label(node))


def seconds(nodes: Sequence[Mapping[str, Any]]) -> list[bool]:
    """Which of these blocks are lists that need the other marker, since they follow a list."""
    found: list[bool] = []
    for index, node in enumerate(nodes):
        follows = index > 0 and nodes[index - 1]["type"] in _LISTS and node["type"] in _LISTS
        found.append(follows and not found[-1])
    return found


def _each(nodes: Sequence[Mapping[str, Any]], manner: Manner) -> list[str]:
    return [
        block_markdown(node, Manner(manner.careful, second)) for node, second in zip(nodes, seconds(nodes), strict=True)
    ]


def _enclosed(node: Mapping[str, Any], manner: Manner) -> str:
    shell = {key: value for key, value in node.items() if key != "content"}
    inside = children(node)
    if not inside:
        return whole_markdown(node)
    is_text = any(child["type"] in _INLINE for child in inside)
    return envelopes.block(shell, _lines(inside, manner) if is_text else blocks_markdown(inside, manner))


def _paragraph(node: Mapping[str, Any], manner: Manner) -> str:
    return _lines(children(node), manner) if children(node) else EMPTY_PARAGRAPH


def _lines(inline: Sequence[Mapping[str, Any]], manner: Manner) -> str:
    written = inline_markdown(inline, careful=manner.careful)
    if written == EMPTY_PARAGRAPH:
        return "&#160;"
    first, *others = written.split("\n")
    return _LINE_START.sub(_shielded, "\n".join([edges_kept(first), *map(edges_kept, others)]))


def _shielded(found: re.Match[str]) -> str:
    return f"{found['number']}\\" if found["number"] else f"\\{found['sign']}"


def _heading(node: Mapping[str, Any], manner: Manner) -> str:
    words = edges_kept(inline_markdown(children(node), careful=manner.careful, one_line=True))
    # Signs at the end of a heading would be taken for its closing ones.
    shielded = _CLOSING_SIGNS.sub(r"\\\1", words)
    return f"{'#' * node['attrs']['level']} {shielded}".rstrip()


def _code(node: Mapping[str, Any], _manner: Manner) -> str | None:
    language, code = attribute(node, "language"), "".join(each["text"] for each in children(node))
    if language != " ".join(language.split()) or "`" in language or "\\" in language or "&" in language:
        return None
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", code)), 3)
    return f"{fence}{language}\n{code}\n{fence}" if code else f"{fence}{language}\n{fence}"


def _quote(node: Mapping[str, Any], manner: Manner) -> str:
    return "\n".join(f"> {line}".rstrip() for line in blocks_markdown(children(node), manner).split("\n"))


def _bullets(node: Mapping[str, Any], manner: Manner) -> str:
    return _items(node, manner, lambda _index: "* " if manner.second else "- ")


def _numbered(node: Mapping[str, Any], manner: Manner) -> str:
    first = _attributes(node).get("order", 1)
    sign = ")" if manner.second else "."
    return _items(node, manner, lambda index: f"{first + index}{sign} ")


def _items(node: Mapping[str, Any], manner: Manner, marker_of: Callable[[int], str]) -> str:
    is_tight = all(_is_tight(item) for item in children(node))
    items = [
        _indented(marker_of(index), _item(item, manner, is_tight=is_tight)) for index, item in enumerate(children(node))
    ]
    return ("\n" if is_tight else "\n\n").join(items)


def _is_tight(item: Mapping[str, Any]) -> bool:
    first, *others = children(item)
    follows = all(other["type"] in _LISTS and _attributes(other).get("order", 1) == 1 for other in others)
    return first["type"] == "paragraph" and follows


def _item(item: Mapping[str, Any], manner: Manner, *, is_tight: bool) -> str:
    written = _each(children(item), Manner(manner.careful))
    return ("\n" if is_tight else "\n\n").join(written)


def _indented(marker: str, text: str) -> str:
    first, *others = text.split("\n")
    return "\n".join([marker + first, *(" " * len(marker) + line if line else "" for line in others)]).rstrip()


def _tasks(node: Mapping[str, Any], manner: Manner) -> str | None:
    """None where an item is more than a box and words."""
    lines: list[str] = []
    for item in children(node):
        if item["type"] == "taskList":
            nested = _tasks(item, Manner(manner.careful))
            if nested is None or not lines:
                return None
            lines.append("\n".join(f"  {line}" for line in nested.split("\n")))
            continue
        attrs = _attributes(item)
        if attrs.keys() - {"localId", "state"} or attrs["state"] not in {"TODO", "DONE"} or item.get("marks"):
            return None
        words = inline_markdown(children(item), careful=manner.careful, one_line=True)
        box = "[x]" if attrs["state"] == "DONE" else "[ ]"
        lines.append(f"{'*' if manner.second else '-'} {box} {edges_kept(words)}")
    return "\n".join(lines)


def _table(node: Mapping[str, Any], manner: Manner) -> str | None:
    """None where it is no table that GitHub's Markdown knows: rows of equal length, one line in each cell."""
    rows = [children(row) for row in children(node)]
    width = len(rows[0])
    if (
        not width
        or any(len(row) != width for row in rows)
        or not all(_is_one_line(cell) for row in rows for cell in row)
    ):
        return None
    written = [
        "| " + " | ".join(_cell(cell, manner, is_first=not index) for cell in row) + " |"
        for index, row in enumerate(rows)
    ]
    return "\n".join([written[0], "|" + " --- |" * width, *written[1:]])


def _is_one_line(cell: Mapping[str, Any]) -> bool:
    inside = children(cell)
    is_plain = len(inside) == 1 and inside[0]["type"] == "paragraph" and not inside[0].get("marks")
    return is_plain and _attributes(inside[0]).keys() <= {"localId"}


def _cell(cell: Mapping[str, Any], manner: Manner, *, is_first: bool) -> str:
    words = inline_markdown(children(children(cell)[0]), careful=manner.careful, one_line=True)
    shell = {key: value for key, value in cell.items() if key != "content" and value}
    is_usual = shell == {"type": "tableHeader" if is_first else "tableCell"}
    said = edges_kept(words) if is_usual else envelopes.span(shell, "") + edges_kept(words)
    return said.replace("|", "\\|")


def _picture(node: Mapping[str, Any], manner: Manner) -> str | None:
    """None where it is more than a picture somewhere else, with a line below it."""
    media, *caption = children(node)
    attrs = _attributes(media)
    url, alt = attrs.get("url"), attrs.get("alt", "")
    if attrs.get("type") != "external" or attrs.keys() - {"type", "alt", "url", "localId"} or media.get("marks"):
        return None
    title = _title(caption)
    if title is None or not isinstance(url, str) or not isinstance(alt, str) or not is_linked(url):
        return None
    return f"![{escaped(alt, careful=manner.careful)}]{address(url, title)}"


def _title(caption: Sequence[Mapping[str, Any]]) -> str | None:
    if not caption:
        return ""
    words = children(caption[0])
    is_plain = len(caption) == len(words) == 1 and words[0].keys() == {"type", "text"} and "\n" not in words[0]["text"]
    return words[0]["text"] if is_plain and caption[0].keys() == {"type", "content"} else None


def _label(node: Mapping[str, Any]) -> str:
    return re.sub(r"[^\w .,:()\[\]-]", "", summary(document([node]), _LABEL))


def _attributes(node: Mapping[str, Any]) -> dict[str, Any]:
    attrs = node.get("attrs")
    return attrs if isinstance(attrs, dict) else {}


_SAID: Mapping[str, frozenset[str]] = {
    "heading": frozenset({"level"}),
    "codeBlock": frozenset({"language"}),
    "orderedList": frozenset({"order"}),
}
"""The attributes that a node's Markdown says."""

_WRITERS: Mapping[str, Callable[[Mapping[str, Any], Manner], str | None]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "codeBlock": _code,
    "rule": lambda _node, _manner: "---",
    "blockquote": _quote,
    "bulletList": _bullets,
    "orderedList": _numbered,
    "taskList": _tasks,
    "table": _table,
    "mediaSingle": _picture,
}
