"""Whether a document is sound ADF: a small table of nodes, what may stand in them, and their marks.

Written from the description of the Atlassian Document Format. It is stricter than reading, which forgives, and looser
than Atlassian's own schema in ways that lose nothing: attributes beyond the required ones are not judged, and a list
item may begin with a list, which is how a level that Slack's indent skips is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.engines.documents.links import is_script, scheme_of
from bot.errors import BadFields

MAX_DEPTH = 40
# More than a section of the greatest length can hold, whatever it is made of.
MAX_NODES = 300_000
_MOST_FINDINGS = 20
_MILLISECONDS = re.compile(r"-?\d{1,15}", re.ASCII)
_FIRST_MOMENT, _LAST_MOMENT = -62_135_596_800_000, 253_402_300_799_999
_LAST_ORDER = 999_999_999
"""The longest number that Markdown can begin a list with."""
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

_WORDS = frozenset({"text", "hardBreak", "mention", "emoji", "date", "status"})
_INLINE = _WORDS | {"inlineCard", "placeholder", "mediaInline", "inlineExtension"}
_LISTS = frozenset({"bulletList", "orderedList"})
_TASKS = frozenset({"taskList", "decisionList"})
_MEDIA = frozenset({"mediaSingle", "mediaGroup"})
_EXTENSIONS = frozenset({"extension", "bodiedExtension"})
_CARDS = frozenset({"blockCard", "embedCard"})
_PLAIN = frozenset({"paragraph", "codeBlock"}) | _LISTS
_IN_ITEM = _PLAIN | _TASKS | _EXTENSIONS | {"mediaSingle"}
_IN_PANEL = _PLAIN | _MEDIA | _CARDS | _EXTENSIONS | _TASKS | {"heading", "rule"}
_IN_CELL = _IN_PANEL | {"blockquote", "panel", "nestedExpand"}
_IN_COLUMN = _IN_CELL - {"nestedExpand"} | {"table", "expand"}
_TOP = _IN_COLUMN | {"layoutSection"}

_FONT_MARKS = frozenset({"strong", "em", "strike", "underline", "subsup", "textColor", "backgroundColor"})
_TEXT_MARKS = _FONT_MARKS | {"code", "link", "annotation", "border"}
_BESIDE_CODE = frozenset({"code", "link", "annotation"})
_BLOCK_MARKS = frozenset({"alignment", "indentation", "breakout", "dataConsumer", "fragment"})
_MEDIA_MARKS = frozenset({"link", "annotation", "border"})


@dataclass(frozen=True, slots=True)
class NodeRule:
    """What may stand in a node, which marks it may carry, and the attributes it cannot do without, with their types."""

    content: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    attributes: Mapping[str, type] | None = None
    needs_content: bool = False


NODES: Mapping[str, NodeRule] = {
    "doc": NodeRule(_TOP),
    "paragraph": NodeRule(_INLINE, _BLOCK_MARKS),
    "heading": NodeRule(_INLINE, _BLOCK_MARKS, {"level": int}),
    "bulletList": NodeRule(frozenset({"listItem"}), _BLOCK_MARKS, needs_content=True),
    "orderedList": NodeRule(frozenset({"listItem"}), _BLOCK_MARKS, needs_content=True),
    "listItem": NodeRule(_IN_ITEM, needs_content=True),
    "blockquote": NodeRule(_PLAIN | _MEDIA | _EXTENSIONS, needs_content=True),
    "codeBlock": NodeRule(frozenset({"text"}), _BLOCK_MARKS),
    "panel": NodeRule(_IN_PANEL, _BLOCK_MARKS, {"panelType": str}, needs_content=True),
    "rule": NodeRule(marks=_BLOCK_MARKS),
    "expand": NodeRule(_IN_COLUMN - {"expand"} | {"nestedExpand"}, _BLOCK_MARKS, needs_content=True),
    "nestedExpand": NodeRule(_IN_PANEL | {"blockquote", "panel"}, _BLOCK_MARKS, needs_content=True),
    "table": NodeRule(frozenset({"tableRow"}), _BLOCK_MARKS, needs_content=True),
    "tableRow": NodeRule(frozenset({"tableCell", "tableHeader"})),
    "tableCell": NodeRule(_IN_CELL, needs_content=True),
    "tableHeader": NodeRule(_IN_CELL, needs_content=True),
    "taskList": NodeRule(frozenset({"taskItem", "taskList"}), needs_content=True),
    "taskItem": NodeRule(_INLINE, attributes={"state": str}),
    "decisionList": NodeRule(frozenset({"decisionItem"}), needs_content=True),
    "decisionItem": NodeRule(_INLINE, attributes={"state": str}),
    "mediaSingle": NodeRule(frozenset({"media", "caption"}), _BLOCK_MARKS | {"link"}, needs_content=True),
    "mediaGroup": NodeRule(frozenset({"media"}), needs_content=True),
    "media": NodeRule(marks=_MEDIA_MARKS, attributes={"type": str}),
    "caption": NodeRule(_INLINE),
    "layoutSection": NodeRule(frozenset({"layoutColumn"}), _BLOCK_MARKS, needs_content=True),
    "layoutColumn": NodeRule(_IN_COLUMN, needs_content=True),
    "extension": NodeRule(marks=_BLOCK_MARKS, attributes={"extensionKey": str, "extensionType": str}),
    "bodiedExtension": NodeRule(_IN_COLUMN, _BLOCK_MARKS, {"extensionKey": str, "extensionType": str}),
    "blockCard": NodeRule(),
    "embedCard": NodeRule(attributes={"url": str}),
    "text": NodeRule(marks=_TEXT_MARKS),
    "hardBreak": NodeRule(),
    "mention": NodeRule(marks=frozenset({"annotation"}), attributes={"id": str}),
    "emoji": NodeRule(marks=frozenset({"annotation"}), attributes={"shortName": str}),
    "date": NodeRule(marks=frozenset({"annotation"}), attributes={"timestamp": str}),
    "status": NodeRule(marks=frozenset({"annotation"}), attributes={"text": str, "color": str}),
    "inlineCard": NodeRule(marks=frozenset({"annotation"})),
    "placeholder": NodeRule(attributes={"text": str}),
    "mediaInline": NodeRule(marks=_MEDIA_MARKS),
    "inlineExtension": NodeRule(attributes={"extensionKey": str, "extensionType": str}),
}


def check(adf: object, *, field: str = "content") -> None:
    """Refuse what is not a sound document.

    Raises:
        BadFields: the path of each offending node (`content.content[1].content[0]`: `field` first) and what is wrong
            with it, at most 20 of them. Too deep (40 levels), too large (300,000 nodes), an address that could run a
            script and a character that no database keeps are among them.
    """
    if not isinstance(adf, dict) or adf.get("type") != "doc" or adf.get("version") != 1:
        raise BadFields({field: 'An ADF document is an object with "type": "doc" and "version": 1.'})
    found: dict[str, str] = {}
    for path, sentence in _findings(adf, field):
        found.setdefault(path, f"{path}: {sentence}")
        if len(found) >= _MOST_FINDINGS:
            break
    if found:
        raise BadFields(found)


def is_sound(node: Mapping[str, Any]) -> bool:
    """Whether nothing is wrong with a node and all that is in it, wherever it may come to stand."""
    return node.get("type") in NODES and next(_findings(node, ""), None) is None


def _findings(top: Mapping[str, Any], field: str) -> Iterator[tuple[str, str]]:
    """Walks with a stack of its own: a hostile document may be deeper than Python's."""
    waiting: list[tuple[Mapping[str, Any], str, int]] = [(top, field, 0)]
    count = 0
    while waiting:
        node, path, depth = waiting.pop()
        rule = NODES[node["type"]]
        yield from ((path, sentence) for sentence in _wrong_with(node, rule))
        content = node.get("content", [])
        if not isinstance(content, list):
            yield path, "`content` must be a list."
            continue
        if content and depth >= MAX_DEPTH:
            yield path, f"nested deeper than {MAX_DEPTH} levels."
            continue
        inside: list[tuple[Mapping[str, Any], str, int]] = []
        for index, child in enumerate(content):
            child_path = f"{path}.content[{index}]"
            if sentence := _misplaced(child, node["type"], rule):
                yield child_path, sentence
            else:
                inside.append((child, child_path, depth + 1))
        count += len(content)
        if count > MAX_NODES:
            yield field, f"more than {MAX_NODES:,} nodes."
            return
        waiting.extend(reversed(inside))


def _misplaced(child: object, parent: str, rule: NodeRule) -> str | None:
    if not isinstance(child, dict) or not isinstance(kind := child.get("type"), str):
        return "a node is an object with a `type`."
    if kind not in NODES:
        return f"unknown node type “{kind[:40]}”."
    return None if kind in rule.content else f"{kind} cannot stand in {parent}."


def _wrong_with(node: Mapping[str, Any], rule: NodeRule) -> Iterator[str]:
    kind = node["type"]
    if kind == "text" and not (isinstance(node.get("text"), str) and node["text"]):
        yield "text needs a `text` that is not empty."
    if rule.needs_content and not node.get("content"):
        yield f"{kind} needs content."
    yield from _wrong_attributes(node, rule)
    yield from _wrong_marks(node, rule)
    yield from _wrong_values(node)


def _wrong_attributes(node: Mapping[str, Any], rule: NodeRule) -> Iterator[str]:
    attrs = node.get("attrs", {})
    if not isinstance(attrs, dict):
        yield "`attrs` must be an object."
        return
    if isinstance(address := attrs.get("url"), str) and is_script(address):
        yield f"{node['type']} may not lead to “{scheme_of(address)}:”."
    for name, kind in (rule.attributes or {}).items():
        value = attrs.get(name)
        if not isinstance(value, kind) or isinstance(value, bool):
            yield f"{node['type']} needs `{name}`."
    if node["type"] == "heading" and isinstance(level := attrs.get("level"), int) and not 1 <= level <= 6:
        yield "a heading's level is 1 to 6."
    if node["type"] == "date" and isinstance(at := attrs.get("timestamp"), str) and not _is_moment(at):
        yield "a date's timestamp is milliseconds since 1970, in digits, in the years 1 to 9999."
    if node["type"] == "orderedList" and not _is_order(attrs.get("order", 1)):
        yield f"a list's order is a whole number from 0 to {_LAST_ORDER:,}."


def _is_moment(text: str) -> bool:
    return bool(_MILLISECONDS.fullmatch(text)) and _FIRST_MOMENT <= int(text) <= _LAST_MOMENT


def _is_order(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LAST_ORDER


def _wrong_marks(node: Mapping[str, Any], rule: NodeRule) -> Iterator[str]:
    marks = node.get("marks", [])
    if not isinstance(marks, list) or not all(isinstance(mark, dict) for mark in marks):
        yield "`marks` must be a list of objects."
        return
    names = [str(mark.get("type")) for mark in marks]
    for name in names:
        if name not in rule.marks:
            yield f"{node['type']} cannot carry the mark “{name[:40]}”."
    if "code" in names and not _BESIDE_CODE.issuperset(names):
        yield "the mark code stands alone or with a link."
    for mark in marks:
        attrs = mark.get("attrs")
        if mark.get("type") != "link":
            continue
        href = attrs.get("href") if isinstance(attrs, dict) else None
        if not isinstance(href, str):
            yield "a link needs `href`."
        elif is_script(href):
            yield f"a link may not lead to “{scheme_of(href)}:”."


def _wrong_values(node: Mapping[str, Any]) -> Iterator[str]:
    """What no database keeps, and attributes deeper than any reader, in all that a node says but its content."""
    waiting: list[tuple[object, int]] = [(value, 1) for key, value in node.items() if key != "content"]
    while waiting:
        value, depth = waiting.pop()
        if depth > MAX_DEPTH:
            yield f"attributes nested deeper than {MAX_DEPTH} levels."
            return
        if isinstance(value, str) and _UNSTORABLE.search(value):
            yield "it holds a character that cannot be kept: NUL, or half of a pair."
            return
        if isinstance(value, dict):
            waiting.extend((each, depth + 1) for pair in value.items() for each in pair)
        elif isinstance(value, list):
            waiting.extend((each, depth + 1) for each in value)
