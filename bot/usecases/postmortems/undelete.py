"""Bring a deleted postmortem back, with everything on it."""

from __future__ import annotations

from bot.errors import Locked
from bot.queries import deletions
from bot.queries.deletions import Deletion
from bot.queries.history import Happening
from bot.usecases.postmortems.delete import show_anew
from bot.usecases.postmortems.held import Held, happened, take
from bot.usecases.postmortems.indexing import index
from bot.usecases.unit import Unit
from bot.vocabulary import Verb
from storage import postmortems, subject_deliveries


async def undelete(unit: Unit, number: int) -> Held:
    """Undo its deletion, within ten minutes of it: who deleted it, a lead of its team or an admin.

    Its reminders are planned anew, its messages show it again, and what was not told of it yet is told.

    Raises:
        NotFound: no such postmortem; what was deleted for longer may be gone for good.
        Locked: nobody deleted it, or the ten minutes are over.
        NotAllowed: somebody else deleted it, and the actor is neither a lead of its team nor an admin.
    """
    row = await postmortems.by_number(unit.session, number, lock=True, even_deleted=True)
    if row is None:
        raise await deletions.absent(unit.reading, number, unit.acting_person)
    deletion = await deletions.of_row(unit.reading, row)
    if deletion is None:
        raise Locked(f"PM-{number} is there; nobody deleted it. `/postmortem show PM-{number}` shows it.")
    held = await take(unit, row, _verb(unit, deletion))
    if not deletion.can_be_undone(unit.now):
        raise Locked(deletions.too_late(deletion))
    row.deleted_at = None
    await index(unit, row)
    await show_anew(unit, row)
    await happened(unit, held, Happening.RESTORED, after={"status": held.review.status}, since=deletion.at)
    await subject_deliveries.hasten(unit.session, key="postmortem_id", value=row.id, now=unit.now)
    return held


def _verb(unit: Unit, deletion: Deletion) -> Verb:
    is_own = deletion.by is not None and deletion.by.id == unit.person.id
    return Verb.UNDO_OWN if is_own else Verb.UNDO_OTHERS
