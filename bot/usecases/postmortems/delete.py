"""Delete a postmortem: nowhere to be found from then on, and back again within ten minutes."""

from __future__ import annotations

from bot.queries.history import Happening
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.held import Held, concerns, hold
from bot.usecases.postmortems.indexing import index
from bot.usecases.unit import Unit
from bot.vocabulary import Verb
from storage import deliveries, models, reminders

SHOWN_BY = (
    MessageKind.CARD,
    MessageKind.REVIEW_REQUEST,
    MessageKind.PUBLISHED_ANNOUNCEMENT,
    MessageKind.ACTION_GIVEN,
    MessageKind.INCIDENT,
)
"""The messages that are kept up with a postmortem: from now on they say what became of it."""


async def delete(unit: Unit, number: int) -> Held:
    """Delete it. Nobody is reminded of it any more; its messages say who deleted it, its card offers to undo that.

    Raises:
        NotFound: no such postmortem.
        NotAllowed: the actor is neither its owner, nor a lead of its team or an admin.
    """
    held = await deletable(unit, number)
    held.row.deleted_at = unit.now
    await index(unit, held.row)
    await unit.event(Happening.DELETED, held.row.id, before={"status": held.review.status})
    concerns(unit, held)
    for reminder in await reminders.of_postmortem(unit.session, held.row.id, lock=True):
        await unit.session.delete(reminder)
    await show_anew(unit, held.row)
    return held


async def deletable(unit: Unit, number: int) -> Held:
    """The postmortem, for an actor who may delete it: asked before they are asked whether they are sure.

    Raises:
        NotFound, NotAllowed: as `delete`.
    """
    return await hold(unit, number, Verb.DELETE_POSTMORTEM)


async def show_anew(unit: Unit, row: models.Postmortem) -> None:
    """Bring every message up to date that shows it, the card of its incident too. None is sent anew."""
    shown_by = await deliveries.showing(unit.session, SHOWN_BY, postmortem_id=row.id, incident_id=row.incident_id)
    for message in shown_by:
        details = {} if message.kind == MessageKind.INCIDENT else message.details
        await unit.tell(message.kind, message.subject, message.recipient, details)
