"""Write a postmortem's whole text at once."""

from __future__ import annotations

import json

from bot.engines.documents.document import Adf, is_empty
from bot.queries.history import Happening
from bot.usecases.postmortems.documents import Rewriting, rewrite
from bot.usecases.postmortems.held import hold, require_unlocked
from bot.usecases.postmortems.text_changed import text_changed
from bot.usecases.unit import Unit
from bot.vocabulary import Verb
from storage import postmortems
from storage.models import Section

LONGEST_KEPT = 100_000
"""Of the texts that one rewriting replaces, in characters of JSON, so that the log stays smaller than the texts."""


async def write_content(unit: Unit, number: int, content: Adf) -> None:
    """Make a document its text, all but the executive summary, whatever versions its sections have.

    Sections are told by their headings: one whose text is the same keeps its version, one that is not in the document
    is removed. The very same text changes nothing.

    Raises:
        NotFound: no such postmortem.
        NotAllowed: the actor is no member of the workspace, or a key of another team.
        Locked: it is published.
    """
    held = await hold(unit, number, Verb.EDIT_SECTION)
    require_unlocked(unit, held)
    done = await rewrite(unit, held.row.id, await postmortems.sections(unit.session, held.row.id), content)
    if done.is_nothing:
        return
    if len(done.changed) == len(done.touched) == 1:
        await text_changed(unit, held, Happening.EDITED, before=_one_before(done), after=_one_after(done.changed[0]))
    else:
        await text_changed(unit, held, Happening.REWRITTEN, before={"bodies": _bodies(done)}, after=_after(done))


def _one_before(done: Rewriting) -> dict[str, object]:
    section, body = done.changed[0]
    return {"body": body if _length(body) <= LONGEST_KEPT else None, "version": section.version - 1}


def _one_after(changed: tuple[Section, Adf]) -> dict[str, object]:
    section, before = changed
    return {
        "section": section.key,
        "title": section.title,
        "version": section.version,
        "was_empty": is_empty(before),
    }


def _bodies(done: Rewriting) -> dict[str, Adf]:
    """What stood in the sections that are another or gone now, by key, as far as there is room in a log."""
    room, kept = LONGEST_KEPT, dict[str, Adf]()
    stood = [
        *((section.key, body) for section, body in done.changed),
        *((each.key, each.body) for each in done.removed),
    ]
    for key, body in stood:
        if (length := _length(body)) <= room:
            room, kept[key] = room - length, body
    return kept


def _length(body: Adf) -> int:
    return len(json.dumps(body))


def _after(done: Rewriting) -> dict[str, object]:
    written = (*done.added, *(section for section, _ in done.changed))
    return {
        "sections": [each.key for each in written],
        "titles": [each.title for each in sorted(written, key=lambda each: each.position)],
        "removed": [each.title for each in done.removed],
    }
