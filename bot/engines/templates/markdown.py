"""Markdown to sections and back: each heading is a section, the text under it the question that it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.engines.documents.parts import section_key
from bot.errors import Unreadable
from bot.vocabulary import EXECUTIVE_SUMMARY

MOST_CHARACTERS = 3_000
"""What a box for plain text takes in Slack: whatever a template says can be edited there."""
NAME_CHARACTERS = 60
"""Of what a template is called: a choice in a menu shows 75, and its key is no longer than this."""
MOST_SECTIONS = 20
TITLE_CHARACTERS = 100
MOST_TOLD = 3
"""Of the problems of one text; the others are found once these are mended."""
EXAMPLE = "“## What happened”"
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+(.*))?")
_CLOSING = re.compile(r"(?:(?:^|\s+)#+)+$")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")


@dataclass(frozen=True, slots=True)
class TemplateSection:
    """One section. `key` is what people type; `prompt` is shown while the section is empty."""

    key: str
    title: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Template:
    """A named text and the sections that it describes; `key` is what people type."""

    key: str
    name: str
    markdown: str
    sections: tuple[TemplateSection, ...]

    @classmethod
    def of(cls, key: str, name: str, markdown: str) -> Template:
        """The template of that text.

        Raises:
            Unreadable: as `parse`.
        """
        return cls(key, name, markdown, parse(markdown))


def parse(markdown: str) -> tuple[TemplateSection, ...]:
    """The sections that a text describes, in its order.

    Headings of every level count, but for those within a fence of code; a heading without a text has no prompt.

    Raises:
        Unreadable: what is wrong, each problem with its line, counted from 1: no heading, or text before the first; a
            heading that says nothing, too much, what another says, or what every postmortem has; too many; too long.
    """
    if len(markdown) > MOST_CHARACTERS:
        raise Unreadable(f"At most {MOST_CHARACTERS:,} characters, this has {len(markdown):,}.")
    before, *pieces = _pieces(markdown)
    problems = [*_misplaced(before), *_wrong_headings(pieces)]
    if problems:
        more = f" There are {len(problems) - MOST_TOLD} more." if len(problems) > MOST_TOLD else ""
        raise Unreadable(f"{' '.join(problems[:MOST_TOLD])}{more}")
    if not pieces:
        raise Unreadable(f"Write at least one heading, such as {EXAMPLE}: each is a section.")
    return tuple(TemplateSection(key_of(each.title), each.title, each.text) for each in pieces)


def to_markdown(sections: Sequence[TemplateSection]) -> str:
    """The text that describes these sections; `parse` makes them of it again."""
    parts = (part for each in sections for part in (f"## {each.title}", each.prompt) if part)
    return "\n\n".join(parts) + "\n"


def key_of(title: str) -> str:
    """What people type for a section, or for a template, of that title."""
    return section_key(title)


@dataclass(slots=True)
class _Piece:
    """A heading and the lines below it; what stands before the first heading has no title and the line 0."""

    line: int
    title: str
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip("\n")


def _pieces(markdown: str) -> list[_Piece]:
    pieces = [_Piece(0, "")]
    fence = ""
    for number, line in enumerate(map(str.rstrip, markdown.splitlines()), start=1):
        heading = None if fence else _HEADING.fullmatch(line)
        if heading:
            pieces.append(_Piece(number, _CLOSING.sub("", (heading[1] or "").strip()).rstrip()))
        else:
            fence = _fence_after(fence, line)
            pieces[-1].lines.append(line)
    return pieces


def _fence_after(fence: str, line: str) -> str:
    """The fence of code that is open below a line, given the one that is open above it."""
    found = _FENCE.match(line)
    if not fence:
        return found[1] if found else ""
    closes = found and found[1].startswith(fence) and not line[found.end() :].strip()
    return "" if closes else fence


def _misplaced(before: _Piece) -> Iterator[str]:
    for number, line in enumerate(before.lines, start=1):
        if line:
            yield f"Line {number}: this belongs to no section. Put a heading above it, such as {EXAMPLE}."
            return


def _wrong_headings(pieces: Sequence[_Piece]) -> Iterator[str]:
    first: dict[str, int] = {}
    for each in pieces:
        if wrong := _wrong_title(each.title):
            yield f"Line {each.line}: {wrong}"
        elif (earlier := first.setdefault(key_of(each.title), each.line)) != each.line:
            again = f"“{each.title}” stands in line {earlier} already"
            yield f"Line {each.line}: {again}. Give each section a heading of its own."
    if len(pieces) > MOST_SECTIONS:
        yield f"Line {pieces[MOST_SECTIONS].line}: this is section {MOST_SECTIONS + 1}, {MOST_SECTIONS} are the most."


def _wrong_title(title: str) -> str | None:
    if not any(map(str.isalnum, title)):
        return "this heading has no words."
    if len(title) > TITLE_CHARACTERS:
        return f"this heading has {len(title):,} characters, {TITLE_CHARACTERS} are the most."
    if key_of(title) == EXECUTIVE_SUMMARY:
        return f"“{title}” is a part of every postmortem anyway. Leave it out."
    return None
