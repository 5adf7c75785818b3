"""What was typed into the form of a schedule and is not saved yet: one text for each sitting at the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.usecases.drafts.keep import keep
from bot.usecases.unit import Unit
from storage import drafts
from storage.models import Draft

FORM = "schedule"
NEW = "new"
"""The subject of what was typed for a schedule that is not there yet."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A form's content as it was typed last. `sitting` tells one opening of the form from another."""

    id: str
    content: Mapping[str, Any]
    sitting: str
    at: datetime


async def keep_form(unit: Unit, schedule_id: str | None, content: Mapping[str, Any], *, sitting: str) -> str:
    """Keep the form's content, in the place of what the same sitting kept before; answers the kept text's id."""
    subject = schedule_id or NEW
    text = {"sitting": sitting, "fields": dict(content)}
    kept = await keep(unit, form=FORM, subject=subject, content=text, why="You have not saved this schedule yet.")
    await _forget(unit, subject, sitting, but=kept)
    return kept


async def drop_form(unit: Unit, schedule_id: str | None, *, sitting: str) -> None:
    """Forget what was typed in that sitting: it is saved, or not wanted any more."""
    await _forget(unit, schedule_id or NEW, sitting)


async def last_kept(reading: Reading, person: Person, schedule_id: str | None) -> Kept | None:
    """What a person typed last for that schedule, or for a new one, and did not save."""
    found = await drafts.of_form(reading.session, person.id, FORM, schedule_id or NEW)
    return _kept(found[0]) if found else None


async def kept_by_id(reading: Reading, person: Person, kept_id: str) -> Kept | None:
    """A person's own kept text; None when it is gone, or somebody else's."""
    found = await drafts.by_id(reading.session, kept_id)
    return _kept(found) if found and found.user_id == person.id and found.form == FORM else None


async def _forget(unit: Unit, subject: str, sitting: str, *, but: str | None = None) -> None:
    for draft in await drafts.of_form(unit.session, unit.person.id, FORM, subject):
        if draft.content["sitting"] == sitting and draft.id != but:
            await unit.session.delete(draft)


def _kept(draft: Draft) -> Kept:
    return Kept(draft.id, draft.content["fields"], draft.content["sitting"], draft.at)
