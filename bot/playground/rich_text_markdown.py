"""Rich text and Markdown, there and back: people type Markdown into the page, the bot gets Slack's rich text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

Element = dict[str, Any]
Style = frozenset[str]

_PLAIN: Style = frozenset()
_ITEM = re.compile(r"(?P<space>[ \t]*)(?:(?P<bullet>[-*+])|(?P<number>\d{1,9})[.)]) (?P<text>.*)")
_INLINE = re.compile(
    r"""
    \\(?P<escaped>[\\`*_~\[\]()<>#+\-.!])
    | `(?P<code>[^`\n]+)`
    | <@(?P<user>[UW][A-Z0-9]+)(?:\|[^<>]*)?>
    | <\#(?P<channel>C[A-Z0-9]+)(?:\|[^<>]*)?>
    | <!(?P<range>here|channel|everyone)>
    | \[(?P<label>(?:\\.|[^\]\\\n])+)\]\((?P<url>[^()\s]+)\)
    | \*\*(?P<bold>(?=\S)(?:\\.|[^\\\n])+?(?<=\S))\*\*
    | ~~(?P<strike>(?=\S)(?:\\.|[^\\\n])+?(?<=\S))~~
    | \*(?P<italic>(?=[^\s*])(?:\\.|[^*\\\n])+?(?<=\S))\*
    | (?<![\w_])_(?P<slanted>(?=[^\s_])(?:\\.|[^\\\n])+?(?<=\S))_(?![\w_])
    """,
    re.VERBOSE,
)
_MARK = re.compile(r"[\\`*~\[\]<]|(?<!\w)_|_(?!\w)")
_WRITTEN: Mapping[str, tuple[str, str]] = {
    "user": ("<@{}>", "user_id"),
    "channel": ("<#{}>", "channel_id"),
    "broadcast": ("<!{}>", "range"),
    "emoji": (":{}:", "name"),
    "date": ("{}", "fallback"),
}
_STYLES: Mapping[str, str] = {"bold": "bold", "strike": "strike", "italic": "italic", "slanted": "italic"}


def rich_text(markdown: str) -> Element:
    """The rich_text block of a Markdown text: bold, italic, strike, code, links, mentions as `<@U1>`, lists, quotes
    and fenced code. Everything else is text, byte for byte; blank lines at the edge of a list are lost where no text
    stands before them.
    """
    elements: list[Element] = []
    for kind, lines in _paragraphs(markdown.split("\n")):
        elements += _block_elements(kind, lines)
    return {"type": "rich_text", "elements": elements}


def markdown(block: Element) -> str:
    """The Markdown that `rich_text` reads as that block. Styles do not span lines, and spaces at their edges go out."""
    lists = _Numbering()
    return "\n".join(lists.written(element) for element in block.get("elements", []))


def _paragraphs(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Lines gathered by what they are: `code` (without its fences), `quote`, `list` or `text`."""
    kinds: list[tuple[str, str]] = []
    at = 0
    fences = 0
    while at < len(lines):
        end = _fence_end(lines, at)
        if end is not None:
            fences += 1
            kinds += [(f"code{fences}", line) for line in lines[at + 1 : end]]
            at = end + 1
            continue
        kinds.append((_kind(lines[at]), lines[at]))
        at += 1
    for kind, group in groupby(kinds, key=lambda pair: pair[0]):
        yield kind.rstrip("0123456789"), [line for _, line in group]


def _fence_end(lines: list[str], at: int) -> int | None:
    if lines[at].rstrip() != "```":
        return None
    return next((end for end in range(at + 1, len(lines)) if lines[end].rstrip() == "```"), None)


def _kind(line: str) -> str:
    if line == ">" or line.startswith("> "):
        return "quote"
    return "list" if _ITEM.fullmatch(line) else "text"


def _block_elements(kind: str, lines: list[str]) -> list[Element]:
    if kind == "list":
        return list(_lists(lines))
    if kind == "code":
        text = "\n".join(lines)
        return [_holding("rich_text_preformatted", [{"type": "text", "text": text}])] if text else []
    if kind == "quote":
        lines = [line[2:] for line in lines]
    inline = _inline("\n".join(lines))
    return [_holding("rich_text_quote" if kind == "quote" else "rich_text_section", inline)] if inline else []


def _holding(kind: str, elements: list[Element]) -> Element:
    return {"type": kind, "elements": elements}


def _lists(lines: list[str]) -> Iterator[Element]:
    """One rich_text_list for each run of items of one style and depth; deeper is what is indented more."""
    depths: list[int] = []
    items: list[tuple[tuple[str, int], list[Element]]] = []
    for line in lines:
        match = _ITEM.fullmatch(line)
        if match is None:
            continue
        width = len(match["space"].expandtabs(4))
        while depths and depths[-1] > width:
            depths.pop()
        if not depths or depths[-1] < width:
            depths.append(width)
        style = "bullet" if match["bullet"] else "ordered"
        items.append(((style, min(len(depths) - 1, 8)), _inline(match["text"])))
    for (style, indent), run in groupby(items, key=lambda pair: pair[0]):
        sections = [_holding("rich_text_section", inline) for _, inline in run]
        yield {"type": "rich_text_list", "style": style, "indent": indent, "elements": sections}


def _inline(text: str, style: Style = _PLAIN) -> list[Element]:
    found: list[Element] = []
    end = 0
    for match in _INLINE.finditer(text):
        _add_text(found, text[end : match.start()], style)
        _add_match(found, match, style)
        end = match.end()
    _add_text(found, text[end:], style)
    return found


def _add_match(found: list[Element], match: re.Match[str], style: Style) -> None:
    kind = match.lastgroup or ""
    if kind == "escaped":
        _add_text(found, match["escaped"], style)
    elif kind == "code":
        _add_text(found, match["code"], style | {"code"})
    elif kind == "user":
        found.append(_styled({"type": "user", "user_id": match["user"]}, style))
    elif kind == "channel":
        found.append(_styled({"type": "channel", "channel_id": match["channel"]}, style))
    elif kind == "range":
        found.append(_styled({"type": "broadcast", "range": match["range"]}, style))
    elif kind == "url":
        label = "".join(each["text"] for each in _inline(match["label"]) if each["type"] == "text")
        found.append(_styled({"type": "link", "url": match["url"], "text": label}, style))
    else:
        for element in _inline(match[kind], style | {_STYLES[kind]}):
            _append(found, element)


def _add_text(found: list[Element], text: str, style: Style) -> None:
    if text:
        _append(found, _styled({"type": "text", "text": text}, style))


def _append(found: list[Element], element: Element) -> None:
    """Add an element; text in the style of the text before it joins that text."""
    last = found[-1] if found else {}
    both_text = last.get("type") == element["type"] == "text"
    if both_text and last.get("style") == element.get("style"):
        found[-1] = {**last, "text": last["text"] + element["text"]}
    else:
        found.append(element)


def _styled(element: Element, style: Style) -> Element:
    return element | {"style": dict.fromkeys(sorted(style), True)} if style else element


@dataclass(slots=True)
class _Numbering:
    """Writes the elements of a block in turn, and remembers how far ordered lists have counted at each depth."""

    counts: dict[int, int] = field(default_factory=dict)

    def written(self, element: Element) -> str:
        kind = element.get("type")
        if kind == "rich_text_list":
            return self._list(element)
        self.counts.clear()
        if kind == "rich_text_preformatted":
            return "```\n" + "".join(_raw(each) for each in element.get("elements", [])) + "\n```"
        text = _guarded(_written_inline(element.get("elements", [])))
        return "\n".join(f"> {line}" for line in text.split("\n")) if kind == "rich_text_quote" else text

    def _list(self, element: Element) -> str:
        indent = int(element.get("indent", 0))
        for deeper in [depth for depth in self.counts if depth > indent]:
            del self.counts[deeper]
        lines: list[str] = []
        for item in element.get("elements", []):
            mark = "-"
            if element.get("style") == "ordered":
                self.counts[indent] = self.counts.get(indent, 0) + 1
                mark = f"{self.counts[indent]}."
            words = _written_inline(item.get("elements", [])).replace("\n", " ")
            lines.append(f"{'    ' * indent}{mark} {words}")
        return "\n".join(lines)


def _guarded(text: str) -> str:
    """The text with an escape where a line would read as a list, a quote or a fence."""
    return "\n".join(_guarded_line(line) for line in text.split("\n"))


def _guarded_line(line: str) -> str:
    item = _ITEM.fullmatch(line)
    if item is not None:
        at = item.end("bullet") - 1 if item["bullet"] else item.end("number")
        return f"{line[:at]}\\{line[at:]}"
    return f"\\{line}" if line == ">" or line.startswith("> ") else line


def _written_inline(elements: list[Element]) -> str:
    return "".join(_written(element) for element in elements)


def _written(element: Element) -> str:
    kind = element.get("type")
    style = {name for name, on in element.get("style", {}).items() if on}
    if kind == "text":
        return "\n".join(_wrapped(line, style) for line in element.get("text", "").split("\n"))
    if kind == "link":
        label = str(element.get("text") or element.get("url", ""))
        return _marked(f"[{_escaped(label)}]({element.get('url', '')})", style)
    return _marked(_raw(element), style)


def _wrapped(line: str, style: set[str]) -> str:
    if "code" in style and line and "`" not in line:
        return _marked(f"`{line}`", style)
    core = line.strip()
    if not style or not core:
        return _escaped(line)
    lead, tail = line[: len(line) - len(line.lstrip())], line[len(line.rstrip()) :]
    return lead + _marked(_escaped(core), style) + tail


def _marked(text: str, style: set[str]) -> str:
    alone = not style & {"bold", "strike"}
    if "italic" in style:
        text = f"*{text}*" if alone else f"_{text}_"
    if "strike" in style:
        text = f"~~{text}~~"
    return f"**{text}**" if "bold" in style else text


def _raw(element: Element) -> str:
    """An element without its style; an emoji by its name, a date as its fallback."""
    form, key = _WRITTEN.get(element.get("type", ""), ("{}", "text"))
    return form.format(element.get(key) or element.get("url", ""))


def _escaped(text: str) -> str:
    """The text with a backslash before every mark; inside a word an underscore is none."""
    return _MARK.sub(lambda match: "\\" + match[0], text)
