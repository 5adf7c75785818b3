"""Keep what a person typed into a form, where it cannot be put in its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.usecases.unit import Unit
from storage import drafts
from storage.models import Draft

MOST_OF_ONE_FORM = 20


async def keep(
    unit: Unit, *, form: str, subject: str, content: Mapping[str, Any], why: str, writer_id: str | None = None
) -> str:
    """Keep the text byte for byte and answer its id; `why` says in words why it is not in its place.

    It is kept for its writer: the actor, unless `writer_id` names somebody else whose text gives way to the actor's.
    The same content kept again is one draft, now the newest. A different text never replaces another: the newest
    twenty of one form and subject are kept.
    """
    writer = writer_id or unit.person.id
    earlier = await drafts.of_form(unit.session, writer, form, subject)
    for row in earlier:
        if row.content == content:
            row.why, row.at = why, unit.now
            unit.outcome = row.id
            return row.id
    for row in earlier[MOST_OF_ONE_FORM - 1 :]:
        await unit.session.delete(row)
    draft = Draft(user_id=writer, form=form, subject=subject, content=dict(content), why=why, at=unit.now)
    unit.session.add(draft)
    await unit.session.flush()
    unit.outcome = draft.id
    return draft.id
