"""ADF's inline nodes, to what stands in a line of Markdown."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from typing import Any

from bot.engines.documents import envelopes
from bot.engines.documents.adf_inline import Node, attribute, day_of
from bot.engines.documents.equality import trimmed
from bot.engines.documents.markdown_inline_reading import LABELLED

_SIGNS: Mapping[str, str] = {"strong": "**", "em": "*", "strike": "~~"}
_ENTITY = re.compile(r"&(?=#?\w+;)")
_SPECIAL = re.compile(
    r"[\\`*\[\]]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # inside a word it is nothing special
    r"|<(?=[A-Za-z/!?])"
    r"|~(?=~)|(?<=~)~"
)
_SPECIAL_UNCLOSED = re.compile(
    r"[\\`*]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # inside a word it is nothing special
    r"|<(?=[A-Za-z/!?])"
    r"|~(?=~)|(?<=~)~"
)
"""Where no bracket is closed, an opening one is nothing special."""
_TICKS = re.compile(r"`+")
_BREAKS = {10: "&#10;", 13: "&#13;"}
_PLAIN_ADDRESS = re.compile(r"[^\s<>()\\\x00-\x1f\x7f]+")
_AUTOLINK = re.compile(r"(?:https?|mailto):[^\s<>\x00-\x1f]+")


def inline_markdown(nodes: Sequence[Mapping[str, Any]], *, careful: bool, one_line: bool = False) -> str:
    """A line's nodes in Markdown; `one_line` for a heading or a cell, which cannot hold a line break.

    `careful` writes what Markdown's own signs could say wrongly: an escape before every sign, marks as envelopes.
    """
    writing = _Line(trimmed(nodes), careful)
    last = len(writing.nodes) - 1
    for index, node in enumerate(writing.nodes):
        if node["type"] == "text":
            writing.text(index, node)
        elif node["type"] == "hardBreak":
            writing.close()
            writing.out.append("<br>" if one_line or index in {0, last} else "\\\n")
        else:
            writing.close()
            writing.out.append(_envelope(node, careful))
    writing.close()
    return "".join(writing.out)


def escaped(text: str, *, careful: bool) -> str:
    """Text in which nothing is markup."""
    if careful:
        return "".join(_spelled(each) for each in text)
    special = _SPECIAL if "]" in text else _SPECIAL_UNCLOSED
    safe = special.sub(lambda found: f"\\{found[0]}", _ENTITY.sub("&amp;", text))
    return safe.translate(_BREAKS)


def edges_kept(line: str) -> str:
    """A line whose first and last blank Markdown would drop."""
    if line and line[0].isspace():
        line = f"&#{ord(line[0])};{line[1:]}"
    if line and line[-1].isspace():
        line = f"{line[:-1]}&#{ord(line[-1])};"
    return line


def address(url: str, title: str = "") -> str:
    """Where a link or picture leads, as it stands in its parentheses."""
    safe = _ENTITY.sub("&amp;", url)
    if not _PLAIN_ADDRESS.fullmatch(url):
        safe = "<" + re.sub(r"[\\<>]", lambda found: f"\\{found[0]}", safe) + ">"
    shown = _ENTITY.sub("&amp;", title).replace("\\", "\\\\").replace('"', '\\"')
    return f'({safe} "{shown}")' if title else f"({safe})"


class _Line:
    """A line being written: what was written, and the marks that are open."""

    def __init__(self, nodes: list[Node], careful: bool) -> None:
        self.nodes = nodes
        self.careful = careful
        self.out: list[str] = []
        self._open: list[Node] = []

    def text(self, index: int, node: Node) -> None:
        marks = node.get("marks", [])
        is_code = not self.careful and {"type": "code"} in marks
        wanted = [mark for mark in marks if not (is_code and mark["type"] == "code")]
        while any(mark not in wanted for mark in self._open):
            self._close_last()
        if not self.careful and not self._open and _is_autolink(node, wanted):
            self.out.append(f"<{node['text']}>")
            return
        for mark in sorted(
            (each for each in wanted if each not in self._open), key=lambda each: -self._run(index, each)
        ):
            self._open.append(mark)
            self._opening(mark)
        self.out.append(_code(node["text"]) if is_code else escaped(node["text"], careful=self.careful))

    def close(self) -> None:
        while self._open:
            self._close_last()

    def _run(self, index: int, mark: Node) -> int:
        """For how many texts from here on the mark goes on: what lasts longest is opened first."""
        length = 0
        for node in self.nodes[index:]:
            if mark not in node.get("marks", []):
                break
            length += 1
        return length

    def _opening(self, mark: Node) -> None:
        if _is_plain_link(mark):
            if self.out and self.out[-1].endswith("!") and not self.careful:
                self.out[-1] = self.out[-1][:-1] + "\\!"
            self.out.append("[")
        elif self._has_sign(mark):
            self.out.append(_SIGNS[mark["type"]])
        else:
            self.out.append(envelopes.span([mark], "").removesuffix(envelopes.SPAN_END))

    def _close_last(self) -> None:
        mark = self._open.pop()
        if _is_plain_link(mark):
            self.out.append("]" + address(mark["attrs"]["href"], mark["attrs"].get("title", "")))
        elif self._has_sign(mark):
            self.out.append(_SIGNS[mark["type"]])
        else:
            self.out.append(envelopes.SPAN_END)

    def _has_sign(self, mark: Node) -> bool:
        return not self.careful and mark["type"] in _SIGNS and mark.keys() == {"type"}


def _is_plain_link(mark: Node) -> bool:
    attrs = mark.get("attrs", {})
    return (
        mark["type"] == "link"
        and attrs.keys() <= {"href", "title"}
        and all(isinstance(each, str) for each in attrs.values())
    )


def _is_autolink(node: Node, wanted: Sequence[Node]) -> bool:
    return (
        len(wanted) == 1
        and wanted[0] == {"type": "link", "attrs": {"href": node["text"]}}
        and bool(_AUTOLINK.fullmatch(node["text"]))
    )


def _code(text: str) -> str:
    ticks = "`" * (max(map(len, _TICKS.findall(text)), default=0) + 1)
    is_padded = text.startswith("`") or text.endswith("`") or (text[0] == text[-1] == " " and bool(text.strip()))
    return f"{ticks} {text} {ticks}" if is_padded else f"{ticks}{text}{ticks}"


def _envelope(node: Node, careful: bool) -> str:
    words = attribute(node, "text")
    if node["type"] in LABELLED and words:
        node = {**node, "attrs": {key: value for key, value in node["attrs"].items() if key != "text"}}
        return envelopes.span(node, escaped(words, careful=careful))
    return envelopes.span(node, escaped(_label(node, words), careful=careful))


def _label(node: Node, words: str) -> str:
    match node["type"]:
        case "date":
            return day_of(attribute(node, "timestamp"))
        case "emoji":
            return words or attribute(node, "shortName")
        case "mention":
            return f"@{attribute(node, 'id')}" if "text" in node.get("attrs", {}) else ""
        case "inlineCard":
            return attribute(node, "url")
        case kind:
            return f"[{words or attribute(node, 'alt') or kind}]"


def _spelled(character: str) -> str:
    if character in string.punctuation:
        return f"\\{character}"
    return f"&#{ord(character)};" if character.isspace() and character != " " else character
