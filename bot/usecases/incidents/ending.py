"""What an incident's end, or its going on, means for its postmortems."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.queries import people
from bot.queries.cadence import as_review, rules_of
from bot.queries.history import Happening
from bot.usecases.incidents.held import label
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.held import Held, happened, home_of
from bot.usecases.unit import Unit
from storage import incidents, models, postmortems


async def end_postmortems(unit: Unit, incident: models.Incident) -> None:
    """End its postmortems now where they have no end of their own; published ones are locked and stay.

    Whoever may end the incident ends them, also those of other teams: their cards and threads tell it.
    """
    for held in await _ending_at(unit, incident, None):
        held.row.ended_at = unit.now
        after = {"ended_at": unit.now.isoformat(), "incident": label(incident)}
        await happened(unit, held, Happening.ENDED, after=after)


async def take_end_back(unit: Unit, incident: models.Incident, ended_at: datetime) -> None:
    """Its postmortems go on where they ended with it, at that time; an end that somebody gave them stays.

    An incident that began its life with an end was given it together with its postmortem: nobody resolved it.
    """
    if ended_at <= incident.created_at:
        return
    for held in await _ending_at(unit, incident, ended_at):
        held.row.ended_at = None
        before, after = {"ended_at": ended_at.isoformat()}, {"incident": label(incident)}
        await happened(unit, held, Happening.GOES_ON, before=before, after=after)


async def show_postmortems(unit: Unit, incident: models.Incident) -> None:
    """Have the cards of all its postmortems, published ones too, show how it stands now."""
    for row in await postmortems.of_incident(unit.session, incident.id):
        home = await home_of(unit, row) if row.deleted_at is None else None
        if home:
            await unit.tell(MessageKind.CARD, row.id, home)


async def _ending_at(unit: Unit, incident: models.Incident, ended_at: datetime | None) -> Sequence[Held]:
    """Its postmortems that are not published and end then, or have no end; nobody else changes them meanwhile."""
    rows = await incidents.unpublished_postmortems(unit.session, incident.id, ended_at=ended_at)
    reviewers = await postmortems.reviewers(unit.session, [row.id for row in rows])
    known = await people.by_ids(unit.reading, {each.user_id for group in reviewers.values() for each in group})
    rules = rules_of(unit.settings)
    return [Held(row, reviewers[row.id], as_review(row, reviewers[row.id], known), rules) for row in rows]
