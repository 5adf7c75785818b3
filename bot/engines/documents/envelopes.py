"""What Markdown has no word for, carried through it.

    <div adf='{"type":"panel","attrs":{"panelType":"info"}}'>      a block; its content stays Markdown

    Mind the gap.

    </div>

    <div adf='{"type":"media","attrs":{...}}'>[image: graph]</div>  a whole block, and what it is in words
    <span adf='{"type":"status","attrs":{...}}'>DOWN</span>         something in a line, likewise
    <span adf='[{"type":"underline"}]'>words</span>                 marks of these words

The attribute is JSON in which no character means anything to Markdown or HTML. Whoever reads Markdown gets it from
anybody: an envelope counts only where its place, its node and all that is in it are sound ADF; else it is text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.engines.documents.checking import is_sound

BLOCK = re.compile(r"<div adf='([^'\n]*)'>(?:(.*)</div>)?[ \t]*")
BLOCK_END = "</div>"
SPAN = re.compile(r"<span adf='([^'\n]*)'>")
SPAN_END = "</span>"
_SPECIAL = {ord(each): f"\\u{ord(each):04x}" for each in "'&<>|`*_~"}
_SPECIAL |= {point: f"\\u{point:04x}" for point in (0x7F, 0x85, 0x2028, 0x2029, 0xFEFF)}


def block(node: Mapping[str, Any], inside: str) -> str:
    """A block around Markdown."""
    return f"<div adf='{_attribute(node)}'>\n\n{inside}\n\n{BLOCK_END}"


def whole_block(node: Mapping[str, Any], label: str = "") -> str:
    """A block with all that is in it; the label is for people."""
    return f"<div adf='{_attribute(node)}'>{label}{BLOCK_END}"


def span(value: Mapping[str, Any] | Sequence[Mapping[str, Any]], inside: str) -> str:
    """A node in a line, with its label, or marks around words."""
    return f"<span adf='{_attribute(value)}'>{inside}{SPAN_END}"


def node_in(attribute: str) -> dict[str, Any] | None:
    """The node that an attribute holds; None where it is not even an object with a type."""
    value = _value(attribute)
    return value if isinstance(value, dict) and isinstance(value.get("type"), str) else None


def marks_in(attribute: str) -> list[dict[str, Any]] | None:
    """The marks that an attribute holds; None where text could not carry them."""
    value = _value(attribute)
    return value if isinstance(value, list) and is_sound({"type": "text", "text": "x", "marks": value}) else None


def _attribute(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_SPECIAL)


def _value(attribute: str) -> Any:
    try:
        return json.loads(attribute)
    except (ValueError, RecursionError):
        return None
