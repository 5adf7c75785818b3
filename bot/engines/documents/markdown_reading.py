"""Markdown's tokens, to ADF's blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from markdown_it.token import Token

from bot.engines.documents.adf_inline import Node, children
from bot.engines.documents.checking import NODES, is_sound
from bot.engines.documents.document import from_plain
from bot.engines.documents.links import is_linked
from bot.engines.documents.markdown_inline_reading import inline_nodes, picture_words
from bot.engines.documents.placing import placed

EMPTY_PARAGRAPH = "&nbsp;"
_TASK = re.compile(r"\[([ xX])\](?: |$)")
_INLINE_PARENTS = frozenset({"paragraph", "heading", "caption", "taskItem", "decisionItem"})
_ITEMS = {"taskItem": "taskList", "decisionItem": "decisionList"}


class BlockReader:
    """Reads a row of block tokens once, from the first to the last."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._tasks = 0

    def blocks(self) -> list[Node]:
        """All blocks, as they may stand at the top of a document."""
        return placed(list(self._until("")), "doc")

    def _until(self, closing: str) -> Iterator[Node]:
        while self._at < len(self._tokens):
            token = self._next()
            if token.type == closing:
                return
            yield from self._block(token)

    def _next(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _block(self, token: Token) -> Sequence[Node]:
        reader = self._READERS.get(token.type)
        return reader(self, token) if reader else ()

    def _paragraph(self, _opening: Token) -> Sequence[Node]:
        inline, _closing = self._next(), self._next()
        if inline.content == EMPTY_PARAGRAPH:
            return [{"type": "paragraph"}]
        if picture := _lone_picture(inline.children or []):
            return [picture]
        return [_filled("paragraph", inline_nodes(inline.children or []))]

    def _heading(self, opening: Token) -> Sequence[Node]:
        inline, _closing = self._next(), self._next()
        content = inline_nodes(inline.children or [])
        return [_filled("heading", content, {"level": int(opening.tag[1:])})]

    def _code(self, token: Token) -> Sequence[Node]:
        language, code = token.info.strip(), token.content.removesuffix("\n")
        content: list[Node] = [{"type": "text", "text": code}] if code else []
        return [_filled("codeBlock", content, {"language": language} if language else None)]

    def _rule(self, _token: Token) -> Sequence[Node]:
        return [{"type": "rule"}]

    def _quote(self, _opening: Token) -> Sequence[Node]:
        content = placed(list(self._until("blockquote_close")), "blockquote")
        return [{"type": "blockquote", "content": content or [{"type": "paragraph"}]}]

    def _list(self, opening: Token) -> Sequence[Node]:
        is_ordered = opening.type == "ordered_list_open"
        closing = opening.type.replace("open", "close")
        items: list[tuple[Node, str | None]] = []
        while (token := self._next()).type != closing:
            if token.type == "list_item_open":
                items.append(self._item())
        if all(state is not None and _is_task(item) for item, state in items):
            return [self._task_list(items)]
        content = [_with_box(item, state) for item, state in items]
        if not is_ordered:
            return [{"type": "bulletList", "content": content}]
        return [{"type": "orderedList", "attrs": {"order": int(opening.attrs.get("start", 1))}, "content": content}]

    def _item(self) -> tuple[Node, str | None]:
        """A list's item, and the letter in its box where it begins with one; the box is not in its text."""
        box = None
        if self._tokens[self._at].type == "paragraph_open":
            inline = self._tokens[self._at + 1]
            box = _TASK.match(inline.content)
        content = placed(list(self._until("list_item_close")), "listItem")
        if box:
            content[0] = _without_box(content[0], len(box[0]))
        return {"type": "listItem", "content": content or [{"type": "paragraph"}]}, box[1] if box else None

    def _task_list(self, items: Sequence[tuple[Node, str | None]]) -> Node:
        content: list[Mapping[str, Any]] = []
        for item, box in items:
            words, *nested = children(item)
            state = "DONE" if box in {"x", "X"} else "TODO"
            attrs = {"localId": self._task_id(words), "state": state}
            content += [_filled("taskItem", children(words), attrs), *nested]
        return {"type": "taskList", "attrs": {"localId": self._task_id({})}, "content": content}

    def _task_id(self, said: Mapping[str, Any]) -> str:
        """An identity that the same Markdown gives again."""
        self._tasks += 1
        return str(uuid5(NAMESPACE_OID, f"{self._tasks} {said}"))

    def _table(self, _opening: Token) -> Sequence[Node]:
        rows: list[Node] = []
        while (token := self._next()).type != "table_close":
            if token.type == "tr_open":
                rows.append({"type": "tableRow", "content": []})
            elif token.type in {"th_open", "td_open"}:
                rows[-1]["content"].append(self._cell(token))
        return [{"type": "table", "content": rows}]

    def _cell(self, opening: Token) -> Node:
        inline = list(self._next().children or [])
        kind = "tableHeader" if opening.type == "th_open" else "tableCell"
        shell: Node = {"type": kind}
        if len(inline) > 1 and inline[0].type == "envelope_open" and inline[1].type == "envelope_close":
            node = inline[0].meta["node"] or {}
            if node.get("type") in {"tableHeader", "tableCell"} and is_sound({**node, "content": [{"type": "rule"}]}):
                shell, inline = node, inline[2:]
        return {**shell, "content": [_filled("paragraph", inline_nodes(inline))]}

    def _envelope(self, opening: Token) -> Sequence[Node]:
        shell: Node = opening.meta["node"]
        inside = list(self._until("envelope_close"))
        node = shell if opening.meta["is_whole"] else _enclosed(shell, inside)
        if node is not None and is_sound(node):
            return [node]
        return [dict(block) for block in children(from_plain(opening.meta["source"]))]

    _READERS: Mapping[str, Callable[[BlockReader, Token], Sequence[Node]]] = {
        "paragraph_open": _paragraph,
        "heading_open": _heading,
        "fence": _code,
        "code_block": _code,
        "hr": _rule,
        "blockquote_open": _quote,
        "bullet_list_open": _list,
        "ordered_list_open": _list,
        "table_open": _table,
        "envelope_open": _envelope,
    }


def _enclosed(shell: Node, inside: list[Node]) -> Node | None:
    """The node of an envelope around blocks: what it says of a block of its own type, else a container of them."""
    kind = shell["type"]
    if kind not in NODES or "content" in shell:
        return None
    if len(inside) == 1 and inside[0]["type"] == kind and kind not in NODES[kind].content:
        attrs = {**inside[0].get("attrs", {}), **shell.get("attrs", {})}
        return {**inside[0], **shell} | ({"attrs": attrs} if attrs else {})
    if kind in _INLINE_PARENTS:
        is_text = len(inside) == 1 and inside[0]["type"] == "paragraph"
        return {**shell, "content": inside[0].get("content", [])} if is_text else None
    return {**shell, "content": inside}


def _is_task(item: Mapping[str, Any]) -> bool:
    first, *others = children(item)
    return first["type"] == "paragraph" and all(each["type"] == "taskList" for each in others)


def _without_box(paragraph: Node, length: int) -> Node:
    first, *others = paragraph["content"]
    words = first["text"][length:]
    content = [{**first, "text": words}, *others] if words else others
    return _filled("paragraph", content)


def _with_box(item: Node, box: str | None) -> Node:
    """An item of a list that is no list of tasks: its box is text."""
    if box is None:
        return item
    first, *others = item["content"]
    sign: Node = {"type": "text", "text": f"[{box}] "}
    words = first.get("content", [])
    if words and words[0]["type"] == "text" and not words[0].get("marks"):
        sign, words = {"type": "text", "text": f"[{box}] {words[0]['text']}"}, words[1:]
    return {**item, "content": [{"type": "paragraph", "content": [sign, *words]}, *others]}


def _lone_picture(tokens: Sequence[Token]) -> Node | None:
    """A picture that is a paragraph of its own, with the link around it."""
    linked = len(tokens) == 3 and tokens[0].type == "link_open"
    picture = tokens[1] if linked else tokens[0] if len(tokens) == 1 else None
    if picture is None or picture.type != "image" or not is_linked(address := str(picture.attrs["src"])):
        return None
    said = picture_words(picture)
    alt = {"alt": said} if said else {}
    content: list[Node] = [{"type": "media", "attrs": {"type": "external", **alt, "url": address}}]
    if title := picture.attrs.get("title"):
        content.append({"type": "caption", "content": [{"type": "text", "text": title}]})
    marks = {"marks": [{"type": "link", "attrs": {"href": tokens[0].attrs["href"]}}]} if linked else {}
    return {"type": "mediaSingle"} | marks | {"content": content}


def _filled(kind: str, content: Sequence[Mapping[str, Any]], attrs: Mapping[str, Any] | None = None) -> Node:
    node: Node = {"type": kind} | ({"attrs": dict(attrs)} if attrs else {})
    return node | ({"content": list(content)} if content else {})
