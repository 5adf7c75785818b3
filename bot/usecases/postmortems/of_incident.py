"""What a postmortem takes from the incident it stands on, and whether it may stand on it."""

from __future__ import annotations

from bot.escaping import shortened
from bot.queries import deletions, people
from bot.queries.actors import KeyHolder
from bot.usecases.authors import author_id
from bot.usecases.fields import unfit
from bot.usecases.postmortems.wanted import LONGEST_TITLE
from bot.usecases.references import Ref, missing
from bot.usecases.unit import Unit
from storage import incidents, postmortems
from storage.models import Incident

TITLE_ENDS = " - postmortem report"


def report_title(incident: Incident) -> str:
    """What a postmortem is called that nobody gave a title, as Opsgenie calls it."""
    return shortened(incident.message, LONGEST_TITLE - len(TITLE_ENDS)) + TITLE_ENDS


async def standing_on(unit: Unit, incident_id: str, *, another: bool) -> tuple[Incident | None, str | None]:
    """The incident, which stays until this transaction ends, and why no postmortem can be started of it.

    `another`: it may have postmortems already. Without it one that was deleted counts while it can come back, and of
    two who start one at once the second finds the first's. For a key of a team there is no incident of other teams.
    """
    incident = await incidents.by_id(unit.session, incident_id, lock=True)
    if incident is None or not _is_within_reach(unit, incident):
        return None, _missing(unit, incident_id)
    return incident, None if another else await _taken(unit, incident)


async def owner_of(unit: Unit, incident: Incident) -> str:
    """Who owns what nobody was named for: the actor, or who made the incident where a program acts for nobody.

    Where they cannot any more, the key's stand-in does.
    """
    if unit.author is None and incident.created_by:
        maker = (await people.by_ids(unit.reading, [incident.created_by])).get(incident.created_by)
        if maker and unfit(maker, task="own a postmortem") is None:
            return maker.id
    return await author_id(unit)


def _is_within_reach(unit: Unit, incident: Incident) -> bool:
    return not isinstance(unit.actor, KeyHolder) or unit.actor.reaches(incident.owner_team_id)


def _missing(unit: Unit, incident_id: str) -> str:
    if isinstance(unit.actor, KeyHolder):
        return missing("incident", Ref(id=incident_id))
    return "Incident: it is not there any more. Choose another, or none to make a new one."


async def _taken(unit: Unit, incident: Incident) -> str | None:
    """Which postmortem it has already: one that is there, or the last that was deleted just now."""
    rows = await postmortems.of_incident(unit.session, incident.id)
    present = next((row for row in rows if row.deleted_at is None), None)
    if present:
        label = f"PM-{present.number}"
        return f"Incident: INC-{incident.number} has a postmortem already, {label}: `/postmortem show {label}`."
    deletion = await deletions.of_row(unit.reading, rows[-1]) if rows else None
    if deletion and deletion.can_be_undone(unit.now):
        label, until = deletion.label, deletions.clock_words(deletion.undo_until, unit.acting_person)
        back = f"`/postmortem undo {label}` brings it back until {until}; from then on you can start another."
        return f"Incident: {label} of INC-{incident.number} was deleted by {deletion.remover} just now. {back}"
    return None
