"""A postmortem's text as rows: from a template, from a whole document, and a whole document over what is there.

The text is its sections in their order, one behind the other. The executive summary is a section too, which stands
before the text and is no part of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.engines.documents.document import Adf, empty_document, is_empty
from bot.engines.documents.parts import Part, heading_of, section_keys, split
from bot.engines.templates import Template
from bot.queries.postmortems import SUMMARY_PROMPT, SUMMARY_TITLE
from bot.usecases.authors import author_id
from bot.usecases.unit import Unit
from bot.vocabulary import EXECUTIVE_SUMMARY
from storage import postmortems
from storage.models import Section
from storage.postmortems import Place

SUMMARY_POSITION = -1


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What a whole new text does to the sections that are there.

    `changed` have another text now, each beside its old one; `moved` have another place, heading or prompt alone.
    """

    added: tuple[Section, ...]
    changed: tuple[tuple[Section, Adf], ...]
    moved: tuple[Section, ...]
    removed: tuple[Section, ...]

    @property
    def touched(self) -> tuple[Section, ...]:
        """Every section that is not as it was."""
        return (*self.added, *(section for section, _ in self.changed), *self.moved, *self.removed)

    @property
    def is_nothing(self) -> bool:
        """Whether the text was the same before."""
        return not self.touched


def from_template(unit: Unit, postmortem_id: str, template: Template) -> list[Section]:
    """The empty sections of a template."""
    return [
        Section(
            postmortem_id=postmortem_id,
            key=each.key,
            title=each.title,
            prompt=each.prompt,
            position=position,
            body=empty_document(),
            updated_at=unit.now,
        )
        for position, each in enumerate(template.sections)
    ]


async def from_document(unit: Unit, postmortem_id: str, content: Adf) -> list[Section]:
    """The sections of a document, written by the actor."""
    by = await author_id(unit)
    keyed = await asyncio.to_thread(_keyed, content)
    return [_new(unit, postmortem_id, each, position=position, by=by) for position, each in enumerate(keyed)]


async def rewrite(unit: Unit, postmortem_id: str, stored: Sequence[Section], content: Adf) -> Rewriting:
    """Make the sections of the text what a whole document says; the rows are changed, added and removed.

    A section keeps its row where its key is the same, and its version and writer where its text is. The executive
    summary stays as it is.
    """
    by = await author_id(unit)
    known = {each.key: each for each in stored if each.key != EXECUTIVE_SUMMARY}
    added: list[Section] = []
    changed: list[tuple[Section, Adf]] = []
    moved: list[Section] = []
    for position, (key, part) in enumerate(await asyncio.to_thread(_keyed, content)):
        section = known.pop(key, None)
        if section is None:
            added.append(_new(unit, postmortem_id, (key, part), position=position, by=by))
            continue
        before = section.body
        is_moved = await _placed(unit, section, part, position)
        if before != part.body:
            section.body, section.updated_at, section.updated_by = part.body, unit.now, by
            changed.append((section, before))
        elif is_moved:
            moved.append(section)
    unit.session.add_all(added)
    for gone in known.values():
        await unit.session.delete(gone)
    await unit.session.flush()
    return Rewriting(tuple(added), tuple(changed), tuple(moved), tuple(known.values()))


def unwritten_summary(unit: Unit, postmortem_id: str) -> Section:
    """The row of an executive summary before it is written for the first time, not stored yet."""
    return Section(
        postmortem_id=postmortem_id,
        key=EXECUTIVE_SUMMARY,
        title=SUMMARY_TITLE,
        prompt=SUMMARY_PROMPT,
        position=SUMMARY_POSITION,
        body=empty_document(),
        updated_at=unit.now,
    )


def _keyed(content: Adf) -> list[tuple[str, Part]]:
    """The parts of a document, each with a key of its own; of a long one it takes its time."""
    parts = split(content)
    return list(zip(section_keys((part.title for part in parts), {EXECUTIVE_SUMMARY}), parts, strict=True))


def _new(unit: Unit, postmortem_id: str, keyed: tuple[str, Part], *, position: int, by: str) -> Section:
    key, part = keyed
    return Section(
        postmortem_id=postmortem_id,
        key=key,
        title=part.title,
        prompt=part.prompt,
        position=position,
        heading=_heading(part),
        body=part.body,
        updated_at=unit.now,
        updated_by=by,
    )


async def _placed(unit: Unit, section: Section, part: Part, position: int) -> bool:
    """Say what a section is called and where it stands; answers whether that is anything new.

    What was asked of its writer stays known under a written text.
    """
    prompt = part.prompt if is_empty(part.body) else section.prompt
    place = Place(part.title, _heading(part), position, prompt)
    if place == Place(section.title, section.heading, section.position, section.prompt):
        return False
    await postmortems.place(unit.session, section, place)
    return True


def _heading(part: Part) -> dict[str, Any] | None:
    """The heading to keep: none where it is the very one that would be made of the title."""
    return dict(part.heading) if part.heading and part.heading != heading_of(part.title) else None
