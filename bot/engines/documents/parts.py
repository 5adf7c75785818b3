"""A whole document as the parts it is made of, and back.

# Title above all          ┐ untitled first part
Words before any section   ┘
## Leadup                  ┐ part "Leadup"
It broke.                  ┘
## Fault                   ─ part "Fault"
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any
from unicodedata import normalize

from bot.engines.documents.adf_inline import children
from bot.engines.documents.document import Adf, document, empty_document, to_plain

PROMPT_COLOR = "#7a869a"
"""The grey in which Opsgenie's default template says what to write."""
USUAL_LEVEL = 4
"""The level of the headings in Opsgenie's default template."""
_LONGEST_KEY = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a document: its heading, and what stands below it.

    `title` is the heading in plain text and one line; `heading` the ADF node, None for what stands before the first
    heading, or for a part that was never read from a document. `prompt` says what is to be written where `body` is
    still empty.
    """

    title: str
    heading: Mapping[str, Any] | None
    body: Adf
    prompt: str = ""


def split(adf: Mapping[str, Any]) -> tuple[Part, ...]:
    """The parts of a document, in order; none of an empty one.

    A part opens at each heading at the top of the document that has the section level: the lowest level that occurs
    there at least twice, else the lowest that occurs. So a lone title above many sections opens none: with all else
    before the first section it is the part with title "" and without heading. A body that holds nothing but one grey
    paragraph, as in Opsgenie's template, is a prompt, and empty.
    """
    blocks = children(adf)
    level = _section_level(blocks)
    groups: list[tuple[Mapping[str, Any] | None, list[Mapping[str, Any]]]] = []
    for block in blocks:
        if level and _level(block) == level:
            groups.append((block, []))
        elif groups:
            groups[-1][1].append(block)
        else:
            groups.append((None, [block]))
    return tuple(_part(heading, body) for heading, body in groups)


def join(parts: Sequence[Part]) -> Adf:
    """The document of these parts: `join(split(d)) == d`, but for what `d` says beside its content, and the hard break
    that ends a prompt.

    A part without heading, unless it is the first and untitled, gets one made of its title, of the level that the
    others have, else 4. An empty body with a prompt shows the prompt as Opsgenie does: grey, with a hard break at its
    end unless the document ends there too.
    """
    level = next((_level(part.heading) for part in parts if part.heading is not None), USUAL_LEVEL)
    blocks: list[Mapping[str, Any]] = []
    for index, part in enumerate(parts):
        if part.heading is not None:
            blocks.append(part.heading)
        elif part.title:
            blocks.append(heading_of(part.title, level))
        body = children(part.body)
        is_last = index == len(parts) - 1
        blocks.extend(body or ([_prompt(part.prompt, is_last=is_last)] if part.prompt else []))
    return document(blocks)


def heading_of(title: str, level: int = USUAL_LEVEL) -> Adf:
    """A heading node that says a title; without words for an empty one."""
    content = {"content": [{"type": "text", "text": title}]} if title else {}
    return {"type": "heading", "attrs": {"level": level}} | content


def section_key(title: str) -> str:
    """The key of a section in words a person can type: `root-causes`.

    Letters keep their script but lose their accents; a title without letters or digits is a `section`.
    """
    plain = "".join(each for each in normalize("NFKD", title).casefold() if not "\u0300" <= each <= "\u036f")
    return "-".join(re.findall(r"[^\W_]+", normalize("NFC", plain)))[:_LONGEST_KEY].strip("-") or "section"


def section_keys(titles: Iterable[str], taken: Iterable[str] = ()) -> Iterator[str]:
    """A key for each title, unlike all before it and all that are `taken`: of equal ones the later are numbered."""
    used, following = set(taken), dict[str, int]()
    for key in map(section_key, titles):
        if key in used:
            number = next(each for each in count(following.get(key, 2)) if f"{key}-{each}" not in used)
            following[key] = number + 1
            unique = f"{key}-{number}"
        else:
            unique = key
        used.add(unique)
        yield unique


def _section_level(blocks: Sequence[Mapping[str, Any]]) -> int:
    """0 where there is no heading."""
    levels = Counter(filter(None, map(_level, blocks)))
    repeated = [level for level, times in levels.items() if times > 1]
    return min(repeated or levels, default=0)


def _level(block: Mapping[str, Any]) -> int:
    attrs = block.get("attrs")
    level = attrs.get("level") if block.get("type") == "heading" and isinstance(attrs, dict) else None
    return level if isinstance(level, int) else 0


def _part(heading: Mapping[str, Any] | None, body: Sequence[Mapping[str, Any]]) -> Part:
    title = " ".join(to_plain(document([heading])).split()) if heading else ""
    prompt = _prompt_of(body)
    return Part(title, heading, empty_document() if prompt else document(body), prompt)


def _prompt_of(body: Sequence[Mapping[str, Any]]) -> str:
    """The prompt a body consists of; empty where it is anything else."""
    if len(body) != 1:
        return ""
    text = next(_texts(body[0]), "")
    return text if any(body[0] == _prompt(text, is_last=is_last) for is_last in (True, False)) else ""


def _texts(block: Mapping[str, Any]) -> Iterator[str]:
    yield from (text for child in children(block) if isinstance(text := child.get("text"), str))


def _prompt(text: str, *, is_last: bool) -> Adf:
    mark = {"type": "textColor", "attrs": {"color": PROMPT_COLOR}}
    shown: list[Adf] = [{"type": "text", "text": text, "marks": [mark]}]
    return {"type": "paragraph", "content": shown if is_last else [*shown, {"type": "hardBreak"}]}
