"""What follows from every change of a postmortem's text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.engines.lifecycle.review import section_edited
from bot.queries.history import Happening
from bot.usecases.postmortems.held import Held, happened, put, tell_reviewers
from bot.usecases.postmortems.indexing import index
from bot.usecases.unit import Unit
from bot.vocabulary import PostmortemStatus


async def text_changed(
    unit: Unit, held: Held, what: Happening, *, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """Void the approvals that the change outdates, have it found by its new words, and tell of it.

    Those reviewers are asked again in the message they have. Every reviewer's message is brought up to date, since its
    Approve button speaks of the text as it was.

    Raises:
        Locked: it is published.
    """
    edited = section_edited(held.review, now=unit.now)
    held.row.text_changed_at = unit.now
    await put(unit, held, edited.review)
    await index(unit, held.row)
    await happened(unit, held, what, before=before, after={**after, "reviewer_ids": list(edited.ask_again)})
    if edited.review.status is PostmortemStatus.IN_REVIEW:
        await tell_reviewers(unit, held, [each.user_id for each in edited.review.reviewers])
