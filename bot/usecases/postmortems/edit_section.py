"""Change the text of one section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.engines.documents.document import is_empty, too_long
from bot.errors import BadFields, Conflict, NotFound
from bot.queries.history import Happening
from bot.usecases.authors import author_id
from bot.usecases.fields import is_storable
from bot.usecases.postmortems.documents import unwritten_summary
from bot.usecases.postmortems.held import Held, hold, require_unlocked
from bot.usecases.postmortems.text_changed import text_changed
from bot.usecases.unit import Unit
from bot.vocabulary import EXECUTIVE_SUMMARY, Verb
from storage import models, postmortems


async def edit_section(unit: Unit, number: int, section: str, body: Mapping[str, Any], *, version: int) -> int:
    """Put a text, an ADF document, in its section, and answer the section's version from now on.

    `section` is its key, its title, or a part that only one of them has. `version` is the one the writer saw, 0 of an
    executive summary that nobody has written yet. An approval given before is void: its reviewer is asked again in the
    message they have. The same text again changes nothing.

    Raises:
        NotFound: no such postmortem or section.
        NotAllowed: the actor is no member of the workspace.
        Locked: it is published.
        Conflict: the section was changed since; `theirs` is its ADF now.
        BadFields: `text`, when it is too long.
    """
    held = await hold(unit, number, Verb.EDIT_SECTION)
    require_unlocked(unit, held)
    stored = await _stored(unit, held, section)
    seen = stored.version or 0
    if stored.body == body:
        return seen
    if seen != version:
        sentence = f"{stored.title} of {held.label} was changed since you opened it. Nothing of yours is lost: choose."
        raise Conflict(sentence, theirs=stored.body, version=seen)
    _check(body)
    return await _replace(unit, held, stored, body)


async def replace_text(unit: Unit, held: Held, section: str, body: Mapping[str, Any]) -> None:
    """Put a text in its section, whatever stands there. The same text again changes nothing."""
    stored = await _stored(unit, held, section)
    if stored.body != body:
        await _replace(unit, held, stored, body)


async def _stored(unit: Unit, held: Held, section: str) -> models.Section:
    """The section that is meant; an executive summary that nobody has written yet is a row not stored so far."""
    sections = await postmortems.sections(unit.session, held.row.id)
    if section == EXECUTIVE_SUMMARY and section not in {each.key for each in sections}:
        return unwritten_summary(unit, held.row.id)
    return find_section(held.label, sections, section)


async def _replace(unit: Unit, held: Held, stored: models.Section, body: Mapping[str, Any]) -> int:
    before = {"body": stored.body, "version": stored.version or 0}
    was_empty = is_empty(stored.body)
    stored.body, stored.updated_at, stored.updated_by = dict(body), unit.now, await author_id(unit)
    unit.session.add(stored)
    await unit.session.flush()
    after = {"section": stored.key, "title": stored.title, "version": stored.version, "was_empty": was_empty}
    await text_changed(unit, held, Happening.EDITED, before=before, after=after)
    return stored.version


def find_section(label: str, sections: Sequence[models.Section], words: str) -> models.Section:
    """The one section that somebody means by its key, its title, or a part of either.

    Raises:
        NotFound: none fits, or several do; `nearest` are the keys to choose from.
    """
    wanted = " ".join(words.split()).casefold()
    exact = [each for each in sections if wanted in {each.key, each.title.casefold()}]
    partly = [each for each in sections if wanted and (wanted in each.key or wanted in each.title.casefold())]
    found = exact or partly
    if len(found) == 1:
        return found[0]
    choices = found or sections
    names = ", ".join(each.title for each in choices)
    sentence = f"“{words}” fits several sections of {label}" if found else f"{label} has no section “{words}”"
    raise NotFound(f"{sentence}. Choose one of: {names}.", nearest=[each.key for each in choices])


def _check(body: Mapping[str, Any]) -> None:
    sentence = too_long(body)
    if sentence is None and not all(map(is_storable, _strings(body))):
        sentence = "It holds an invisible character that cannot be kept. Type that place anew instead of pasting it."
    if sentence:
        raise BadFields({"text": sentence})


def _strings(node: object) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)
