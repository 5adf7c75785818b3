"""A document as HTML for a page, its print and its PDF.

Whatever the document holds, only the tags and attributes written below come out: every text and attribute is escaped,
a link leads to `http`, `https`, `mailto` or `slack` or is plain text, nothing is loaded from anywhere, and pictures are
places that say what belongs there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from bot.engines.documents.adf_inline import attribute, children
from bot.engines.documents.html_inline import inline_html, link_html, token

_CELL_SPAN = range(2, 1001)
_ALIGNMENTS = frozenset({"center", "end", "right"})


def to_html(adf: Mapping[str, Any]) -> str:
    """The document's blocks, one after the other, without a page around them; empty for an empty document.

    Classes name what HTML has no element for: `panel panel-warning`, `status status-red`, `tasks`, `media`, `columns`.
    What an expand hides is there (`details`), closed.
    """
    return "\n".join(map(_block, children(adf)))


def _block(node: Mapping[str, Any]) -> str:
    writer = _WRITERS.get(str(node.get("type")))
    return writer(node) if writer else _unknown(node)


def _inside(node: Mapping[str, Any]) -> str:
    return "".join(map(_block, children(node)))


def _element(tag: str, inside: str, class_: str = "") -> str:
    named = f' class="{class_}"' if class_ else ""
    return f"<{tag}{named}>{inside}</{tag}>"


def _paragraph(node: Mapping[str, Any]) -> str:
    return _element("p", inline_html(children(node)), _placed(node))


def _heading(node: Mapping[str, Any]) -> str:
    level = _number(node, "level")
    return _element(f"h{level if level in range(1, 7) else 6}", inline_html(children(node)), _placed(node))


def _placed(node: Mapping[str, Any]) -> str:
    """The classes of a text that is aligned or indented."""
    marks = node.get("marks")
    classes = []
    for mark in marks if isinstance(marks, list) else []:
        if not isinstance(mark, dict):
            continue
        if mark.get("type") == "alignment" and (align := attribute(mark, "align")) in _ALIGNMENTS:
            classes.append(f"align-{align}")
        if mark.get("type") == "indentation" and (level := _number(mark, "level")) in range(1, 7):
            classes.append(f"indent-{level}")
    return " ".join(classes)


def _ordered(node: Mapping[str, Any]) -> str:
    order = _number(node, "order")
    start = f' start="{order}"' if order is not None and 1 < order < 10**9 else ""
    return f"<ol{start}>{_inside(node)}</ol>"


def _code(node: Mapping[str, Any]) -> str:
    code = "".join(text for each in children(node) if isinstance(text := each.get("text"), str))
    language = token(attribute(node, "language"))
    return f"<pre>{_element('code', escape(code), f'language-{language}' if language else '')}</pre>"


def _panel(node: Mapping[str, Any]) -> str:
    return _element("aside", _inside(node), f"panel panel-{token(attribute(node, 'panelType')) or 'info'}")


def _expand(node: Mapping[str, Any]) -> str:
    return f"<details>{_element('summary', escape(attribute(node, 'title')) or '…')}{_inside(node)}</details>"


def _table(node: Mapping[str, Any]) -> str:
    return f"<table><tbody>{_inside(node)}</tbody></table>"


def _cell(node: Mapping[str, Any]) -> str:
    tag = "th" if node.get("type") == "tableHeader" else "td"
    spans = "".join(
        f' {name}="{span}"' for name in ("colspan", "rowspan") if (span := _number(node, name)) in _CELL_SPAN
    )
    return f"<{tag}{spans}>{_inside(node)}</{tag}>"


def _task(node: Mapping[str, Any]) -> str:
    is_done = attribute(node, "state") == "DONE"
    sign = "☑" if is_done else "☐"
    return _element("li", f"{_sign(sign)} {_said(node)}", "done" if is_done else "")


def _task_list(node: Mapping[str, Any]) -> str:
    return _element("ul", "".join(map(_in_tasks, children(node))), "tasks")


def _in_tasks(node: Mapping[str, Any]) -> str:
    """A list right in a list of tasks is one of theirs: HTML wants an item around it."""
    return _element("li", _block(node), "nested") if node.get("type") == "taskList" else _block(node)


def _decision(node: Mapping[str, Any]) -> str:
    return _element("li", f"{_sign('◇')} {_said(node)}")


def _sign(sign: str) -> str:
    return _element("span", sign, "sign")


def _said(node: Mapping[str, Any]) -> str:
    """What an item says, be it words or blocks."""
    inside = children(node)
    return "".join(map(_block, inside)) if any(each.get("type") in _WRITERS for each in inside) else inline_html(inside)


def _media(node: Mapping[str, Any]) -> str:
    address = attribute(node, "url")
    name = attribute(node, "alt") or address
    label = f"[image: {name}]" if name else "[image]"
    return _element("span", link_html(label, address), "media-place")


def _caption(node: Mapping[str, Any]) -> str:
    return _element("figcaption", inline_html(children(node)))


def _card(node: Mapping[str, Any]) -> str:
    address = attribute(node, "url")
    return _element("p", link_html(address or "[card]", address), "card")


def _extension(node: Mapping[str, Any]) -> str:
    name = attribute(node, "text") or attribute(node, "extensionKey") or "extension"
    return _element("div", escape(f"[{name}]"), "extension")


def _unknown(node: Mapping[str, Any]) -> str:
    """Inline nodes where a block is due, and nodes from the future: what is inside them."""
    return inline_html([node]) if not children(node) else _inside(node)


def _number(node: Mapping[str, Any], name: str) -> int | None:
    attrs = node.get("attrs")
    value = attrs.get(name) if isinstance(attrs, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _around(tag: str, class_: str = "") -> Callable[[Mapping[str, Any]], str]:
    return lambda node: _element(tag, _inside(node), class_)


_WRITERS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "bulletList": _around("ul"),
    "orderedList": _ordered,
    "listItem": _around("li"),
    "blockquote": _around("blockquote"),
    "codeBlock": _code,
    "panel": _panel,
    "rule": lambda _node: "<hr>",
    "expand": _expand,
    "nestedExpand": _expand,
    "table": _table,
    "tableRow": _around("tr"),
    "tableCell": _cell,
    "tableHeader": _cell,
    "taskList": _task_list,
    "taskItem": _task,
    "decisionList": _around("ul", "decisions"),
    "decisionItem": _decision,
    "mediaSingle": _around("figure", "media"),
    "mediaGroup": _around("div", "media"),
    "media": _media,
    "caption": _caption,
    "layoutSection": _around("div", "columns"),
    "layoutColumn": _around("div", "column"),
    "extension": _extension,
    "bodiedExtension": _around("div", "extension"),
    "blockCard": _card,
    "embedCard": _card,
}
